import { getDiagnosis } from '../library/diagnoses.ts';
import { readFile } from '../library/enterprise-file.ts';
import { getPlan, listPlans, updatePlan } from '../library/plans.ts';
import { rearranged, suggestItems } from '../plan/choose.ts';
import { LAYOUT_WORDS } from '../plan/layouts.ts';
import { matchPolicies } from '../plan/measures.ts';
import { shownPolicy } from '../plan/policy-text.ts';
import { word } from '../plan/words.ts';
import { suggestedFileName, writeFileSafely } from '../plan/write-file.ts';
import type { Handlers } from './context.ts';
import { chooseFrom, documentInput, newPlan } from './new-plan.ts';
import { policiesInUse } from './policies.ts';

/** The plan: made for a diagnosis, edited, printed. */
export const planCalls = {
  'plan.create'(context, input) {
    const id = newPlan(context, input);
    context.emit('changed', { topic: 'plan', id });
    context.emit('changed', { topic: 'enterprise', id: input.enterpriseId });
    return getPlan(context.db, id);
  },

  'plan.get'({ db }, { id }) {
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
    return matchPolicies(policiesInUse(context), diagnosis, readFile(db, plan.enterpriseId)).map(shownPolicy);
  },

  async 'plan.render'(context, { id, locale, layout = 'full' }) {
    const input = documentInput(context, id, locale, layout);
    const pdf = (await context.documents.render(input)) as Uint8Array<ArrayBuffer>;
    const { name, shortName } = input.file.enterprise;
    const suggestedName = suggestedFileName(
      shortName ?? name,
      word(locale, LAYOUT_WORDS[layout]),
      context.today(),
    );
    return { pdf, suggestedName };
  },

  async 'plan.exportFile'(context, { planId, locale, layout, format, path }) {
    const pdf = await context.documents.render({
      ...documentInput(context, planId, locale, layout),
      format,
    });
    await writeFileSafely(path, pdf);
    return { path, bytes: pdf.byteLength };
  },
} satisfies Partial<Handlers>;
