import type { Text } from '../standards/schema.ts';
import type { CohortRow } from './cohort-rows.ts';
import type { CohortDesk } from './desk.ts';
import { itemTitles } from './desk-lists.ts';
import type { RungRoutes } from './row-routes.ts';

interface Limit {
  readonly reason: 'item' | 'title' | 'together' | 'rule' | 'failed' | 'later';
  readonly item: string | null;
  readonly title: Text | null;
  readonly count: number;
}

/**
 * Why enterprises have no route to a rung by the end of `last` (default: at all), the most frequent first; one
 * enterprise may have several reasons.
 */
export function limitsOf(
  desk: CohortDesk,
  rows: readonly CohortRow[],
  routes: ReadonlyMap<string, readonly RungRoutes[]>,
  rung: number,
  last = Number.POSITIVE_INFINITY,
): Limit[] {
  const found = new Map<string, Limit & { count: number }>();
  const add = (reason: Limit['reason'], item: string | null, title: Text | null) => {
    const key = `${reason} ${item ?? ''}`;
    const at = found.get(key) ?? { reason, item, title, count: 0 };
    found.set(key, { ...at, count: at.count + 1 });
  };
  for (const row of rows) {
    if (row.failed) {
      add('failed', null, null);
      continue;
    }
    const steps = routes.get(row.id) ?? [];
    const step = steps.find((s) => s.rung === rung);
    const [earliest] = step?.options ?? [];
    if (earliest) {
      if (earliest.year > last) add('later', null, null);
      continue;
    }
    // What stops the first rung that cannot be had is what stops all above it.
    const stop = steps.find((s) => s.options.length === 0) ?? step;
    if (!stop || stop.blocked === 'rule') add('rule', null, null);
    else if (stop.blocked === 'title') add('title', null, null);
    else if (stop.items.length === 0 || !stop.standard || !stop.tier) add('together', null, null);
    else {
      const titles = itemTitles(desk, { standard: stop.standard, tier: stop.tier });
      for (const item of stop.items) add('item', item, titles.get(item) ?? null);
    }
  }
  return [...found.values()].sort((a, b) => b.count - a.count);
}
