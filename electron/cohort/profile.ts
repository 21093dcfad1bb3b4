import type { ProfileItem } from './cohort-data.ts';
import { verdictOf } from './cohort-match.ts';
import type { CohortRow, CohortView } from './cohort-rows.ts';
import { type MetricId, metricIndex } from './metrics.ts';

/** One measure of the portrait over a cohort: known and unknown apart. */
export interface ProfileCount {
  readonly id: string;
  readonly yes: number;
  readonly no: number;
  readonly unknown: number;
  /** yes ÷ (yes + no); null where nothing is known, or where the fact can only prove. */
  readonly share: number | null;
  /** What is proved of all, and what is possible at most. */
  readonly atLeast: number | null;
  readonly atMost: number | null;
}

/** The portrait of these rows, by the items of the definition. */
export function profileOf(rows: readonly CohortRow[], items: readonly ProfileItem[]): ProfileCount[] {
  return items.map((item, at) => {
    let [yes, no] = [0, 0];
    for (const row of rows) {
      const value = row.profile[at];
      if (value === 1) yes++;
      else if (value === 0) no++;
    }
    const unknown = rows.length - yes - no;
    const known = yes + no;
    return {
      id: item.id,
      yes,
      no,
      unknown,
      share: item.onlyProves || known === 0 ? null : yes / known,
      atLeast: rows.length === 0 ? null : yes / rows.length,
      atMost: rows.length === 0 ? null : (yes + unknown) / rows.length,
    };
  });
}

export const GROUPINGS = ['section', 'division', 'size', 'stage', 'district', 'held'] as const;
export type Grouping = (typeof GROUPINGS)[number];

/** Fewer firms than this give no percentiles: they would tell of single firms. */
export const LEAST_FOR_PERCENTILES = 10;

export interface BenchmarkGroup {
  /** null = not known. */
  readonly value: string | null;
  readonly total: number;
  readonly known: number;
  /** Quartiles by nearest rank; null below `LEAST_FOR_PERCENTILES` known values. */
  readonly quartiles: { readonly low: number; readonly median: number; readonly high: number } | null;
}

function groupOf(row: CohortRow, by: Grouping): string | null {
  return by === 'held' ? String(row.held) : row[by];
}

/** The value at or below which a share of the sorted values lies (nearest rank). */
function nearestRank(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] as number;
}

function quartilesOf(values: readonly number[]): BenchmarkGroup['quartiles'] {
  if (values.length < LEAST_FOR_PERCENTILES) return null;
  const sorted = [...values].sort((a, b) => a - b);
  return {
    low: nearestRank(sorted, 0.25),
    median: nearestRank(sorted, 0.5),
    high: nearestRank(sorted, 0.75),
  };
}

const knownOf = (rows: readonly CohortRow[], at: number) =>
  rows.flatMap((row) => {
    const value = row.metrics[at] as number;
    return Number.isNaN(value) ? [] : [value];
  });

/** A metric over all rows and over each group of them, the largest group first. */
export function benchmarkOf(
  rows: readonly CohortRow[],
  metric: MetricId,
  by: Grouping,
): { all: BenchmarkGroup; groups: BenchmarkGroup[] } {
  const at = metricIndex(metric);
  const grouped = new Map<string | null, CohortRow[]>();
  for (const row of rows) {
    const key = groupOf(row, by);
    const list = grouped.get(key);
    if (list) list.push(row);
    else grouped.set(key, [row]);
  }
  const one = (value: string | null, members: readonly CohortRow[]): BenchmarkGroup => {
    const values = knownOf(members, at);
    return { value, total: members.length, known: values.length, quartiles: quartilesOf(values) };
  };
  const groups = [...grouped].map(([value, members]) => one(value, members));
  groups.sort((a, b) => b.total - a.total || ((a.value ?? '~') < (b.value ?? '~') ? -1 : 1));
  return { all: one(null, rows), groups };
}

/** Where the bars of a spread begin; below the first and from the last on are bars of their own. */
export const EDGES: Readonly<Record<MetricId, readonly number[]>> = {
  revenue: [500, 1000, 2000, 5000, 10_000, 20_000, 40_000, 100_000],
  growth: [-0.2, 0, 0.05, 0.1, 0.15, 0.2, 0.3, 0.5],
  rd: [50, 100, 200, 500, 1000, 2000, 5000],
  rdRatio: [0.01, 0.02, 0.03, 0.05, 0.08, 0.1, 0.15, 0.25],
  mainRatio: [0.5, 0.6, 0.7, 0.8, 0.9],
  debtRatio: [0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8],
  netMargin: [-0.05, 0, 0.03, 0.05, 0.1, 0.15, 0.2],
  staff: [10, 20, 50, 100, 200, 300, 500, 1000],
  perHead: [10, 20, 40, 60, 80, 100, 200],
  marketShare: [0.01, 0.05, 0.1, 0.2, 0.3],
  ip: [1, 2, 3, 5, 10, 20],
  nicheYears: [2, 3, 5, 8, 10, 15, 20, 30],
};

export interface SpreadBar {
  readonly from: number | null;
  readonly below: number | null;
  readonly count: number;
}

/** How a metric is spread over the rows. */
export function spreadOf(
  rows: readonly CohortRow[],
  metric: MetricId,
): { bars: SpreadBar[]; unknown: number } {
  const edges = EDGES[metric];
  const counts = new Array<number>(edges.length + 1).fill(0);
  const values = knownOf(rows, metricIndex(metric));
  for (const value of values) {
    let bar = 0;
    while (bar < edges.length && value >= (edges[bar] as number)) bar++;
    counts[bar] = (counts[bar] as number) + 1;
  }
  return {
    bars: counts.map((count, i) => ({ from: edges[i - 1] ?? null, below: edges[i] ?? null, count })),
    unknown: rows.length - values.length,
  };
}

export interface HeatCell {
  readonly met: number;
  readonly unmet: number;
  readonly open: number;
}
export interface HeatRow {
  readonly item: string;
  readonly all: HeatCell;
  readonly cells: HeatCell[];
}

/** How often each item of a tier in force fails, in each group; the most often failed first. */
export function heatOf(
  view: CohortView,
  rows: readonly CohortRow[],
  name: { readonly standard: string; readonly tier: string },
  by: Grouping,
): { columns: { value: string | null; total: number }[]; rows: HeatRow[] } {
  const totals = new Map<string | null, number>();
  for (const row of rows) totals.set(groupOf(row, by), (totals.get(groupOf(row, by)) ?? 0) + 1);
  const columns = [...totals]
    .map(([value, total]) => ({ value, total }))
    .sort((a, b) =>
      a.value === null ? 1 : b.value === null ? -1 : b.total - a.total || (a.value < b.value ? -1 : 1),
    );
  const place = new Map(columns.map(({ value }, i) => [value, i]));
  const found = view.items.flatMap((item, at) => {
    if (item.standard !== name.standard || item.tier !== name.tier || item.kind === 'direct') return [];
    const none = (): Record<keyof HeatCell, number> => ({ met: 0, unmet: 0, open: 0 });
    const cells = columns.map(none);
    const all = none();
    for (const row of rows) {
      const verdict = verdictOf(row.codes[at]);
      const kind = verdict === 'met' || verdict === 'unmet' ? verdict : 'open';
      all[kind]++;
      const cell = cells[place.get(groupOf(row, by)) as number];
      if (cell) cell[kind]++;
    }
    return [{ item: item.item, all, cells }];
  });
  return { columns, rows: found.sort((a, b) => b.all.unmet - a.all.unmet || b.all.open - a.all.open) };
}
