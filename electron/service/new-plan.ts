import type { CallInput } from '../api.ts';
import { getDiagnosis, saveDiagnosis } from '../library/diagnoses.ts';
import { readFile } from '../library/enterprise-file.ts';
import { createPlan, getPlan } from '../library/plans.ts';
import { createPlanContent } from '../plan/choose.ts';
import type { DocumentInput } from '../plan/document-model.ts';
import { matchPolicies } from '../plan/measures.ts';
import type { PlanLocale } from '../plan/words.ts';
import type { Context } from './context.ts';
import { judge } from './diagnosis-calls.ts';

/** Makes a plan from a fresh check-up and stores both. Returns the plan's id. */
export function newPlan(
  context: Context,
  { enterpriseId, asOf, targetRung }: CallInput<'plan.create'>,
): string {
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
  return context.write('plan.create', (tx) => {
    const diagnosisId = saveDiagnosis(tx, enterpriseId, diagnosis, context.packs);
    return createPlan(tx, enterpriseId, diagnosisId, content);
  });
}

/** All that a plan's document is made from, as of the diagnosis it was made for. */
export function documentInput(context: Context, planId: string, locale: PlanLocale): DocumentInput {
  const plan = getPlan(context.db, planId);
  const { diagnosis } = getDiagnosis(context.db, plan.diagnosisId);
  const file = readFile(context.db, plan.enterpriseId);
  const policies = matchPolicies(context.resources.policies(), diagnosis, file);
  return { plan, diagnosis, file, settings: context.settings(), policies, locale };
}
