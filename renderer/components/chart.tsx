import type { EChartsOption } from 'echarts';
import { BarChart, GaugeChart, LineChart, PieChart, RadarChart, ScatterChart } from 'echarts/charts';
import {
  AriaComponent,
  DatasetComponent,
  GraphicComponent,
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  RadarComponent,
  TitleComponent,
  TooltipComponent,
} from 'echarts/components';
import { type EChartsType, init, use } from 'echarts/core';
import { LabelLayout } from 'echarts/features';
import { CanvasRenderer, SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';

use([
  BarChart,
  GaugeChart,
  LineChart,
  PieChart,
  RadarChart,
  ScatterChart,
  AriaComponent,
  DatasetComponent,
  GraphicComponent,
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  RadarComponent,
  TitleComponent,
  TooltipComponent,
  LabelLayout,
  CanvasRenderer,
  SVGRenderer,
]);

// A tooltip made of HTML carries style attributes, which the page's policy refuses; drawn text does not.
function drawnTooltip(option: EChartsOption): EChartsOption {
  if (!option.tooltip) return option;
  const drawn = (tooltip: object) => ({ ...tooltip, renderMode: 'richText' as const });
  return {
    ...option,
    tooltip: Array.isArray(option.tooltip) ? option.tooltip.map(drawn) : drawn(option.tooltip),
  };
}

/**
 * A chart from an ECharts option made by the service. `label` says in words what it shows (also for screen readers);
 * give the numbers as a table near it. Colours for light and dark come with the option.
 */
export function Chart(props: {
  option: unknown;
  label: string;
  height: number | string;
  renderer?: 'canvas' | 'svg';
}) {
  const { option, label, height, renderer = 'canvas' } = props;
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType | null>(null);

  useEffect(() => {
    const element = box.current!;
    const made = init(element, undefined, { renderer });
    chart.current = made;
    const observer = new ResizeObserver(() => made.resize());
    observer.observe(element);
    return () => {
      observer.disconnect();
      made.dispose();
      chart.current = null;
    };
  }, [renderer]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new renderer is a new chart, which needs its option again
  useEffect(() => {
    if (option) chart.current?.setOption(drawnTooltip(option as EChartsOption), { notMerge: true });
  }, [option, renderer]);

  return <div ref={box} className="chart" role="img" aria-label={label} style={{ height }} />;
}
