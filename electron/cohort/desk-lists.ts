import { judgedBy } from '../diagnosis/compare-standards.ts';
import { diagnose } from '../diagnosis/diagnose.ts';
import { partFact } from '../diagnosis/part-facts.ts';
import { tell } from '../diagnosis/route-words.ts';
import { readFile } from '../library/enterprise-file.ts';
import { buildFactSheet } from '../library/fact-sheet.ts';
import type { Db } from '../library/open.ts';
import type { Text } from '../standards/schema.ts';
import { endOf, verdictOf } from './cohort-match.ts';
import type { CohortRow } from './cohort-rows.ts';
import type { CohortLine, Screened } from './cohort-shapes.ts';
import type { CohortDesk, Screening, Work } from './desk.ts';
import { metricIndex } from './metrics.ts';
import { factsAsOf } from './row-routes.ts';
import { SCORE } from './screening.ts';

/** Why an enterprise stands where it does, in words. */
export interface ScreenedReason {
  readonly item: string;
  readonly title: Text;
  readonly state: 'unmet' | 'open';
  readonly closeness: number | null;
  /** How much is short; null where it was not worked out anew or cannot be measured. */
  readonly gap: Text | null;
}
export interface ScreenedLine extends Screened {
  readonly reasons: ScreenedReason[];
  readonly askLabel: Text | null;
}

const REVENUE = metricIndex('revenue');

/** One enterprise of a list behind a number. */
export function lineOf(row: CohortRow, rung?: number): CohortLine {
  const next = row.held < 3 ? row.held + 1 : null;
  const revenue = row.metrics[REVENUE] as number;
  return {
    id: row.id,
    name: row.name,
    uscc: row.uscc,
    district: row.district,
    division: row.division,
    held: row.held,
    stage: row.stage,
    revenueWan: Number.isNaN(revenue) ? null : revenue,
    next: next === null ? null : { rung: next, verdict: verdictOf(row.rungs[next - 1]) },
    expiresOn: endOf(row, rung ?? row.held),
  };
}

export type LineSort = 'name' | 'revenue' | 'expires' | 'held';

/** Lines in an order; what is not known comes last in either direction. */
export function sortLines(lines: CohortLine[], sort: LineSort, descending: boolean): CohortLine[] {
  const key = (line: CohortLine): string | number | null =>
    sort === 'name'
      ? line.name
      : sort === 'revenue'
        ? line.revenueWan
        : sort === 'expires'
          ? line.expiresOn
          : line.held;
  const direction = descending ? -1 : 1;
  return lines.sort((a, b) => {
    const [x, y] = [key(a), key(b)];
    if (x === null || y === null) return x === y ? (a.id < b.id ? -1 : 1) : x === null ? 1 : -1;
    return x === y ? (a.id < b.id ? -1 : 1) : x < y ? -direction : direction;
  });
}

/** The titles of a tier's items. */
export function itemTitles(desk: CohortDesk, name: { standard: string; tier: string }): Map<string, Text> {
  const tier = desk.ruleset.find(name.standard, name.tier);
  const items = tier
    ? [
        ...tier.standard.base,
        ...tier.tier.gates,
        ...tier.tier.direct,
        ...tier.tier.rounds.flatMap((round) => round.exclusions),
      ]
    : [];
  return new Map([...items.map((i): [string, Text] => [i.id, i.title]), [SCORE, tell('score')]]);
}

/** A fact's label for a person. */
export function factLabel(desk: CohortDesk, field: string): Text {
  return (desk.ruleset.facts.get(field) ?? partFact(field)).label;
}

/** Gaps in words, of an enterprise as it is now; none where it is gone. */
function gapsNow(
  db: Db,
  row: Screened,
  date: string,
  desk: CohortDesk,
  work: Work,
): Map<string, Text | null> {
  const { rules } = desk.ruleset;
  const there = db.prepare('SELECT 1 FROM enterprise WHERE id = ?').get(row.id);
  if (!there) return new Map();
  const file = readFile(db, row.id);
  const asOf = factsAsOf(file, work.today, date);
  const sheet = buildFactSheet(file, rules.facts, asOf);
  const route = judgedBy(diagnose({ sheet, asOf, review: [], rules }), row, desk.ruleset);
  return new Map(route?.items.map((item) => [item.id, item.gap]));
}

/** Rows of a screening with their reasons in words; `fresh`: worked out from what the library holds now. */
export async function screenedLines(
  desk: CohortDesk,
  screening: Screening,
  rows: readonly Screened[],
  work: Work,
  fresh: boolean,
): Promise<ScreenedLine[]> {
  const titles = new Map<string, Map<string, Text>>();
  const titlesOf = (row: Screened) => {
    const key = `${row.standard}/${row.tier}`;
    const known = titles.get(key) ?? itemTitles(desk, row);
    titles.set(key, known);
    return known;
  };
  return desk.looking((db) =>
    rows.map((row): ScreenedLine => {
      const names = titlesOf(row);
      const gaps =
        fresh && row.unmet.length > 0
          ? gapsNow(db, row, screening.summary.question.date, desk, work)
          : new Map<string, Text | null>();
      const title = (item: string) => names.get(item) ?? { zh: item, en: item };
      return {
        ...row,
        reasons: [
          ...row.unmet.map(
            ({ item, closeness }): ScreenedReason => ({
              item,
              title: title(item),
              state: 'unmet',
              closeness,
              gap: gaps.get(item) ?? null,
            }),
          ),
          ...row.open.map(
            (item): ScreenedReason => ({
              item,
              title: title(item),
              state: 'open',
              closeness: null,
              gap: null,
            }),
          ),
        ],
        askLabel: row.ask ? factLabel(desk, row.ask.field) : null,
      };
    }),
  );
}
