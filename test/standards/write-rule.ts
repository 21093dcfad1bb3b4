import type { Condition, Indicator, Option } from '../../electron/standards/schema.ts';

const WORDS = { eq: '=', gte: '>=', gt: '>', lte: '<=', lt: '<' } as const;

/** A condition as one line, so that a test can hold it against a line typed by hand. */
export function writeRule(condition: Condition): string {
  const rule = writeBare(condition);
  return 'waiver' in condition && condition.waiver ? `waived by ${rule}` : rule;
}

function writeBare(condition: Condition): string {
  if ('all' in condition) return `(${condition.all.map(writeRule).join(' AND ')})`;
  if ('any' in condition) return `(${condition.any.map(writeRule).join(' OR ')})`;
  if ('field' in condition) return `${condition.field} ${bounds(condition)}`;
  if ('manual' in condition) return `judgement ${condition.judgement ?? 'of nobody'}`;
  if ('ref' in condition) return condition.ref;
  if ('score' in condition) return `score ${condition.score} ${bounds(condition)}`;
  if ('direct' in condition) return 'any direct';
  if ('gate' in condition) return 'all gates';
  if ('external' in condition) return `${condition.external.standard}/${condition.external.tier}`;
  return 'otherwise';
}

function bounds(c: Partial<Record<keyof typeof WORDS, unknown>>): string {
  return (['eq', 'gte', 'gt', 'lte', 'lt'] as const)
    .filter((op) => c[op] !== undefined)
    .map((op) => `${WORDS[op]} ${String(c[op])}`)
    .join(' ');
}

/** A scored table as lines of "points: rule". */
export function writeTable(indicator: Indicator): string[] {
  const lines = (options: readonly Option[]) => options.map((o) => `${o.points}: ${writeRule(o.when)}`);
  switch (indicator.mode) {
    case 'first_match':
      return lines(indicator.options);
    case 'sum_capped':
      return [`up to ${indicator.cap}`, ...lines(indicator.options)];
    case 'best_of':
      return indicator.variants.flatMap((v, i) => [`way ${i + 1}`, ...lines(v.options)]);
    case 'steps':
      return [`${indicator.points} per ${indicator.per} of ${indicator.field} up to ${indicator.max}`];
    case 'manual_points':
      return [`${indicator.range[0]} to ${indicator.range[1]} by hand in ${indicator.field}`];
  }
}

/** All comparisons in a condition, at any depth. */
export function comparisons(condition: Condition): Extract<Condition, { field: string }>[] {
  if ('all' in condition) return condition.all.flatMap(comparisons);
  if ('any' in condition) return condition.any.flatMap(comparisons);
  return 'field' in condition ? [condition] : [];
}
