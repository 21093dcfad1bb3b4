import { getDiagnosis, saveDiagnosis } from '../library/diagnoses.ts';
import { readFile } from '../library/enterprise-file.ts';
import { createPlan, getPlan, listPlans, updatePlan } from '../library/plans.ts';
import { createPlanContent, suggestItems } from '../plan/choose.ts';
import type { DocumentInput } from '../plan/document-model.ts';
import { matchPolicies } from '../plan/measures.ts';
import { type PlanLocale, word } from '../plan/words.ts';
import { suggestedFileName, writeFileSafely } from '../plan/write-file.ts';
import type { Context, Handlers } from './context.ts';
import { judge } from './diagnosis-calls.ts';

/** All that a plan's document is made from, as of the diagnosis it was made for. */
function documentInput(context: Context, planId: string, locale: PlanLocale): DocumentInput {
  const plan = getPlan(context.db, planId);
  const { diagnosis } = getDiagnosis(context.db, plan.diagnosisId);
  const file = readFile(context.db, plan.enterpriseId);
  const policies = matchPolicies(context.resources.policies(), diagnosis, file);
  return { plan, diagnosis, file, settings: context.settings(), policies, locale };
}

/** The plan: made for a diagnosis, edited, printed. */
export const planCalls = {
  'plan.create'(context, { enterpriseId, asOf, targetRung }) {
    const file = readFile(context.db, enterpriseId);
    const diagnosis = judge(context, file, asOf);
    const content = createPlanContent({
      diagnosis,
      file,
      settings: context.settings(),
      measures: context.resources.measures(),
      today: context.today(),
      targetRung,
    });
    const id = context.write('plan.create', (tx) => {
      const diagnosisId = saveDiagnosis(tx, enterpriseId, diagnosis, context.packs);
      return createPlan(tx, enterpriseId, diagnosisId, content);
    });
    context.emit('changed', { topic: 'plan', id });
    context.emit('changed', { topic: 'enterprise', id: enterpriseId });
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
    return suggestItems({
      diagnosis: getDiagnosis(context.db, plan.diagnosisId).diagnosis,
      file: readFile(context.db, plan.enterpriseId),
      settings: context.settings(),
      measures: context.resources.measures(),
      today: context.today(),
      content: plan.content,
    });
  },

  'plan.policies'({ db, resources }, { id }) {
    const plan = getPlan(db, id);
    const { diagnosis } = getDiagnosis(db, plan.diagnosisId);
    return matchPolicies(resources.policies(), diagnosis, readFile(db, plan.enterpriseId));
  },

  async 'plan.render'(context, { id, locale }) {
    const input = documentInput(context, id, locale);
    const pdf = (await context.documents.render(input)) as Uint8Array<ArrayBuffer>;
    const { name, shortName } = input.file.enterprise;
    const suggestedName = suggestedFileName(shortName ?? name, word(locale, 'documentName'), context.today());
    return { pdf, suggestedName };
  },

  async 'plan.exportFile'(context, { planId, locale, path }) {
    const pdf = await context.documents.render(documentInput(context, planId, locale));
    await writeFileSafely(path, pdf);
    return { path, bytes: pdf.byteLength };
  },
} satisfies Partial<Handlers>;
