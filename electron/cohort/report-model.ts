import { BarChart, FunnelChart, HeatmapChart, LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent, VisualMapComponent } from 'echarts/components';
import { use } from 'echarts/core';
import { renderChartSvg } from '../plan/charts.ts';
import { cleanText, mapStrings, narrowQuotes } from '../plan/clean-text.ts';
import { ladderChart, monthsChart, tilesChart } from './cohort-charts.ts';
import type { CohortCondition } from './cohort-shapes.ts';
import { type CohortLocale, cohortWord, wordFor } from './cohort-words.ts';
import type { CohortDesk, Work } from './desk.ts';
import { groupName, heatView, tilesOf } from './desk-views.ts';
import { METRICS, type MetricId } from './metrics.ts';
import { currentOf, dueOf, monthsOf, type StoredTarget, targetsOf } from './pipeline.ts';
import { benchmarkOf, type Grouping, profileOf } from './profile.ts';

use([BarChart, FunnelChart, HeatmapChart, LineChart, GridComponent, LegendComponent, VisualMapComponent]);

export interface ReportInput {
  readonly condition: CohortCondition;
  readonly locale: CohortLocale;
  readonly stored: readonly StoredTarget[];
  /** A screening at hand, told in a paragraph. */
  readonly screening?: string | undefined;
  readonly who: string;
  readonly accent: string;
}
/** What the two pages say, and their charts as SVG by name. */
export interface Report {
  readonly document: Record<string, unknown>;
  readonly charts: Readonly<Record<string, string>>;
}

const SHOWN: readonly MetricId[] = [
  'revenue',
  'growth',
  'rd',
  'rdRatio',
  'debtRatio',
  'netMargin',
  'staff',
  'nicheYears',
];
/** Conditions in the heat map, so that two pages hold all. */
const MOST_ITEMS = 12;
const MOST_TARGETS = 9;
/** Charts on paper, in CSS pixels. */
const SIZES = { ladder: [320, 220], months: [320, 220], tiles: [330, 290], heat: [650, 380] } as const;

const number = (value: number, places = 0) =>
  new Intl.NumberFormat('en-US', { maximumFractionDigits: places }).format(value);
const percent = (share: number) => `${number(share * 100, 1)}%`;

function scopeText(desk: CohortDesk, condition: CohortCondition, locale: CohortLocale): string {
  const parts = (['held', 'district', 'section', 'division', 'size', 'stage'] as const).flatMap((part) => {
    const values = condition[part];
    if (!values) return [];
    const names = values.map((value) =>
      groupName(desk, part as Grouping, value === null ? null : String(value), locale),
    );
    const list = names.join(cohortWord(locale, 'listSeparator'));
    return [`${cohortWord(locale, `scope_${part}`)}${cohortWord(locale, 'colon')}${list}`];
  });
  for (const part of ['city', 'consultant', 'tags'] as const) {
    const names = condition[part]?.map((value) => value ?? cohortWord(locale, 'notFilled'));
    if (!names) continue;
    const list = names.join(cohortWord(locale, 'listSeparator'));
    parts.push(`${cohortWord(locale, `scope_${part}`)}${cohortWord(locale, 'colon')}${list}`);
  }
  if (condition.chosen)
    parts.push(
      condition.chosen.view
        ? cohortWord(locale, 'scope_view', { view: condition.chosen.view })
        : cohortWord(locale, 'scope_ids'),
    );
  const rest = (['samples', 'ids', 'query'] as const).filter((part) => condition[part] !== undefined);
  for (const part of rest) {
    if (part === 'samples')
      parts.push(cohortWord(locale, condition.samples ? 'scope_samples' : 'scope_noSamples'));
    else
      parts.push(
        cohortWord(locale, part === 'ids' ? 'scope_ids' : 'scope_query', { query: condition.query ?? '' }),
      );
  }
  return parts.length === 0
    ? cohortWord(locale, 'report_all')
    : parts.join(cohortWord(locale, 'scopeSeparator'));
}

function screeningText(desk: CohortDesk, id: string, locale: CohortLocale) {
  const { summary, rows } = desk.screening(id);
  const { question, counts, today, holding } = summary;
  const tier = cohortWord(locale, `tier${question.rung}` as 'tier1');
  const near = rows.slice(0, 12).map((row) => row.name);
  return {
    heading: cohortWord(locale, 'report_screening', { tier, date: question.date, day: today }),
    counts: cohortWord(locale, 'report_screeningCounts', {
      sure: number(counts.sure),
      possible: number(counts.possible),
      impossible: number(counts.impossible),
      holding: number(holding),
    }),
    seeds:
      near.length === 0
        ? ''
        : cohortWord(locale, 'report_seeds', { list: near.join(cohortWord(locale, 'listSeparator')) }),
  };
}

/** The cohort on two pages: the ladder, targets, reviews due and districts; the portrait, main figures, failing gates. */
export async function reportOf(desk: CohortDesk, input: ReportInput, work: Work): Promise<Report> {
  const { condition, locale, stored, screening, who, accent } = input;
  const view = await desk.view(work);
  const rows = desk.chosen(view, condition);
  const w = (key: Parameters<typeof cohortWord>[1], parts: Record<string, string | number> = {}) =>
    cohortWord(locale, key, parts);
  const tier = (rung: number) => w(`tier${rung}` as 'tier1');
  const n = rows.length;
  const current = currentOf(rows, view.today);
  const targets = targetsOf(rows, view.today, desk.data.targets, stored, desk.districts.city.zh);
  const { tiles, others } = tilesOf(desk, rows, locale);
  const { items, title } = desk.data.profile;
  const portrait = profileOf(rows, items);
  const below = rows.filter((row) => row.held < 2);
  const heatTier = view.tiers.find((t) => t.rung === 2);
  const heat =
    heatTier && below.length > 0
      ? heatView(desk, view, below, { tier: heatTier, by: 'district', locale, dark: false }, MOST_ITEMS)
      : null;
  const heatNumber = heatTier ? desk.ruleset.numberOf(heatTier.standard)[locale] : '';
  const metricText = (id: MetricId, value: number) => {
    const kind = METRICS.find((m) => m.id === id)?.kind;
    return kind === 'ratio' || kind === 'growth' ? percent(value) : number(value, kind === 'years' ? 1 : 0);
  };
  const chosen = targets.slice(-MOST_TARGETS);
  const { document: source, source: about } = desk.data.targets;
  const [year = 0, month = 1, day = 1] = view.today.split('-').map(Number);
  const document = {
    lang: locale,
    accent,
    date: { year, month, day },
    title: w('report_title'),
    n: w('report_n', { n: number(n) }),
    asOf: w('report_asOf', { day: view.today }),
    scope: w('report_scope', { scope: scopeText(desk, condition, locale) }),
    by: who ? w('report_by', { who }) : '',
    page: w('report_page', { page: '\u0000', pages: '\u0000' }).split('\u0000'),
    figures: [
      { number: number(n), word: w('report_total'), note: '' },
      ...current.map(({ rung, atLeast }) => ({
        number: number(atLeast),
        word: w('report_atLeast', { tier: tier(rung) }),
        note: n > 0 ? w('report_share', { share: percent(atLeast / n) }) : '',
      })),
    ],
    ladder: w('report_ladder'),
    months: w('report_months'),
    targets: {
      heading: w('report_targets'),
      none: w('report_noTargets'),
      columns: [
        w('report_year'),
        w('report_tier'),
        w('report_place'),
        w('report_target'),
        w('report_actual'),
        w('report_rate'),
      ],
      rows: chosen.map((t) => [
        String(t.year),
        tier(t.rung),
        t.district === null ? w('report_city') : groupName(desk, 'district', t.district, locale),
        number(t.count),
        number(t.actual),
        t.count === 0 ? '100%' : percent(t.actual / t.count),
      ]),
    },
    due: {
      heading: w('report_due'),
      columns: [w('report_tier'), ...[0, 1, 2, 3].map((i) => w(`report_window${i}` as 'report_window0'))],
      rows: dueOf(rows, view.today).map(({ rung, windows }) => [
        tier(rung),
        ...windows.map((x) => number(x.count)),
      ]),
    },
    districts: w('report_districts'),
    others:
      others.length === 0
        ? ''
        : w('report_others', {
            list: others.map((o) => `${o.name} ${number(o.count)}`).join(w('listSeparator')),
          }),
    profile: {
      heading: title[locale],
      columns: [
        w('report_measure'),
        w('report_yes'),
        w('report_no'),
        w('report_unknown'),
        w('report_known'),
        w('report_bounds'),
        w('report_grade'),
      ],
      rows: items.map((item, i) => {
        const c = portrait[i] as (typeof portrait)[number];
        return {
          digit: item.digit,
          cells: [
            item.title[locale],
            number(c.yes),
            number(c.no),
            number(c.unknown),
            c.share !== null
              ? percent(c.share)
              : item.onlyProves && c.atLeast !== null
                ? w('chartAtLeast', { share: percent(c.atLeast) })
                : w('unknown'),
            c.atLeast === null || c.atMost === null ? '–' : `${percent(c.atLeast)}–${percent(c.atMost)}`,
            wordFor(locale, 'grade', item.source.grade),
          ],
        };
      }),
    },
    benchmark: {
      heading: w('report_benchmark'),
      columns: [
        w('report_metric'),
        w('report_knownN'),
        w('report_unknown'),
        w('report_low'),
        w('report_median'),
        w('report_high'),
      ],
      rows: SHOWN.map((id) => {
        const { all } = benchmarkOf(rows, id, 'held');
        const cell = (value: number | undefined) =>
          value === undefined ? w('report_hidden') : metricText(id, value);
        return [
          w(`metric_${id}` as 'metric_revenue'),
          number(all.known),
          number(all.total - all.known),
          cell(all.quartiles?.low),
          cell(all.quartiles?.median),
          cell(all.quartiles?.high),
        ];
      }),
    },
    heat: heat ? w('report_heat', { tier: tier(2), number: heatNumber }) : '',
    heatNone: w('report_heatNone'),
    screening: screening ? screeningText(desk, screening, locale) : null,
    statement: w('report_statement', {
      document: source[locale],
      grade: wordFor(locale, 'grade', about.grade),
    }),
  };
  const svg = (name: keyof typeof SIZES, option: Record<string, unknown>) => {
    const [width, height] = SIZES[name];
    return renderChartSvg(mapStrings(option, cleanText), width, height);
  };
  return {
    document: mapStrings(document, (text) =>
      locale === 'en' ? narrowQuotes(cleanText(text)) : cleanText(text),
    ),
    charts: {
      ladder: svg('ladder', ladderChart({ total: n, atLeast: current.map((c) => c.atLeast) }, locale, false)),
      months: svg('months', monthsChart(monthsOf(rows, view.today), locale, false)),
      tiles: svg('tiles', tilesChart(tiles, false, true)),
      ...(heat ? { heat: svg('heat', heat.chart) } : {}),
    },
  };
}
