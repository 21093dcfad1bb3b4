import { BarChart, LineChart, RadarChart } from 'echarts/charts';
import {
  AriaComponent,
  GridComponent,
  LegendComponent,
  RadarComponent,
  TooltipComponent,
} from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import type { Diagnosis, Judged } from '../diagnosis/shapes.ts';
import type { EnterpriseFile } from '../library/shapes.ts';
import { factNamed } from './fact-names.ts';
import { aimOf } from './gaps.ts';
import { clip, type PlanLocale, word } from './words.ts';

use([
  RadarChart,
  BarChart,
  LineChart,
  RadarComponent,
  GridComponent,
  LegendComponent,
  TooltipComponent,
  AriaComponent,
  SVGRenderer,
]);

/** An ECharts option as plain JSON: no functions, so that it crosses processes. */
export type ChartOption = Record<string, unknown>;
export interface Charts {
  radar: ChartOption;
  gaps: ChartOption;
  figures?: ChartOption;
}

// Unquoted: the chart's SVG does not escape quotes in its attributes.
const FONT = 'Noto Sans SC, Microsoft YaHei, PingFang SC, sans-serif';
const ACCENT = '#1f5f7a';

function palette(dark: boolean) {
  return dark
    ? {
        text: '#e3e7ea',
        quiet: '#9aa5ad',
        line: '#3b444b',
        accent: '#6db3cf',
        unmet: '#e0896f',
        unknown: '#6b767e',
      }
    : {
        text: '#26323a',
        quiet: '#6a767e',
        line: '#dde3e7',
        accent: ACCENT,
        unmet: '#b5533c',
        unknown: '#b9c2c8',
      };
}
type Palette = ReturnType<typeof palette>;

function common(colours: Palette): ChartOption {
  return {
    backgroundColor: 'transparent',
    animationDuration: 300,
    textStyle: { fontFamily: FONT, color: colours.text, fontSize: 12 },
  };
}

function radarOption(diagnosis: Diagnosis, locale: PlanLocale, colours: Palette): ChartOption {
  const axes = diagnosis.radar.filter((a) => a.items > 0);
  const shown = axes.length > 0 ? axes : diagnosis.radar;
  const rounded = (value: number) => Math.round(value * 1000) / 10;
  const series = (key: 'proved' | 'possible', fill: number, dashed: boolean) => ({
    name: word(locale, key === 'proved' ? 'chartProved' : 'chartPossible'),
    value: shown.map((a) => rounded(a[key])),
    symbolSize: dashed ? 0 : 4,
    lineStyle: {
      width: dashed ? 1 : 2,
      type: dashed ? 'dashed' : 'solid',
      color: dashed ? colours.quiet : colours.accent,
    },
    itemStyle: { color: dashed ? colours.quiet : colours.accent },
    areaStyle: { color: dashed ? colours.unknown : colours.accent, opacity: fill },
  });
  return {
    ...common(colours),
    tooltip: { trigger: 'item' },
    legend: { bottom: 2, itemWidth: 16, itemHeight: 8, textStyle: { color: colours.text, fontFamily: FONT } },
    radar: {
      center: ['50%', '47%'],
      radius: '60%',
      splitNumber: 4,
      indicator: shown.map((a) => ({ name: word(locale, `dim_${a.dimension}`), max: 100 })),
      axisName: { color: colours.text, fontFamily: FONT, fontSize: 12 },
      splitLine: { lineStyle: { color: colours.line } },
      axisLine: { lineStyle: { color: colours.line } },
      splitArea: { show: false },
    },
    series: [{ type: 'radar', data: [series('possible', 0.25, true), series('proved', 0.28, false)] }],
  };
}

const MEASURABLE = new Set(['money', 'ratio', 'growth', 'count', 'years', 'rank', 'score', 'level']);

/** The measurable items of the rung aimed at: those with a closeness, and unknown ones that read a number. */
export function measurableItems(diagnosis: Diagnosis): Judged[] {
  const items = aimOf(diagnosis)?.route.items ?? [];
  return items.filter(
    (i) =>
      i.kind !== 'direct' &&
      i.verdict !== 'not_applicable' &&
      i.fields.some((f) => MEASURABLE.has(factNamed(f)?.type ?? '')) &&
      (i.closeness !== null || i.verdict === 'unknown' || i.verdict === 'met'),
  );
}

/** 0–1, or null while the numbers are unknown. */
export function closenessOf(judged: Judged): number | null {
  if (judged.verdict === 'met') return 1;
  return judged.verdict === 'unknown' ? null : judged.closeness;
}

/** "63%", never 100 % for something that is short, however little. */
export function closenessText(judged: Judged, locale: PlanLocale): string {
  const value = closenessOf(judged);
  if (value === null) return word(locale, 'verdictUnknown');
  return judged.verdict === 'met' ? '100%' : `${Math.min(99, Math.floor(value * 100))}%`;
}

function gapsOption(diagnosis: Diagnosis, locale: PlanLocale, colours: Palette): ChartOption {
  const items = measurableItems(diagnosis).slice(0, 10).reverse();
  const hatched = {
    color: colours.unknown,
    opacity: 0.45,
    decal: { symbol: 'rect', dashArrayX: [1, 0], dashArrayY: [2, 4], rotation: 0.785, color: colours.quiet },
  };
  const bar = (judged: Judged) => {
    const value = closenessOf(judged);
    const label = { formatter: closenessText(judged, locale), color: colours.text };
    if (value === null)
      return { value: 100, itemStyle: hatched, label: { ...label, color: colours.quiet, opacity: 1 } };
    const met = judged.verdict === 'met';
    return {
      value: Math.round(value * 1000) / 10,
      itemStyle: { color: met ? colours.accent : colours.unmet },
      label,
    };
  };
  return {
    ...common(colours),
    aria: { enabled: true, decal: { show: true, decals: [{ symbol: 'none' }] } },
    grid: {
      left: 8,
      right: 52,
      top: 8,
      bottom: 24,
      outerBoundsMode: 'same',
      outerBoundsContain: 'axisLabel',
    },
    xAxis: {
      type: 'value',
      min: 0,
      max: 100,
      interval: 25,
      axisLabel: { formatter: '{value}%', color: colours.quiet, fontSize: 10, fontFamily: FONT },
      splitLine: { lineStyle: { color: colours.line } },
    },
    yAxis: {
      type: 'category',
      data: items.map((i) => clip(i.title[locale].replaceAll(/[{}]/g, ''), locale === 'zh' ? 26 : 44)),
      axisTick: { show: false },
      axisLine: { lineStyle: { color: colours.line } },
      axisLabel: {
        color: colours.text,
        fontSize: 11,
        lineHeight: 13,
        width: 142,
        overflow: 'break',
        fontFamily: FONT,
      },
    },
    series: [
      {
        type: 'bar',
        name: word(locale, 'chartCloseness'),
        barMaxWidth: 14,
        label: { show: true, position: 'right', fontSize: 11, fontFamily: FONT },
        data: items.map(bar),
      },
    ],
  };
}

/** Yuan in the unit of the language's axis: 万元 or millions. */
function axisMoney(yuan: number | null | undefined, locale: PlanLocale): number | null {
  if (yuan === null || yuan === undefined) return null;
  return locale === 'zh' ? Math.round(yuan / 100) / 100 : Math.round(yuan / 10_000) / 100;
}

function figuresOption(file: EnterpriseFile, locale: PlanLocale, colours: Palette): ChartOption | undefined {
  const years = file.figures
    .filter((f) => f.values.revenue != null || f.values.rdExpense != null)
    .sort((a, b) => a.year - b.year)
    .slice(-6);
  if (years.length === 0) return undefined;
  const axis = (name: string, right: boolean) => ({
    type: 'value',
    name: `${name} (${word(locale, 'chartUnitWan')})`,
    nameTextStyle: { color: colours.quiet, fontSize: 11, align: right ? 'right' : 'left', fontFamily: FONT },
    axisLabel: { color: colours.quiet, fontSize: 10, fontFamily: FONT },
    splitLine: { show: !right, lineStyle: { color: colours.line } },
  });
  const [revenue, rd] = [word(locale, 'figure_revenue'), word(locale, 'figure_rdExpense')];
  return {
    ...common(colours),
    tooltip: { trigger: 'axis' },
    legend: { bottom: 2, itemWidth: 16, itemHeight: 8, textStyle: { color: colours.text, fontFamily: FONT } },
    grid: {
      left: 12,
      right: 12,
      top: 34,
      bottom: 36,
      outerBoundsMode: 'same',
      outerBoundsContain: 'axisLabel',
    },
    xAxis: {
      type: 'category',
      data: years.map((y) => String(y.year)),
      axisLabel: { color: colours.text, fontFamily: FONT },
      axisLine: { lineStyle: { color: colours.line } },
    },
    yAxis: [axis(revenue, false), axis(rd, true)],
    series: [
      {
        type: 'bar',
        name: revenue,
        barMaxWidth: 34,
        itemStyle: { color: colours.accent, opacity: 0.85 },
        data: years.map((y) => axisMoney(y.values.revenue, locale)),
      },
      {
        type: 'line',
        name: rd,
        yAxisIndex: 1,
        symbolSize: 7,
        lineStyle: { color: colours.unmet, width: 2 },
        itemStyle: { color: colours.unmet },
        data: years.map((y) => axisMoney(y.values.rdExpense, locale)),
      },
    ],
  };
}

/**
 * The charts of a diagnosis in one language, for the screen and for paper alike: the radar of dimensions (proved and
 * possible), how near each measurable item of the next rung is, and with `file` revenue and R&D by year.
 */
export function chartOptions(
  diagnosis: Diagnosis,
  locale: PlanLocale,
  dark: boolean,
  file?: EnterpriseFile,
): Charts {
  const colours = palette(dark);
  const figures = file && figuresOption(file, locale, colours);
  return {
    radar: radarOption(diagnosis, locale, colours),
    gaps: gapsOption(diagnosis, locale, colours),
    ...(figures ? { figures } : {}),
  };
}

/** Width and height of the charts on paper, in CSS pixels: printed at about three quarters of that. */
export const RADAR_SIZE = [340, 300] as const;
export const GAPS_SIZE = [380, 300] as const;

/** A chart as SVG for paper; `width` and `height` in CSS pixels. The chart is always disposed, or Node never ends. */
export function renderChartSvg(option: ChartOption, width: number, height: number): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    chart.setOption({ ...option, animation: false, tooltip: undefined });
    return chart.renderToSVGString();
  } finally {
    chart.dispose();
  }
}
