import { type CohortLocale, cohortWord as word } from './cohort-words.ts';
import type { PipelineMonth } from './pipeline.ts';

/** An ECharts option as plain JSON: no functions, so that it crosses processes; the same on the screen and on paper. */
export type ChartOption = Record<string, unknown>;

/** What charts are written in. */
export const FONT = 'Noto Sans SC, Microsoft YaHei, PingFang SC, sans-serif';

/** The colours of charts, by theme. */
export function palette(dark: boolean) {
  return dark
    ? {
        text: '#e3e7ea',
        quiet: '#a3aeab',
        line: '#36413f',
        tiers: ['#508780', '#55b0a2', '#a5e4d8'],
        accent: '#55b0a2',
        unmet: '#e0897c',
        ground: '#202827',
        scale: ['#1d2625', '#7d3a31', '#ef8f80'],
        count: ['#1d2a28', '#2f6a62', '#7fd4c6'],
      }
    : {
        text: '#26323a',
        quiet: '#5b6764',
        line: '#dde3e7',
        tiers: ['#a9d5cf', '#3d9b8f', '#0b4f49'],
        accent: '#0f766e',
        unmet: '#b5533c',
        ground: '#f0f3f2',
        scale: ['#fbf6f4', '#eeb8aa', '#b23b2a'],
        count: ['#eef6f5', '#8cc9c1', '#0f766e'],
      };
}

/** What every chart has. */
export function common(dark: boolean): ChartOption {
  return {
    backgroundColor: 'transparent',
    animationDuration: 250,
    textStyle: { fontFamily: FONT, color: palette(dark).text, fontSize: 12 },
  };
}

/** Room around the axes. */
export const grid = {
  left: 8,
  right: 16,
  top: 12,
  bottom: 8,
  outerBoundsMode: 'same',
  outerBoundsContain: 'axisLabel',
};
const tierName = (locale: CohortLocale, rung: number) => word(locale, `tier${rung}` as 'tier0');

/** The ladder as a funnel: the whole cohort, then holders of at least each rung. */
export function ladderChart(
  counts: { total: number; atLeast: readonly number[] },
  locale: CohortLocale,
  dark: boolean,
): ChartOption {
  const colours = palette(dark);
  const steps = [
    { name: word(locale, 'chartAll'), value: counts.total, colour: colours.ground },
    ...[1, 2, 3].map((rung) => ({
      name: tierName(locale, rung),
      value: counts.atLeast[rung - 1] ?? 0,
      colour: colours.tiers[rung - 1] as string,
    })),
  ];
  return {
    ...common(dark),
    tooltip: { trigger: 'item' },
    series: [
      {
        type: 'funnel',
        sort: 'none',
        left: '4%',
        right: '38%',
        top: 8,
        bottom: 8,
        minSize: '6%',
        gap: 3,
        label: {
          show: true,
          position: 'right',
          color: colours.text,
          fontFamily: FONT,
          formatter: '{b}  {c}',
        },
        labelLine: { length: 8, lineStyle: { color: colours.line } },
        data: steps.map(({ name, value, colour }) => ({
          name,
          value,
          itemStyle: { color: colour, borderColor: colours.line, borderWidth: 1 },
        })),
      },
    ],
  };
}

/** Holders of at least each rung by month; what is ahead, without renewals, dashed; targets as dotted steps. */
export function monthsChart(
  months: readonly PipelineMonth[],
  locale: CohortLocale,
  dark: boolean,
): ChartOption {
  const colours = palette(dark);
  const now = months.findIndex((m) => m.ahead) - 1;
  const line = (rung: 1 | 2 | 3, ahead: boolean) => {
    const colour = colours.tiers[rung - 1] as string;
    return {
      type: 'line',
      name: tierName(locale, rung),
      symbol: 'none',
      lineStyle: { width: 2, color: colour, type: ahead ? 'dashed' : 'solid' },
      itemStyle: { color: colour },
      ...(ahead ? {} : { areaStyle: { color: colour, opacity: 0.12 } }),
      data: months.map((m, i) => ((ahead ? i >= now : i <= now) ? m.holders[rung - 1] : null)),
    };
  };
  const steps = (rung: 1 | 2 | 3) =>
    months.some((m) => m.targets[rung - 1] !== null)
      ? [
          {
            type: 'line',
            name: word(locale, 'chartTarget', { tier: tierName(locale, rung) }),
            step: 'middle',
            symbol: 'none',
            lineStyle: { width: 1.5, color: colours.tiers[rung - 1], type: 'dotted' },
            itemStyle: { color: colours.tiers[rung - 1] },
            data: months.map((m) => m.targets[rung - 1]),
          },
        ]
      : [];
  const aims = ([1, 2, 3] as const).flatMap(steps);
  return {
    ...common(dark),
    tooltip: { trigger: 'axis' },
    legend: { bottom: 0, itemWidth: 16, itemHeight: 8, textStyle: { color: colours.text, fontFamily: FONT } },
    // Twice as many names take a second line where they are long.
    grid: { ...grid, bottom: aims.length > 0 && locale === 'en' ? 56 : 34 },
    xAxis: {
      type: 'category',
      data: months.map((m) => m.month),
      axisLabel: { color: colours.quiet, fontSize: 11, fontFamily: FONT },
      axisLine: { lineStyle: { color: colours.line } },
      axisTick: { show: false },
    },
    yAxis: {
      type: 'value',
      minInterval: 1,
      axisLabel: { color: colours.quiet, fontSize: 11, fontFamily: FONT },
      splitLine: { lineStyle: { color: colours.line } },
    },
    series: [...([1, 2, 3] as const).flatMap((rung) => [line(rung, false), line(rung, true)]), ...aims],
  };
}

export interface Tile {
  readonly name: string;
  readonly column: number;
  readonly row: number;
  readonly count: number;
}

/** The districts as tiles, the darker the more; on `paper` with smaller words. */
export function tilesChart(tiles: readonly Tile[], dark: boolean, paper = false): ChartOption {
  const colours = palette(dark);
  const columns = Math.max(0, ...tiles.map((t) => t.column)) + 1;
  const rows = Math.max(0, ...tiles.map((t) => t.row)) + 1;
  const most = Math.max(1, ...tiles.map((t) => t.count));
  const axis = (length: number) => ({
    type: 'category',
    show: false,
    data: Array.from({ length }, (_, i) => String(i)),
  });
  return {
    ...common(dark),
    tooltip: { trigger: 'item', formatter: '{b}' },
    grid: { left: 4, right: 4, top: 4, bottom: 4 },
    xAxis: axis(columns),
    yAxis: { ...axis(rows), inverse: true },
    visualMap: { show: false, min: 0, max: most, dimension: 2, inRange: { color: colours.count } },
    series: [
      {
        type: 'heatmap',
        itemStyle: { borderColor: dark ? '#181e1d' : '#ffffff', borderWidth: 3, borderRadius: 4 },
        label: paper
          ? { show: true, fontFamily: FONT, fontSize: 8, lineHeight: 10, overflow: 'break', width: 52 }
          : { show: true, fontFamily: FONT, fontSize: 11, lineHeight: 15, overflow: 'break', width: 92 },
        data: tiles.map(({ name, column, row, count }) => ({
          name: `${name}  ${count}`,
          value: [column, row, count],
          label: {
            formatter: `${name.replaceAll(/[{}]/g, '')}\n${count}`,
            color: count > most * 0.55 ? (dark ? '#0d1413' : '#ffffff') : colours.text,
          },
        })),
      },
    ],
  };
}

export interface HeatInput {
  readonly columns: readonly string[];
  readonly rows: readonly { readonly name: string; readonly shares: readonly (number | null)[] }[];
}

/** Which conditions fail most, where: the share of those known that fail. Rows come most often failed first. */
export function heatChart(heat: HeatInput, locale: CohortLocale, dark: boolean): ChartOption {
  const colours = palette(dark);
  const rows = [...heat.rows].reverse();
  return {
    ...common(dark),
    tooltip: { trigger: 'item', formatter: '{b}' },
    grid: { ...grid, bottom: 8, right: 12 },
    xAxis: {
      type: 'category',
      data: heat.columns,
      position: 'top',
      axisLabel: {
        color: colours.text,
        fontSize: 11,
        fontFamily: FONT,
        interval: 0,
        width: heat.columns.length > 8 ? 74 : Math.floor(560 / Math.max(1, heat.columns.length)),
        overflow: heat.columns.length > 8 ? 'truncate' : 'break',
        rotate: heat.columns.length > 8 ? 30 : 0,
      },
      axisLine: { show: false },
      axisTick: { show: false },
    },
    yAxis: {
      type: 'category',
      data: rows.map((row) => row.name),
      axisLabel: { color: colours.text, fontSize: 11, fontFamily: FONT, width: 190, overflow: 'truncate' },
      axisLine: { show: false },
      axisTick: { show: false },
    },
    visualMap: { show: false, min: 0, max: 1, dimension: 2, inRange: { color: colours.scale } },
    series: [
      {
        type: 'heatmap',
        itemStyle: { borderColor: dark ? '#181e1d' : '#ffffff', borderWidth: 2 },
        label: { show: heat.columns.length <= 12, fontSize: 10, fontFamily: FONT },
        data: rows.flatMap((row, y) =>
          row.shares.map((share, x) => ({
            name: `${row.name} · ${heat.columns[x]} · ${share === null ? word(locale, 'unknown') : `${Math.round(share * 100)}%`}`,
            value: [x, y, share ?? 0],
            label: {
              formatter: share === null ? '–' : `${Math.round(share * 100)}%`,
              color: share !== null && share > 0.85 && !dark ? '#ffffff' : colours.text,
            },
            ...(share === null ? { itemStyle: { color: colours.ground } } : {}),
          })),
        ),
      },
    ],
  };
}

/** Plain bars: a spread, or years of application. */
export function barsChart(
  bars: readonly { readonly name: string; readonly count: number }[],
  dark: boolean,
): ChartOption {
  const colours = palette(dark);
  return {
    ...common(dark),
    tooltip: { trigger: 'axis', axisPointer: { type: 'none' } },
    grid: { ...grid, top: 22 },
    xAxis: {
      type: 'category',
      data: bars.map((bar) => bar.name),
      axisLabel: {
        color: colours.text,
        fontSize: 11,
        fontFamily: FONT,
        interval: 0,
        rotate: bars.length > 7 ? 28 : 0,
      },
      axisLine: { lineStyle: { color: colours.line } },
      axisTick: { show: false },
    },
    yAxis: {
      type: 'value',
      minInterval: 1,
      axisLabel: { color: colours.quiet, fontSize: 11, fontFamily: FONT },
      splitLine: { lineStyle: { color: colours.line } },
    },
    series: [
      {
        type: 'bar',
        barMaxWidth: 40,
        itemStyle: { color: colours.accent },
        label: { show: true, position: 'top', fontFamily: FONT, color: colours.text },
        data: bars.map((bar) => bar.count),
      },
    ],
  };
}

/** New applicants by year and rung, by the earliest route. */
export function forecastChart(
  years: readonly number[],
  rungs: readonly { readonly rung: number; readonly counts: readonly number[] }[],
  locale: CohortLocale,
  dark: boolean,
): ChartOption {
  const colours = palette(dark);
  return {
    ...common(dark),
    tooltip: { trigger: 'axis', axisPointer: { type: 'shadow' } },
    legend: { bottom: 0, itemWidth: 14, itemHeight: 8, textStyle: { color: colours.text, fontFamily: FONT } },
    grid: { ...grid, top: 22, bottom: 34 },
    xAxis: {
      type: 'category',
      data: years.map(String),
      axisLabel: { color: colours.text, fontSize: 12, fontFamily: FONT },
      axisLine: { lineStyle: { color: colours.line } },
      axisTick: { show: false },
    },
    yAxis: {
      type: 'value',
      minInterval: 1,
      axisLabel: { color: colours.quiet, fontSize: 11, fontFamily: FONT },
      splitLine: { lineStyle: { color: colours.line } },
    },
    series: rungs.map(({ rung, counts }) => ({
      type: 'bar',
      name: tierName(locale, rung),
      barMaxWidth: 30,
      itemStyle: { color: colours.tiers[rung - 1] },
      label: { show: true, position: 'top', fontSize: 11, fontFamily: FONT, color: colours.text },
      data: [...counts],
    })),
  };
}
