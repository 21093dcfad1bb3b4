import { VERDICTS } from '../diagnosis/batch.ts';
import type { CohortItem, CohortRow, CohortView } from './cohort-rows.ts';
import { heldOn } from './cohort-rows.ts';
import type { AskedCondition } from './cohort-shapes.ts';
import { metricIndex } from './metrics.ts';

type Test = (row: CohortRow) => boolean;

/** What a condition may need beside the rows. */
export interface MatchContext {
  /** Ids of the portrait's items, as the rows have them. */
  readonly profile: readonly string[];
  /** The first year of a route of an enterprise to a rung: null = none, undefined = not worked out. */
  readonly routeYear?: (id: string, rung: number) => number | null | undefined;
}

/** The verdict a code stands for; what is waived passes. */
export function verdictOf(code: number | undefined): 'met' | 'unmet' | 'unknown' | 'manual' {
  const word = VERDICTS[code ?? 1];
  return word === 'not_applicable' ? 'met' : (word as 'met' | 'unmet' | 'unknown' | 'manual');
}

/** When the last title of just this rung runs out; null where there is none, or none with an end. */
export function endOf(row: CohortRow, rung: number): string | null {
  let last: string | null = null;
  for (const title of row.titles) {
    if (title.rung !== rung) continue;
    if (title.expiresOn === null) return null;
    if (last === null || title.until > last) last = title.until;
  }
  return last;
}

/** Where an item's verdict stands in the rows' codes; −1 for an item that is not in force. */
export function itemIndex(
  items: readonly CohortItem[],
  name: { readonly standard: string; readonly tier: string; readonly item: string },
): number {
  return items.findIndex((i) => i.standard === name.standard && i.tier === name.tier && i.item === name.item);
}

const PROFILE = { yes: 1, no: 0, unknown: -1 } as const;

/** The condition as one test of a row. */
export function matcher(condition: AskedCondition, view: CohortView, context: MatchContext): Test {
  const tests: Test[] = [];
  const among = (values: readonly (string | null)[] | undefined, of: (row: CohortRow) => string | null) => {
    if (!values) return;
    const set = new Set(values);
    tests.push((row) => set.has(of(row)));
  };
  const c = condition;
  if (c.held) {
    const { held } = c;
    tests.push((row) => held.includes(row.held));
  }
  const { heldAtLeast, heldBelow } = c;
  if (heldAtLeast !== undefined) tests.push((row) => row.held >= heldAtLeast);
  if (heldBelow !== undefined) tests.push((row) => row.held < heldBelow);
  among(c.city, (row) => row.city);
  among(c.district, (row) => row.district);
  among(c.section, (row) => row.section);
  among(c.division, (row) => row.division);
  among(c.size, (row) => row.size);
  among(c.stage, (row) => row.stage);
  among(c.consultant, (row) => row.consultant);
  if (c.tags) {
    const tags = new Set(c.tags);
    tests.push((row) => (row.tags.length === 0 ? tags.has(null) : row.tags.some((tag) => tags.has(tag))));
  }
  if (c.samples !== undefined) tests.push((row) => row.sample === c.samples);
  if (c.failed !== undefined) tests.push((row) => row.failed === c.failed);
  const query = c.query?.trim().toLowerCase();
  if (query)
    tests.push(
      (row) => row.name.toLowerCase().includes(query) || (row.uscc ?? '').includes(query.toUpperCase()),
    );
  if (c.verdict) {
    const { rung, is } = c.verdict;
    tests.push((row) => is.includes(verdictOf(row.rungs[rung - 1])));
  }
  if (c.item) {
    const at = itemIndex(view.items, c.item);
    const { is } = c.item;
    tests.push((row) => at >= 0 && is.includes(verdictOf(row.codes[at])));
  }
  if (c.metric) {
    const { id, known, from, below } = c.metric;
    const at = metricIndex(id);
    tests.push((row) => {
      const value = row.metrics[at] as number;
      if (Number.isNaN(value)) return known === false && from === undefined && below === undefined;
      return (
        known !== false && (from === undefined || value >= from) && (below === undefined || value < below)
      );
    });
  }
  if (c.profile) {
    const at = context.profile.indexOf(c.profile.id);
    const wanted = c.profile.is.map((word) => PROFILE[word] as number);
    tests.push((row) => at >= 0 && wanted.includes(row.profile[at] as number));
  }
  if (c.heldOn) {
    const { rung, day } = c.heldOn;
    tests.push((row) => heldOn(row, rung, day));
  }
  if (c.undated !== undefined) {
    const { undated } = c;
    tests.push((row) => row.held >= undated && !heldOn(row, undated, view.today));
  }
  if (c.issued) {
    const { rung, month } = c.issued;
    tests.push((row) => row.titles.some((t) => t.rung === rung && t.issuedOn?.slice(0, 7) === month));
  }
  if (c.due) {
    const { rung, from, to } = c.due;
    tests.push((row) => {
      const end = endOf(row, rung);
      return end !== null && end >= from && end <= to;
    });
  }
  if (c.route) {
    const { rung, year } = c.route;
    tests.push((row) => row.held < rung && context.routeYear?.(row.id, rung) === year);
  }
  for (const list of [c.ids, c.among]) {
    if (!list) continue;
    const ids = new Set(list);
    tests.push((row) => ids.has(row.id));
  }
  return (row) => tests.every((test) => test(row));
}
