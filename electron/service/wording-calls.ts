import type { CallOutput } from '../api.ts';
import { routeOf } from '../diagnosis/route-view.ts';
import { rulesetOf } from '../diagnosis/ruleset.ts';
import { sampleFile } from '../library/samples.ts';
import { createPlanContent } from '../plan/choose.ts';
import type { DocumentInput } from '../plan/document-model.ts';
import { listProfiles, removeProfile, saveProfile } from '../plan/export-profiles.ts';
import { matchPolicies } from '../plan/measures.ts';
import { usualTitles } from '../plan/wording.ts';
import type { Context, Handlers } from './context.ts';
import { diagnoseEnterprise } from './diagnose-enterprise.ts';
import { policiesInUse } from './policies.ts';
import { leversIn } from './route-calls.ts';

/** Stands for the enterprise, plan and check-up of the example, which are in no library. */
const NOWHERE = '00000000-0000-7000-8000-000000000000';

function kept({ db }: Context): CallOutput<'wording.list'> {
  return { profiles: listProfiles(db), usual: usualTitles() };
}

function changed(context: Context): CallOutput<'wording.list'> {
  context.emit('changed', { topic: 'settings' });
  return kept(context);
}

type Example = Pick<DocumentInput, 'plan' | 'diagnosis' | 'file'>;
const examples = new WeakMap<Context['rules'], Example>();

/** A plan for the first sample, as it would be made today; made once. */
function exampleOf(context: Context): Example {
  const known = examples.get(context.rules);
  if (known) return known;
  const [sample] = context.resources.samples();
  if (!sample) throw new Error('there is no sample');
  const file = sampleFile(sample, NOWHERE);
  const today = context.today();
  const diagnosis = diagnoseEnterprise(file, context.rules, { today });
  const levers = leversIn(context.resources.folder);
  const content = createPlanContent({
    diagnosis,
    file,
    settings: context.settings(),
    measures: context.resources.measures(),
    today,
    way: { steps: routeOf(diagnosis, rulesetOf(context.rules), levers), levers },
  });
  const made = `${today}T04:00:00.000Z`;
  const plan = {
    id: NOWHERE,
    enterpriseId: NOWHERE,
    diagnosisId: NOWHERE,
    version: 1,
    createdAt: made,
    updatedAt: made,
    content,
  };
  const example = { plan, diagnosis, file };
  examples.set(context.rules, example);
  return example;
}

/** The consultancy's own words on its documents, under names to choose from. */
export const wordingHandlers = {
  'wording.list'(context) {
    return kept(context);
  },

  'wording.save'(context, profile) {
    const id = context.write('wording.save', (tx) => saveProfile(tx, profile));
    return { id, ...changed(context) };
  },

  'wording.remove'(context, { id }) {
    context.write('wording.remove', (tx) => removeProfile(tx, id));
    return changed(context);
  },

  async 'wording.example'(context, { words, locale, layout }) {
    const { plan, diagnosis, file } = exampleOf(context);
    const { consultant, organisation } = context.settings();
    const made = await context.documents.renderNoted({
      plan: { ...plan, content: { ...plan.content, consultant, organisation } },
      diagnosis,
      file,
      settings: context.settings(),
      policies: matchPolicies(policiesInUse(context), diagnosis, file),
      locale,
      layout,
      wording: words,
    });
    return { pdf: made.pdf as Uint8Array<ArrayBuffer>, missing: [...made.missing] };
  },
} satisfies Partial<Handlers>;
