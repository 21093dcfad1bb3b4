import type { EChartsOption } from 'echarts';
import {
  BarChart,
  FunnelChart,
  GaugeChart,
  HeatmapChart,
  LineChart,
  PieChart,
  RadarChart,
  ScatterChart,
} from 'echarts/charts';
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
  VisualMapComponent,
} from 'echarts/components';
import { type EChartsType, init, use } from 'echarts/core';
import { LabelLayout } from 'echarts/features';
import { CanvasRenderer, SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';
import { usePrint } from '../state/print.ts';

use([
  BarChart,
  FunnelChart,
  HeatmapChart,
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
  VisualMapComponent,
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
  /** Hears of a click on a mark: its series and its place among the series' data. */
  onPick?: (mark: { series: number; at: number }) => void;
}) {
  const { option, label, height, renderer = 'canvas' } = props;
  const pick = useRef(props.onPick);
  pick.current = props.onPick;
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType | null>(null);

  useEffect(() => {
    const element = box.current!;
    const made = init(element, undefined, { renderer });
    chart.current = made;
    made.on('click', ({ seriesIndex, dataIndex }) =>
      pick.current?.({ series: seriesIndex ?? 0, at: dataIndex }),
    );
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
    if (!option) return;
    // On the way to paper there is no time to move.
    const still = usePrint.getState().printing ? { animation: false } : {};
    chart.current?.setOption({ ...drawnTooltip(option as EChartsOption), ...still }, { notMerge: true });
  }, [option, renderer]);

  return <div ref={box} className="chart" role="img" aria-label={label} style={{ height }} />;
}

/** A chart as a picture of its own; `width` and `height` in CSS pixels, a PNG has twice as many. */
export async function chartPicture(
  option: unknown,
  kind: 'png' | 'svg',
  size: { width: number; height: number; background: string },
): Promise<Uint8Array<ArrayBuffer>> {
  const { width, height, background } = size;
  const still = { ...(option as EChartsOption), animation: false, backgroundColor: background };
  if (kind === 'svg') {
    const made = init(null, undefined, { renderer: 'svg', ssr: true, width, height });
    try {
      made.setOption(still);
      return Uint8Array.from(new TextEncoder().encode(made.renderToSVGString()));
    } finally {
      made.dispose();
    }
  }
  const made = init(document.createElement('div'), undefined, { renderer: 'canvas', width, height });
  try {
    made.setOption(still);
    const base64 =
      made.getDataURL({ type: 'png', pixelRatio: 2, backgroundColor: background }).split(',')[1] ?? '';
    return Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
  } finally {
    made.dispose();
  }
}
