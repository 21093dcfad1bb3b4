import type { SizeStandard } from '../standards/schema.ts';
import { compare, type Exact, fraction } from './exact.ts';
import { moneyText, numberText } from './number-text.ts';
import type { SizeResult } from './shapes.ts';
import { asNumber, type Values } from './values.ts';
import { join, plain, say, type WordKey } from './words.ts';

type Industry = SizeStandard['industries'][number];
type SizeClass = NonNullable<SizeResult['class']>;

const CLASSES = ['large', 'medium', 'small'] as const;
const CLASS_WORD: Record<SizeClass, WordKey> = {
  large: 'sizeClassLarge',
  medium: 'sizeClassMedium',
  small: 'sizeClassSmall',
  micro: 'sizeClassMicro',
};
const METRICS = [
  { key: 'staff', field: 'staff_total_y1', label: 'labelStaff' },
  { key: 'revenueWan', field: 'revenue_y1_wan', label: 'labelRevenue' },
  { key: 'assetsWan', field: 'assets_y1_wan', label: 'labelAssets' },
] as const;

/** The industry of the size standard for a GB/T 4754 code: the longest listed code that begins it. */
export function sizeIndustry(size: SizeStandard, code: string | undefined): Industry | undefined {
  if (!code) return undefined;
  const digits = code.replace(/^[A-T]/i, '');
  let best: { industry: Industry; length: number } | undefined;
  for (const industry of size.industries) {
    for (const listed of industry.codes) {
      if (digits.startsWith(listed) && listed.length > (best?.length ?? 0))
        best = { industry, length: listed.length };
    }
  }
  return best?.industry;
}

interface Metric {
  readonly field: string;
  readonly label: WordKey;
  readonly bounds: readonly number[];
  readonly value: Exact | undefined;
}

function metricsOf(industry: Industry, values: Values): Metric[] {
  return METRICS.flatMap(({ key, field, label }) => {
    const bounds = industry.metrics[key];
    if (!bounds) return [];
    const value = values.get(field);
    return [{ field, label, bounds, value: value && asNumber(value) }];
  });
}

/**
 * A class needs the lower bound of every metric; otherwise the firm drops one class. Micro is what does not reach
 * small in every metric. With metrics unknown, the class is undecided unless the known ones already settle it.
 */
function classOf(metrics: readonly Metric[]): { class: SizeClass | null; notLarge: boolean } {
  const reaches = (metric: Metric, index: number): boolean | undefined =>
    metric.value && compare(metric.value, fraction(metric.bounds[index] ?? 0)) >= 0;
  let open = false;
  for (const [index, name] of CLASSES.entries()) {
    const tests = metrics.map((m) => reaches(m, index));
    if (tests.every((t) => t === true)) return { class: open ? null : name, notLarge: index > 0 && !open };
    if (!tests.includes(false)) open = true;
  }
  const notLarge = metrics.some((m) => reaches(m, 0) === false);
  return { class: open ? null : 'micro', notLarge };
}

function metricText(metric: Metric) {
  const [large = 0, medium = 0, small = 0] = metric.bounds;
  const show = (value: Exact) =>
    metric.field.endsWith('_wan') ? moneyText(value) : say('unitPersons', { value: numberText(value) });
  const bound = (value: number) => show(fraction(value));
  return say('sizeMetric', {
    label: say(metric.label),
    value: metric.value ? show(metric.value) : say('unknown'),
    large: bound(large),
    medium: bound(medium),
    small: bound(small),
  });
}

/** Size class by 工信部联企业〔2011〕300号 from staff, revenue (万元) and assets (万元) of the last closed year. */
export function classifySize(
  size: SizeStandard,
  industryCode: string | undefined,
  values: Values,
): SizeResult {
  const clause = plain(size.document.number);
  const industry = sizeIndustry(size, industryCode);
  const base = { clause, grade: (industry?.source ?? size.source).grade };
  if (!industry) {
    const reason = say(industryCode ? 'sizeUnmapped' : 'sizeNoIndustry');
    return { ...base, class: null, isSme: null, industry: null, reason };
  }
  const metrics = metricsOf(industry, values);
  const result = classOf(metrics);
  const missing = metrics.filter((m) => !m.value).map((m) => say(m.label));
  const texts = join(metrics.map(metricText), say('and'));
  const location = { ...base, clause: industry.clause, industry: industry.title };
  if (result.class) {
    const reason = say('sizeReason', {
      industry: industry.title,
      metrics: texts,
      class: say(CLASS_WORD[result.class]),
    });
    return { ...location, class: result.class, isSme: result.class !== 'large', reason };
  }
  const fields = join(missing, say('and'));
  const reason = say(result.notLarge ? 'sizeStillSme' : 'sizeMissing', { fields });
  return { ...location, class: null, isSme: result.notLarge ? true : null, reason };
}
