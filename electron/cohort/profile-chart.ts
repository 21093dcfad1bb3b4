import { type ChartOption, common, FONT, grid, palette } from './cohort-charts.ts';
import { type CohortLocale, cohortWord as word } from './cohort-words.ts';

export interface ProfileBar {
  readonly name: string;
  readonly share: number | null;
  /** Where the fact can only prove: the share of all that is proved. */
  readonly atLeast: number | null;
  readonly claim: number;
}

/** The portrait: the share among those known, and the line the source claims. */
export function profileChart(bars: readonly ProfileBar[], locale: CohortLocale, dark: boolean): ChartOption {
  const colours = palette(dark);
  const shown = [...bars].reverse();
  const percent = (share: number) => Math.round(share * 1000) / 10;
  const figure = ({ share, atLeast }: ProfileBar) =>
    share !== null
      ? `${percent(share)}%`
      : atLeast !== null
        ? word(locale, 'chartAtLeast', { share: `${percent(atLeast)}%` })
        : word(locale, 'unknown');
  return {
    ...common(dark),
    tooltip: { trigger: 'axis', axisPointer: { type: 'none' } },
    legend: { bottom: 0, itemWidth: 14, itemHeight: 8, textStyle: { color: colours.text, fontFamily: FONT } },
    grid: { ...grid, bottom: 34, right: 8 },
    xAxis: {
      type: 'value',
      min: 0,
      max: 100,
      axisLabel: { formatter: '{value}%', color: colours.quiet, fontSize: 11, fontFamily: FONT },
      splitLine: { lineStyle: { color: colours.line } },
    },
    yAxis: [
      {
        type: 'category',
        data: shown.map((bar) => bar.name),
        axisLabel: { color: colours.text, fontSize: 12, fontFamily: FONT, width: 170, overflow: 'break' },
        axisLine: { lineStyle: { color: colours.line } },
        axisTick: { show: false },
      },
      {
        // The figures stand in a column of their own: beside its bar a figure would lie under the mark of the source.
        type: 'category',
        position: 'right',
        data: shown.map(figure),
        axisLabel: { color: colours.text, fontSize: 12, fontFamily: FONT, interval: 0 },
        axisLine: { show: false },
        axisTick: { show: false },
      },
    ],
    series: [
      {
        type: 'bar',
        name: word(locale, 'chartShare'),
        barMaxWidth: 18,
        itemStyle: { color: colours.accent },
        data: shown.map((bar) =>
          bar.share === null && bar.atLeast !== null
            ? {
                value: percent(bar.atLeast),
                itemStyle: { color: 'transparent', borderColor: colours.accent, borderType: 'dashed' },
              }
            : { value: percent(bar.share ?? 0) },
        ),
      },
      {
        type: 'scatter',
        name: word(locale, 'chartClaim'),
        symbol: 'rect',
        symbolSize: [3, 24],
        itemStyle: { color: colours.unmet },
        data: shown.map((bar) => percent(bar.claim)),
      },
    ],
  };
}
