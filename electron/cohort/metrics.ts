import { BIG, NUMBER, ROOT, type Slots } from '../diagnosis/batch-slots.ts';
import { approximate } from '../diagnosis/exact.ts';

/** How a metric is shown: 万元, a share, a growth rate, a count or years. */
export type MetricKind = 'money' | 'ratio' | 'growth' | 'count' | 'years';

/** A number of every firm that can be filtered by, spread out and compared. */
export interface Metric {
  readonly id: string;
  readonly kind: MetricKind;
  /** The fact it is; of the last closed fiscal year where it is yearly. */
  readonly field: string;
  /** Divided by this fact, where it is a quotient. */
  readonly per?: string;
}

export const METRICS = [
  { id: 'revenue', kind: 'money', field: 'revenue_y1_wan' },
  { id: 'growth', kind: 'growth', field: 'revenue_cagr2' },
  { id: 'rd', kind: 'money', field: 'rd_expense_y1_wan' },
  { id: 'rdRatio', kind: 'ratio', field: 'rd_ratio_y1' },
  { id: 'mainRatio', kind: 'ratio', field: 'main_ratio_y1' },
  { id: 'debtRatio', kind: 'ratio', field: 'debt_ratio_y1' },
  { id: 'netMargin', kind: 'ratio', field: 'net_margin_y1' },
  { id: 'staff', kind: 'count', field: 'staff_total_y1' },
  { id: 'perHead', kind: 'money', field: 'revenue_y1_wan', per: 'staff_total_y1' },
  { id: 'marketShare', kind: 'ratio', field: 'market_share_domestic' },
  { id: 'ip', kind: 'count', field: 'ip1_count' },
  { id: 'nicheYears', kind: 'years', field: 'years_in_niche' },
] as const satisfies readonly Metric[];
export type MetricId = (typeof METRICS)[number]['id'];
export const METRIC_IDS = METRICS.map((m) => m.id) as [MetricId, ...MetricId[]];

/** Facts the metrics read. */
export const METRIC_FIELDS: readonly string[] = METRICS.flatMap((m: Metric) => [
  m.field,
  ...(m.per ? [m.per] : []),
]);

/** Where a metric stands among the metrics of a row. */
export function metricIndex(id: string): number {
  return METRICS.findIndex((m) => m.id === id);
}

/** A slot as a double, for spreading and showing only; NaN = unknown. */
function approximately(slots: Slots, slot: number): number {
  switch (slots.kind[slot]) {
    case NUMBER:
      return (slots.n[slot] as number) / (slots.d[slot] as number);
    case ROOT:
      return Math.sqrt((slots.n[slot] as number) / (slots.d[slot] as number)) - 1;
    case BIG: {
      const value = slots.big[slot];
      if (value?.kind === 'number') return approximate(value.number);
      return value?.kind === 'root' ? Math.sqrt(approximate(value.radicand)) - 1 : Number.NaN;
    }
    default:
      return Number.NaN;
  }
}

/** Reads all metrics of the firm in the slots; money in 万元, NaN = unknown. */
export function metricReader(slots: Slots): () => Float64Array {
  const places = METRICS.map((m: Metric) => ({
    slot: slots.slot(m.field),
    per: m.per ? slots.slot(m.per) : -1,
  }));
  return () => {
    const values = new Float64Array(places.length);
    places.forEach(({ slot, per }, i) => {
      const value = approximately(slots, slot);
      if (per < 0) values[i] = value;
      else {
        const divisor = approximately(slots, per);
        values[i] = divisor > 0 ? value / divisor : Number.NaN;
      }
    });
    return values;
  };
}
