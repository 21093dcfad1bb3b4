import { compare, fromNumber, parseExact } from '../diagnosis/exact.ts';
import type { FactCatalogue, FactDefinition } from '../standards/fact-schema.ts';
import { checkFiscalYear } from './dates.ts';
import { invalid } from './refusal.ts';
import { decimalShape, type FactRecord } from './shapes.ts';

/** Origins whose facts a person answers; the rest are computed, read from the figures or set for a run. */
const STORED_ORIGINS = new Set(['answer', 'profile', 'yearly']);
const WHOLE = new Set(['count', 'rank', 'level']);
const HIGHEST: Partial<Record<FactDefinition['type'], number>> = { score: 100, level: 4 };

/** The definition of a fact under the id it is stored by ("rd_ratio" for rd_ratio_y1); undefined where there is none. */
export function storedFact(catalogue: FactCatalogue, factId: string): FactDefinition | undefined {
  return catalogue.facts.find(
    (fact) => STORED_ORIGINS.has(fact.origin) && (fact.stored ?? fact.id) === factId,
  );
}

type Answer = Pick<FactRecord, 'factId' | 'year' | 'value'>;

function checkNumber(
  fact: FactDefinition,
  value: FactRecord['value'],
  details: Record<string, unknown>,
): void {
  if (typeof value !== 'string' || !decimalShape.safeParse(value).success)
    throw invalid('factNumber', { ...details, value });
  const exact = parseExact(value);
  if (WHOLE.has(fact.type) && !/^\d+$/.test(value)) throw invalid('factWhole', { ...details, value });
  // Growth below −100 % cannot be; only growth and the net margin can be below zero at all, which the catalogue says.
  const lowest = fact.min;
  if (lowest !== undefined && compare(exact, fromNumber(lowest)) < 0)
    throw invalid('factTooLow', { ...details, value, lowest: shown(fact, lowest) });
  const highest = fact.max ?? HIGHEST[fact.type];
  if (highest !== undefined && compare(exact, fromNumber(highest)) > 0)
    throw invalid('factTooHigh', { ...details, value, highest: shown(fact, highest) });
}

/** A bound as people write it: 1 of a ratio is 100 %. */
function shown(fact: FactDefinition, bound: number): string {
  return fact.type === 'ratio' || fact.type === 'growth' ? `${bound * 100}%` : String(bound);
}

/**
 * Refuses an answer that does not fit the fact catalogue: a fact nobody answers, a missing or needless fiscal year,
 * a value of the wrong kind or out of range. Null ("unknown for now") always fits.
 */
export function checkFact(catalogue: FactCatalogue, { factId, year, value }: Answer, now: Date): void {
  const fact = storedFact(catalogue, factId);
  if (!fact) throw invalid('factUnknown', { path: 'factId', factId });
  const details = { path: factId, factId, labelZh: fact.label.zh, labelEn: fact.label.en };
  if (fact.origin === 'yearly') {
    if (year === null) throw invalid('factYearMissing', details);
    checkFiscalYear(year, now, factId);
  } else if (year !== null) throw invalid('factYearNeedless', details);
  if (value === null) return;
  if (fact.type === 'bool') {
    if (typeof value !== 'boolean') throw invalid('factYesNo', { ...details, value });
  } else if (fact.type === 'enum') {
    const words = fact.options?.map((option) => option.value) ?? [];
    if (typeof value !== 'string' || !words.includes(value))
      throw invalid('factOption', { ...details, value, options: words });
  } else checkNumber(fact, value, details);
}
