import { HORIZON } from '../diagnosis/route-view.ts';
import type { Text } from '../standards/schema.ts';
import {
  barsChart,
  forecastChart,
  heatChart,
  ladderChart,
  monthsChart,
  tilesChart,
} from './cohort-charts.ts';
import { type CohortRow, heldOn } from './cohort-rows.ts';
import type { CohortCondition, RouteOption } from './cohort-shapes.ts';
import type { CohortLocale } from './cohort-words.ts';
import { cohortWord } from './cohort-words.ts';
import type { CohortDesk, Work } from './desk.ts';
import { factLabel, itemTitles } from './desk-lists.ts';
import { limitsOf } from './limits.ts';
import { METRICS, type MetricId } from './metrics.ts';
import {
  currentOf,
  dueOf,
  groundOf,
  isUndated,
  monthsOf,
  type StoredTarget,
  targetsOf,
  withTargets,
} from './pipeline.ts';
import { benchmarkOf, type Grouping, heatOf, profileOf, spreadOf } from './profile.ts';
import { profileChart } from './profile-chart.ts';
import { type Demand, solveTargets } from './target-solver.ts';

interface Looks {
  readonly locale: CohortLocale;
  readonly dark: boolean;
}
interface Of extends Looks {
  readonly condition: CohortCondition;
}

/** A name of a group for people: a place, an industry, a size. */
export function groupName(
  desk: CohortDesk,
  by: Grouping,
  value: string | null,
  locale: CohortLocale,
): string {
  if (value === null) return cohortWord(locale, 'notFilled');
  if (by === 'district')
    return desk.districts.districts.find((d) => d.name.zh === value)?.name[locale] ?? value;
  if (by === 'section') return desk.industries.sections.find((s) => s.code === value)?.name[locale] ?? value;
  if (by === 'division')
    return desk.industries.divisions.find((d) => d.code === value)?.name[locale] ?? value;
  if (by === 'held') return cohortWord(locale, `tier${value}` as 'tier0');
  return cohortWord(locale, `${by}_${value}` as 'size_micro');
}

/** A district's name where there is little room: "Hongshan" for "Hongshan District". */
export function shortPlace(desk: CohortDesk, value: string | null, locale: CohortLocale): string {
  const tile = desk.data.tiles.tiles.find((t) => t.district === value);
  return tile?.short?.[locale] ?? groupName(desk, 'district', value, locale).replace(/ District$/, '');
}

/** An edge of a spread in the metric's own unit. */
function edgeText(kind: string, value: number): string {
  if (kind === 'ratio' || kind === 'growth') return `${Math.round(value * 100)}%`;
  return value.toLocaleString('en-US');
}

/** What a bar of a spread is called; amounts in 万元. */
export function barName(metric: MetricId, from: number | null, below: number | null): string {
  const kind = METRICS.find((m) => m.id === metric)?.kind ?? 'count';
  if (from === null) return `<${edgeText(kind, below as number)}`;
  if (below === null) return `≥${edgeText(kind, from)}`;
  return `${edgeText(kind, from)}–${edgeText(kind, below)}`;
}

async function rowsOf(desk: CohortDesk, condition: CohortCondition, work: Work) {
  const view = await desk.view(work);
  return { view, rows: desk.chosen(view, condition) };
}

/** How many of these rows lie in each district, with the tiles of the sketch. */
export function tilesOf(desk: CohortDesk, rows: readonly CohortRow[], locale: CohortLocale) {
  const counts = new Map<string | null, number>();
  for (const row of rows) counts.set(row.district, (counts.get(row.district) ?? 0) + 1);
  const tiles = desk.data.tiles.tiles.map(({ district, column, row }) => ({
    district,
    name: shortPlace(desk, district, locale),
    column,
    row,
    count: counts.get(district) ?? 0,
  }));
  const drawn = new Set(tiles.map((tile) => tile.district));
  const others = [...counts].flatMap(([district, count]) =>
    district !== null && drawn.has(district)
      ? []
      : [{ district, name: groupName(desk, 'district', district, locale), count }],
  );
  return { tiles, others: others.sort((a, b) => b.count - a.count) };
}

/** What the chosen tier's items are called, and how often they fail where. */
export function heatView(
  desk: CohortDesk,
  view: Awaited<ReturnType<CohortDesk['view']>>,
  rows: readonly CohortRow[],
  of: { tier: { standard: string; tier: string }; by: Grouping } & Looks,
  most = Number.POSITIVE_INFINITY,
) {
  const { tier, by, locale, dark } = of;
  const heat = heatOf(view, rows, tier, by);
  const titles = itemTitles(desk, tier);
  const columns = heat.columns.slice(0, 14).map((c) => ({
    ...c,
    name: by === 'district' ? shortPlace(desk, c.value, locale) : groupName(desk, by, c.value, locale),
  }));
  const named = heat.rows.map((row) => ({
    ...row,
    cells: row.cells.slice(0, columns.length),
    title: titles.get(row.item) ?? { zh: row.item, en: row.item },
  }));
  const share = (cell: { met: number; unmet: number }) =>
    cell.met + cell.unmet === 0 ? null : cell.unmet / (cell.met + cell.unmet);
  const chart = heatChart(
    {
      columns: columns.map((c) => c.name),
      rows: named.slice(0, most).map((row) => ({ name: row.title[locale], shares: row.cells.map(share) })),
    },
    locale,
    dark,
  );
  return { columns, more: heat.columns.length - columns.length, rows: named, chart };
}

/** Who is counted as keeping a title: everyone, or only as far as the dates go. */
export type Renewals = 'kept' | 'lost';

/** Holders of at least a rung at the end of a year, without anyone new. */
export function baseOf(rows: readonly CohortRow[], rung: number, year: number, renewals: Renewals): number {
  const day = `${year}-12-31`;
  return rows.filter(
    (row) =>
      row.held >= rung &&
      // Without a dated title nothing says that it ends.
      (renewals === 'kept' || heldOn(row, rung, day) || !row.titles.some((t) => t.rung >= rung)),
  ).length;
}

/** The views of a cohort: every number comes from the rows that its list shows. */
export const viewTasks = {
  async profile(desk: CohortDesk, { condition, locale, dark }: Of, work: Work) {
    const { rows } = await rowsOf(desk, condition, work);
    const { items, title, note } = desk.data.profile;
    const counts = profileOf(rows, items);
    const bars = items.map((item, i) => ({
      name: `${item.digit} ${item.title[locale]}`,
      share: counts[i]?.share ?? null,
      atLeast: item.onlyProves ? (counts[i]?.atLeast ?? null) : null,
      claim: item.over,
    }));
    return {
      n: rows.length,
      title,
      note,
      items: items.map((item, i) => ({
        ...(counts[i] as ReturnType<typeof profileOf>[number]),
        digit: item.digit,
        title: item.title,
        claim: item.claim,
        over: item.over,
        formula: item.formula,
        onlyProves: item.onlyProves === true,
        grade: item.source.grade,
        refs: item.source.refs,
        sourceNote: item.source.note ?? null,
      })),
      chart: profileChart(bars, locale, dark),
    };
  },

  async benchmark(desk: CohortDesk, input: Of & { metric: MetricId; by: Grouping }, work: Work) {
    const { condition, metric, by, locale, dark } = input;
    const { rows } = await rowsOf(desk, condition, work);
    const { all, groups } = benchmarkOf(rows, metric, by);
    const spread = spreadOf(rows, metric);
    const bars = spread.bars.map((bar) => ({ ...bar, name: barName(metric, bar.from, bar.below) }));
    return {
      n: rows.length,
      kind: METRICS.find((m) => m.id === metric)?.kind ?? 'count',
      all,
      groups: groups.map((group) => ({ ...group, name: groupName(desk, by, group.value, locale) })),
      bars,
      unknown: spread.unknown,
      chart: barsChart(bars, dark),
    };
  },

  async heat(
    desk: CohortDesk,
    input: Of & { rung: number; tier?: { standard: string; tier: string } | undefined; by: Grouping },
    work: Work,
  ) {
    const { view, rows } = await rowsOf(desk, { ...input.condition, heldBelow: input.rung }, work);
    const tiers = view.tiers
      .filter((t) => t.rung === input.rung)
      .map((t) => {
        const found = desk.ruleset.find(t.standard, t.tier);
        return {
          standard: t.standard,
          tier: t.tier,
          number: desk.ruleset.numberOf(t.standard),
          title: found?.tier.title ?? { zh: t.tier, en: t.tier },
        };
      });
    const asked =
      tiers.find((t) => t.standard === input.tier?.standard && t.tier === input.tier.tier) ?? tiers[0];
    if (!asked) return { n: rows.length, tiers, tier: null, columns: [], more: 0, rows: [], chart: {} };
    return { n: rows.length, tiers, tier: asked, ...heatView(desk, view, rows, { ...input, tier: asked }) };
  },

  async pipeline(desk: CohortDesk, input: Of & { stored: readonly StoredTarget[] }, work: Work) {
    const { condition, stored, locale, dark } = input;
    const { view, rows } = await rowsOf(desk, condition, work);
    const current = currentOf(rows, view.today);
    const targets = targetsOf(rows, view.today, desk.data.targets, stored, desk.districts.city.zh);
    const ground = groundOf(rows, condition, desk.districts.city.zh);
    const months = withTargets(monthsOf(ground.rows, view.today), targets, ground.targetsOf);
    const rungs = [1, 2, 3] as const;
    const places = ([0, ...rungs] as const).map((rung) => {
      const chosen = rung === 0 ? rows : rows.filter((row) => row.held >= rung);
      const { tiles, others } = tilesOf(desk, chosen, locale);
      return { rung, tiles, others, chart: tilesChart(tiles, dark) };
    });
    return {
      today: view.today,
      total: rows.length,
      none: rows.filter((row) => row.held === 0).length,
      failed: rows.filter((row) => row.failed).length,
      current,
      months,
      monthsOf: {
        cities: ground.cities,
        elsewhere: ground.elsewhere,
        undated: rungs.map(
          (rung) => ground.rows.filter((row) => isUndated(row, rung, view.today)).length,
        ) as [number, number, number],
      },
      due: dueOf(rows, view.today),
      targets,
      city: desk.districts.city,
      targetSource: {
        document: desk.data.targets.document,
        grade: desk.data.targets.source.grade,
        note: desk.data.targets.source.note ?? null,
      },
      places,
      tileNote: desk.data.tiles.note,
      charts: {
        ladder: ladderChart({ total: rows.length, atLeast: current.map((c) => c.atLeast) }, locale, dark),
        months: monthsChart(months, locale, dark),
      },
    };
  },

  /** Who can apply for what in which year by the routes; takes long the first time. */
  async forecast(desk: CohortDesk, { condition, locale, dark }: Of, work: Work) {
    const { view, rows } = await rowsOf(desk, condition, work);
    const routes = await desk.allRoutes(rows, 3, work);
    const first = Number(view.today.slice(0, 4));
    const years = Array.from({ length: HORIZON + 2 }, (_, i) => first + i);
    const rungs = ([1, 2, 3] as const).map((rung) => {
      const open = rows.filter((row) => row.held < rung);
      const yearOf = (row: CohortRow) =>
        routes.get(row.id)?.find((s) => s.rung === rung)?.options[0]?.year ?? null;
      return {
        rung,
        open: open.length,
        counts: years.map((year) => open.filter((row) => yearOf(row) === year).length),
        none: open.filter((row) => yearOf(row) === null).length,
        limits: limitsOf(desk, open, routes, rung).slice(0, 6),
      };
    });
    // Years in which nobody can apply are left out before the first and after the last in which someone can.
    const any = years.map((_, y) => rungs.some((r) => (r.counts[y] ?? 0) > 0));
    const [begin, end] = [Math.max(0, any.indexOf(true)), Math.max(1, any.lastIndexOf(true) + 1)];
    const used = years.slice(begin, end);
    return {
      n: rows.length,
      years: used,
      rungs: rungs.map((r) => ({ ...r, counts: r.counts.slice(begin, end) })),
      chart: forecastChart(
        used,
        rungs.map((r) => ({ rung: r.rung, counts: r.counts.slice(begin, end) })),
        locale,
        dark,
      ),
    };
  },

  /** The least effort to targets of one rung. */
  async solve(
    desk: CohortDesk,
    input: { condition: CohortCondition; rung: number; targets: readonly Demand[]; renewals: Renewals },
    work: Work,
  ) {
    const { rung, renewals } = input;
    const { rows } = await rowsOf(desk, input.condition, work);
    const open = rows.filter((row) => row.held < rung);
    const routes = await desk.allRoutes(open, rung, work);
    const optionsOf = (id: string): readonly RouteOption[] =>
      routes.get(id)?.find((s) => s.rung === rung)?.options ?? [];
    const targets = [...input.targets].sort((a, b) => a.year - b.year);
    const bases = targets.map(({ year }) => baseOf(rows, rung, year, renewals));
    const solved = solveTargets(
      open.map((row) => ({ id: row.id, options: optionsOf(row.id) })),
      targets.map(({ year, count }, i) => ({ year, count: Math.max(0, count - (bases[i] as number)) })),
    );
    const byId = new Map(open.map((row) => [row.id, row]));
    const levers = new Map<string, number>();
    const facts = new Map<string, number>();
    const chosen = solved.chosen.map((c) => {
      const row = byId.get(c.id) as CohortRow;
      const option = optionsOf(c.id).find((o) => o.year === c.year && o.effort === c.effort) as RouteOption;
      for (const lever of option.levers) levers.set(lever, (levers.get(lever) ?? 0) + 1);
      for (const fact of option.confirm) facts.set(fact, (facts.get(fact) ?? 0) + 1);
      return {
        ...c,
        name: row.name,
        district: row.district,
        division: row.division,
        held: row.held,
        levers: option.levers,
        confirm: option.confirm,
      };
    });
    const counted = (counts: ReadonlyMap<string, number>, label: (id: string) => Text) =>
      [...counts]
        .map(([id, count]) => ({ id, label: label(id), count }))
        .sort((a, b) => b.count - a.count || (a.id < b.id ? -1 : 1));
    const leverLabel = (id: string): Text =>
      desk.levers.levers.find((l) => l.id === id)?.label ?? { zh: id, en: id };
    return {
      rung,
      open: open.length,
      routed: open.filter((row) => optionsOf(row.id).length > 0).length,
      effort: solved.effort,
      demands: solved.demands.map((demand, i) => ({
        year: demand.year,
        target: targets[i]?.count ?? 0,
        base: bases[i] as number,
        needed: demand.asked,
        had: demand.had,
        most: demand.most,
        reached: demand.had >= demand.asked,
      })),
      chosen,
      levers: counted(levers, leverLabel),
      confirm: counted(facts, (field) => factLabel(desk, field)),
      limits: limitsOf(desk, open, routes, rung, targets.at(-1)?.year).slice(0, 8),
    };
  },
};
