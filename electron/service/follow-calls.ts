import { getDiagnosis, saveDiagnosis } from '../library/diagnoses.ts';
import { readFile } from '../library/enterprise-file.ts';
import { listEvidence } from '../library/evidence.ts';
import { invalid } from '../library/refusal.ts';
import { listTargets } from '../library/targets.ts';
import { actualsOf } from '../plan/actuals.ts';
import { calendarOf, filingsBelow } from '../plan/calendar.ts';
import { createPlanContent } from '../plan/choose.ts';
import { comparePlans } from '../plan/compare-plans.ts';
import { aimOf } from '../plan/gaps.ts';
import { checklistOf, routesOf } from '../plan/materials.ts';
import { renewed } from '../plan/new-version.ts';
import { progressOf } from '../plan/progress.ts';
import { createPlan, getPlan } from '../plan/stored-plans.ts';
import type { Context, Handlers } from './context.ts';
import { judge } from './diagnosis-calls.ts';
import { followUps, writeFollowUps } from './follow-up-list.ts';
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

  'plan.progress'(context, { id }) {
    return progressOf(getPlan(context.db, id).content, context.today());
  },

  'plan.actuals'(context, { id }) {
    const { plan, diagnosis } = withDiagnosis(context, id);
    const file = readFile(context.db, plan.enterpriseId);
    return actualsOf({
      content: plan.content,
      targets: listTargets(context.db, plan.enterpriseId),
      before: diagnosis.sheet,
      sheetOf: (fiscalYear) => judge(context, file, { fiscalYear }).sheet,
      catalogue: context.rules.facts,
      today: context.today(),
    });
  },

  'plan.calendar'(context, { id }) {
    const { plan, diagnosis } = withDiagnosis(context, id);
    const { targetRung, targetYear, planning } = plan.content;
    return calendarOf({
      aim: aimOf(diagnosis, targetRung ?? undefined, planning?.route),
      targetYear,
      titles: readFile(context.db, plan.enterpriseId).titles,
      today: context.today(),
      below: filingsBelow(plan.content, diagnosis),
    });
  },

  'plan.checklist'(context, { id, route }) {
    const { content, enterpriseId } = getPlan(context.db, id);
    const file = readFile(context.db, enterpriseId);
    const diagnosis = judge(context, file, {});
    const aim = route
      ? aimOf(diagnosis, route.rung, route)
      : aimOf(diagnosis, content.targetRung ?? undefined, content.planning?.route);
    if (!aim) return null;
    const evidence = listEvidence(context.db, enterpriseId);
    return {
      ...checklistOf({ aim, diagnosis, file, evidence, marks: content.materials }),
      routes: routesOf(diagnosis),
    };
  },

  async 'plan.followUp'({ db, today }, { query, offset = 0, limit = 500 }) {
    const rows = await followUps(db, today(), query);
    return { rows: rows.slice(offset, offset + limit), total: rows.length };
  },

  async 'plan.exportFollowUp'({ db, today }, { of, path, locale }) {
    const rows = await followUps(db, today(), of.query);
    await writeFollowUps(path, rows, locale);
    return { path, rows: rows.length };
  },
} satisfies Partial<Handlers>;
