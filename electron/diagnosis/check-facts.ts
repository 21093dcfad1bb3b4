import type { FactDefinition } from '../standards/fact-schema.ts';
import { type CompiledTier, passes, some, type TierVerdict } from './compile.ts';
import { derivations, derive } from './derive.ts';
import { type Exact, fromNumber, parseExact } from './exact.ts';
import type { Verdict } from './shapes.ts';
import { encodeValue, flag, number, type Value } from './values.ts';

/** A flat record that cannot be read; `field` names the culprit. */
export class FactError extends Error {
  readonly field: string | null;
  constructor(message: string, field: string | null = null) {
    super(message);
    this.field = field;
  }
}

/** A number of a JSON text with all its digits, where a binary number would lose some. */
class WrittenNumber {
  readonly exact: Exact;
  constructor(text: string) {
    this.exact = parseExact(text);
  }
}

/** Sixteen digits and more do not all fit a binary number. */
const MANY_DIGITS = /\d[\d.]{15}/;
const LONGEST_NUMBER = 400;

/**
 * One JSON text as a record, its numbers to the last digit (`3.0000000000000000001` is not 3). Throws SyntaxError for
 * what is not JSON, FactError for a number nobody could have meant (over 400 characters, or beyond any binary number).
 */
export function parseRecord(line: string): unknown {
  if (!MANY_DIGITS.test(line)) return JSON.parse(line);
  return JSON.parse(line, (field, value, context?: { source?: string }) => {
    const source = context?.source;
    if (typeof value !== 'number' || !source || !MANY_DIGITS.test(source)) return value;
    if (source.length > LONGEST_NUMBER || !Number.isFinite(value))
      throw new FactError(`${field} must be a number of at most ${LONGEST_NUMBER} digits`, field);
    return new WrittenNumber(source);
  });
}

const PART_FIELDS = new Set(derivations.flatMap((d) => [...d.parts, d.field]));

function readValue(fact: FactDefinition | undefined, field: string, raw: unknown): Value {
  const type = fact?.type ?? 'count';
  if (type === 'bool') {
    if (typeof raw !== 'boolean') throw new FactError(`${field} must be true or false`, field);
    return flag(raw);
  }
  if (type === 'enum') {
    const words = fact?.options?.map((o) => o.value) ?? [];
    if (typeof raw !== 'string' || !words.includes(raw)) {
      throw new FactError(`${field} must be one of ${words.join(', ')}`, field);
    }
    return { kind: 'word', word: raw };
  }
  if (raw instanceof WrittenNumber) return number(raw.exact);
  if (typeof raw !== 'number' || !Number.isFinite(raw))
    throw new FactError(`${field} must be a number`, field);
  return number(fromNumber(raw));
}

/**
 * Reads a flat record of facts (field ids of the fact sheet; amounts in 万元, ratios as fractions). Missing or null is
 * unknown. `ignored` are keys that are no facts. Throws FactError for a value of the wrong type.
 */
export function readFacts(
  record: unknown,
  facts: ReadonlyMap<string, FactDefinition>,
): { values: Map<string, Value>; ignored: string[] } {
  if (typeof record !== 'object' || record === null || Array.isArray(record)) {
    throw new FactError('a line must be one JSON object');
  }
  const values = new Map<string, Value>();
  const ignored: string[] = [];
  for (const [field, raw] of Object.entries(record)) {
    const fact = facts.get(field);
    if (!fact && !PART_FIELDS.has(field)) ignored.push(field);
    else if (raw !== null) values.set(field, readValue(fact, field, raw));
  }
  return { values, ignored };
}

/** What the command prints of one record. */
export interface CheckResult {
  tier: 'met' | 'unmet' | 'unknown' | 'manual';
  gates: Record<string, string>;
  direct: Record<string, string>;
  base: Record<string, string>;
  indicators: Record<string, number | null>;
  score: { min: number; max: number } | null;
  conflicts?: { field: string; given: string | boolean; computed: string | boolean }[];
  ignored?: string[];
}

/** An item that is not examined counts as met. */
function plainVerdict(verdict: Verdict): CheckResult['tier'] {
  return verdict === 'not_applicable' ? 'met' : verdict;
}

function plainVerdicts(verdicts: Record<string, Verdict>): Record<string, string> {
  const plain: Record<string, string> = {};
  for (const id in verdicts) plain[id] = plainVerdict(verdicts[id] as Verdict);
  return plain;
}

/** Judges one flat record by one or more tiers; of several, any one that passes is enough. */
export function checkFacts(
  record: unknown,
  tiers: readonly CompiledTier[],
  facts: ReadonlyMap<string, FactDefinition>,
  review: boolean | undefined,
): CheckResult {
  const { values: given, ignored } = readFacts(record, facts);
  const texts = new Map<string, string>();
  for (const [field, value] of given) {
    const text = encodeValue(value);
    if (typeof text === 'string') texts.set(field, text);
  }
  const { values, contradictions } = derive(given, texts);
  if (review !== undefined) {
    values.set('is_review', flag(review));
    if (!values.has('growth_waived_for_review')) values.set('growth_waived_for_review', flag(review));
  }
  const results: TierVerdict[] = tiers.map((tier) => tier.run(values));
  const merged: CheckResult = {
    tier: plainVerdict(some(results.map((r) => (passes(r.verdict) ? 'met' : r.verdict)))),
    gates: {},
    direct: {},
    base: {},
    indicators: {},
    score: null,
  };
  for (const result of results) {
    Object.assign(merged.gates, plainVerdicts(result.gates));
    Object.assign(merged.direct, plainVerdicts(result.direct));
    Object.assign(merged.base, plainVerdicts(result.base));
    for (const [id, { min, max }] of Object.entries(result.indicators))
      merged.indicators[id] = min === max ? min : null;
  }
  const scored = results.find((r) => r.scores.total);
  if (scored?.scores.total) merged.score = { ...scored.scores.total };
  if (contradictions.length > 0) {
    merged.conflicts = contradictions.map((c) => ({
      field: c.field,
      given: encodeValue(c.given),
      computed: encodeValue(c.computed),
    }));
  }
  if (ignored.length > 0) merged.ignored = ignored;
  return merged;
}
