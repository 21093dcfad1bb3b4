import { open, readFile as readBytes } from 'node:fs/promises';
import { join } from 'node:path';
import { getDiagnosis } from '../library/diagnoses.ts';
import { readFile } from '../library/enterprise-file.ts';
import { Refusal } from '../library/refusal.ts';
import { rearranged, suggestItems } from '../plan/choose.ts';
import { LAYOUT_WORDS, TEMPLATES } from '../plan/layouts.ts';
import { matchPolicies } from '../plan/measures.ts';
import { policyLinks, policyUses } from '../plan/policy-links.ts';
import { shownPolicy } from '../plan/policy-text.ts';
import { getPlan, listPlans, updatePlan } from '../plan/stored-plans.ts';
import { word } from '../plan/words.ts';
import { suggestedFileName, writeFileSafely } from '../plan/write-file.ts';
import type { Handlers } from './context.ts';
import { chooseFrom, documentInput, newPlan } from './new-plan.ts';
import { policiesInUse } from './policies.ts';

const LARGEST_TEMPLATE = 1024 * 1024;

/** A template of one's own: text of at most 1 MB. Throws a Refusal (file). */
async function readTemplate(path: string): Promise<string> {
  try {
    await using file = await open(path);
    if ((await file.stat()).size > LARGEST_TEMPLATE) throw new Refusal('file', 'templateTooLarge');
    return new TextDecoder('utf-8', { fatal: true }).decode(await file.readFile());
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal('file', 'templateUnreadable', { reason: (error as NodeJS.ErrnoException).code ?? '' });
  }
}

/** The plan: made for a diagnosis, edited, printed. */
export const planCalls = {
  'plan.create'(context, input) {
    const id = newPlan(context, input);
    context.emit('changed', { topic: 'plan', id });
    context.emit('changed', { topic: 'enterprise', id: input.enterpriseId });
    return getPlan(context.db, id);
  },

  'plan.get'({ db, documents }, { id }) {
    // Whoever opens a plan will want to see it: the typesetter starts now. Its failure is told with the document.
    documents.warm().catch(() => undefined);
    return getPlan(db, id);
  },

  'plan.list'({ db }, { enterpriseId }) {
    return listPlans(db, enterpriseId);
  },

  'plan.update'(context, { id, content }) {
    context.write('plan.update', (tx) => updatePlan(tx, id, content));
    context.emit('changed', { topic: 'plan', id });
    return getPlan(context.db, id);
  },

  'plan.suggest'(context, { id }) {
    const plan = getPlan(context.db, id);
    const { diagnosis } = getDiagnosis(context.db, plan.diagnosisId);
    return suggestItems({ ...chooseFrom(context, diagnosis, plan.enterpriseId), content: plan.content });
  },

  'plan.arrange'(context, { id, limit }) {
    const plan = getPlan(context.db, id);
    const { diagnosis } = getDiagnosis(context.db, plan.diagnosisId);
    return rearranged(plan.content, { ...chooseFrom(context, diagnosis, plan.enterpriseId), limit });
  },

  'plan.policies'(context, { id }) {
    const { db } = context;
    const plan = getPlan(db, id);
    const { diagnosis } = getDiagnosis(db, plan.diagnosisId);
    const uses = policyUses(plan.content, policyLinks(context.resources.measures()));
    const file = readFile(db, plan.enterpriseId);
    return matchPolicies(policiesInUse(context), diagnosis, file, uses).map((policy) => ({
      ...shownPolicy(policy),
      items: (uses.get(policy.id) ?? []).map((item) => item.id),
    }));
  },

  async 'plan.render'(context, { id, locale, layout = 'full', content }) {
    const stored = documentInput(context, id, locale, layout);
    const input = content ? { ...stored, plan: { ...stored.plan, content } } : stored;
    const made = await context.documents.renderNoted(input);
    const { name, shortName } = input.file.enterprise;
    const suggestedName = suggestedFileName(
      shortName ?? name,
      word(locale, LAYOUT_WORDS[layout]),
      context.today(),
    );
    return { pdf: made.pdf as Uint8Array<ArrayBuffer>, suggestedName, missing: [...made.missing] };
  },

  async 'plan.exportFile'(context, { planId, locale, layout, format, template, path }) {
    const pdf = await context.documents.render({
      ...documentInput(context, planId, locale, layout),
      format,
      template: template === undefined ? undefined : await readTemplate(template),
    });
    await writeFileSafely(path, pdf);
    return { path, bytes: pdf.byteLength };
  },

  async 'plan.saveTemplate'({ resources }, { path }) {
    await writeFileSafely(path, await readBytes(join(resources.folder, 'templates', TEMPLATES.full)));
    return { path };
  },
} satisfies Partial<Handlers>;
