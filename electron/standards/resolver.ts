import type { Selection } from './schema.ts';

/** What a firm applies for: a rung of the ladder, as a new application or a review, on an ISO date (YYYY-MM-DD). */
export interface Occasion {
  readonly rung: 1 | 2 | 3;
  readonly kind: 'new' | 'review';
  readonly date: string;
}

type Row = Selection['rows'][number];

/** The tiers to use (any one of them gives the title), why, and whether that is only expected. */
export interface Resolution {
  readonly use: Row['use'];
  readonly reason: Row['reason'];
  readonly source: Row['source'];
  readonly expected: boolean;
}

/**
 * Which standard applies on an occasion: the first row of the selection that matches. `from` and `to` of a row
 * belong to it (a rule in force from 1 April applies on 1 April). Undefined where no row covers the date.
 */
export function resolveStandard(
  selection: Selection,
  { rung, kind, date }: Occasion,
): Resolution | undefined {
  const row = selection.rows.find(
    (r) =>
      r.rung === rung &&
      (r.kind === 'any' || r.kind === kind) &&
      (r.from === null || r.from <= date) &&
      (r.to === null || date <= r.to),
  );
  return row && { use: row.use, reason: row.reason, source: row.source, expected: row.expected ?? false };
}
