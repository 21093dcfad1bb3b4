import { getDiagnosis, saveDiagnosis } from '../library/diagnoses.ts';
import { readFile } from '../library/enterprise-file.ts';
import { createPlan, getPlan } from '../library/plans.ts';
import { invalid } from '../library/refusal.ts';
import { createPlanContent } from '../plan/choose.ts';
import { comparePlans } from '../plan/compare-plans.ts';
import { renewed } from '../plan/new-version.ts';
import type { Context, Handlers } from './context.ts';
import { judge } from './diagnosis-calls.ts';
import { chooseFrom } from './new-plan.ts';

function withDiagnosis(context: Context, id: string) {
  const plan = getPlan(context.db, id);
  return { plan, diagnosis: getDiagnosis(context.db, plan.diagnosisId).diagnosis };
}

/** What follows a plan: its next version, what changed, how far it is. */
export const followHandlers = {
  'plan.renew'(context, { id, asOf }) {
    const old = getPlan(context.db, id);
    const { enterpriseId } = old;
    const diagnosis = judge(context, readFile(context.db, enterpriseId), asOf);
    const { limit, own, targetRung } = old.content;
    // A rung the person chose stays the aim; otherwise the next one of today is.
    const chosen = own.includes('targetRung') && targetRung ? targetRung : undefined;
    const fresh = createPlanContent({
      ...chooseFrom(context, diagnosis, enterpriseId),
      targetRung: chosen,
      limit,
    });
    const content = renewed(old.content, id, fresh);
    const made = context.write('plan.renew', (tx) =>
      createPlan(tx, enterpriseId, saveDiagnosis(tx, enterpriseId, diagnosis, context.packs), content),
    );
    context.emit('changed', { topic: 'plan', id: made });
    context.emit('changed', { topic: 'enterprise', id: enterpriseId });
    return getPlan(context.db, made);
  },

  'plan.compare'(context, { a, b }) {
    const [one, two] = [withDiagnosis(context, a), withDiagnosis(context, b)];
    if (one.plan.enterpriseId !== two.plan.enterpriseId) throw invalid('plansOfTwo', { path: 'b' });
    return comparePlans(one, two);
  },
} satisfies Partial<Handlers>;
