import { isDeepStrictEqual } from 'node:util';
import { v7 as uuid } from 'uuid';
import { requireEnterprise } from '../library/enterprises.ts';
import { type Db, prepared } from '../library/open.ts';
import { recordOf } from '../library/records.ts';
import { Refusal } from '../library/refusal.ts';
import type { Tx } from '../library/write.ts';
import type { Text } from '../standards/schema.ts';
import { type Plan, type PlanContent, type PlanItem, planContentShape } from './shapes.ts';

/** Stores a new plan for a stored diagnosis. Returns its id. */
export function createPlan(tx: Tx, enterpriseId: string, diagnosisId: string, content: PlanContent): string {
  requireEnterprise(tx.db, enterpriseId);
  const id = uuid();
  tx.put('plan', { id }, { enterpriseId, diagnosisId, version: 1, content }, enterpriseId);
  return id;
}

/** A stored plan; what plans of former versions do not have yet is filled in. */
function planOf(row: Record<string, unknown>): Plan {
  const plan = recordOf('plan', row) as unknown as Plan;
  const filled = planContentShape.safeParse(plan.content);
  return filled.success ? { ...plan, content: filled.data } : plan;
}

/** The plan with this id. Throws a Refusal (not-found). */
export function getPlan(db: Db, id: string): Plan {
  const row = prepared(db, 'SELECT * FROM plan WHERE id = ?').get(id);
  if (!row) throw new Refusal('not-found', 'planNotFound', { id });
  return planOf(row);
}

/** A plan in a list: what it aims at and how far it is. */
export interface ListedPlan extends Omit<Plan, 'content'> {
  readonly title: Text;
  readonly items: number;
  readonly doing: number;
  readonly done: number;
  readonly targetRung: number | null;
  readonly targetYear: number | null;
  readonly previous: string | null;
}

/** The plans of an enterprise, newest first, without their content. */
export function listPlans(db: Db, enterpriseId: string): ListedPlan[] {
  requireEnterprise(db, enterpriseId);
  return prepared(db, 'SELECT * FROM plan WHERE enterprise_id = ? ORDER BY created_at DESC, id DESC')
    .all(enterpriseId)
    .map((row) => {
      const { content, ...plan } = planOf(row);
      const { title, items, targetRung, targetYear, previous } = content;
      const count = (status: PlanItem['status']) => items.filter((item) => item.status === status).length;
      return {
        ...plan,
        title,
        items: items.length,
        doing: count('doing'),
        done: count('done'),
        targetRung,
        targetYear,
        previous,
      };
    });
}

/** Replaces a plan's content; its version goes up where that changes anything. Throws a Refusal. */
export function updatePlan(tx: Tx, id: string, content: PlanContent): void {
  const before = getPlan(tx.db, id);
  if (isDeepStrictEqual(before.content, content)) return;
  tx.put('plan', { id }, { content, version: before.version + 1 }, before.enterpriseId);
}

/**
 * The newest plan of each enterprise that is not archived, one after the other, as it is stored: what plans of former
 * versions do not have is not filled in, which would take longer than all the rest.
 */
export function* newestPlans(db: Db): Generator<{ plan: Plan; name: string }> {
  // All ids first: a statement under way would keep others from writing.
  const ids = db
    .prepare(
      `SELECT (SELECT id FROM plan WHERE enterprise_id = e.id ORDER BY created_at DESC, id DESC LIMIT 1) AS id,
              e.name AS name
       FROM enterprise e
       WHERE e.archived_at IS NULL AND EXISTS (SELECT 1 FROM plan WHERE enterprise_id = e.id)`,
    )
    .all() as { id: string; name: string }[];
  for (const { id, name } of ids) {
    const row = prepared(db, 'SELECT * FROM plan WHERE id = ?').get(id);
    if (row) yield { plan: recordOf('plan', row) as unknown as Plan, name };
  }
}
