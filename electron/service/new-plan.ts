import type { CallInput } from '../api.ts';
import { routeOf } from '../diagnosis/route-view.ts';
import { rulesetOf } from '../diagnosis/ruleset.ts';
import type { Diagnosis } from '../diagnosis/shapes.ts';
import { carriedFirm } from '../exchange/plan-carry.ts';
import { getDiagnosis, saveDiagnosis } from '../library/diagnoses.ts';
import { readFile } from '../library/enterprise-file.ts';
import { listEvidence } from '../library/evidence.ts';
import { type ChooseInput, createPlanContent } from '../plan/choose.ts';
import type { DocumentInput } from '../plan/document-model.ts';
import { chosenWords } from '../plan/export-profiles.ts';
import type { Layout } from '../plan/layouts.ts';
import { matchPolicies } from '../plan/measures.ts';
import { policyLinks, policyUses } from '../plan/policy-links.ts';
import { createPlan, getPlan } from '../plan/stored-plans.ts';
import type { PlanLocale } from '../plan/words.ts';
import type { Context } from './context.ts';
import { judge } from './diagnosis-calls.ts';
import { policiesInUse } from './policies.ts';
import { leversIn } from './route-calls.ts';

/** What measures are chosen from, and the way up the engine finds. */
export function chooseFrom(context: Context, diagnosis: Diagnosis, enterpriseId: string): ChooseInput {
  const levers = leversIn(context.resources.folder);
  return {
    diagnosis,
    file: readFile(context.db, enterpriseId),
    settings: context.settings(),
    measures: context.resources.measures(),
    today: context.today(),
    way: { steps: routeOf(diagnosis, rulesetOf(context.rules), levers), levers },
  };
}

/** Makes a plan from a fresh check-up and stores both, as a step of this name. Returns the plan's id. */
export function newPlan(
  context: Context,
  { enterpriseId, asOf, targetRung, limit }: CallInput<'plan.create'>,
  action = 'plan.create',
): string {
  const diagnosis = judge(context, readFile(context.db, enterpriseId), asOf);
  const content = createPlanContent({ ...chooseFrom(context, diagnosis, enterpriseId), targetRung, limit });
  return context.write(action, (tx) => {
    const diagnosisId = saveDiagnosis(tx, enterpriseId, diagnosis, context.packs);
    return createPlan(tx, enterpriseId, diagnosisId, content);
  });
}

/** All that a plan's document is made from, as of the diagnosis it was made for. */
export function documentInput(
  context: Context,
  planId: string,
  locale: PlanLocale,
  layout?: Layout,
): DocumentInput {
  const plan = getPlan(context.db, planId);
  const { diagnosis, packs } = getDiagnosis(context.db, plan.diagnosisId);
  const file = readFile(context.db, plan.enterpriseId);
  const links = policyLinks(context.resources.measures());
  const named = policyUses(plan.content, links);
  const policies = matchPolicies(policiesInUse(context), diagnosis, file, named);
  const carried = carriedFirm(context.db, { plan, diagnosis, catalogue: context.rules.facts });
  const settings = context.settings();
  const wording = chosenWords(context.db, settings);
  const evidence = listEvidence(context.db, plan.enterpriseId).map(
    ({ id, name, entity, entityId, state }) => ({ id, name, entity, entityId, state }),
  );
  return {
    plan,
    diagnosis,
    file,
    settings,
    policies,
    links,
    locale,
    layout,
    packs,
    carried,
    wording,
    evidence,
  };
}
