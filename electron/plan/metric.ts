import { add, type Exact, fraction, multiply, parseExact, subtract } from '../diagnosis/exact.ts';
import { quantityText, valueText } from '../diagnosis/number-text.ts';
import type { Diagnosis, Judged, Shortfall } from '../diagnosis/shapes.ts';
import { asNumber, decodeValue, encodeValue } from '../diagnosis/values.ts';
import type { FactDefinition } from '../standards/fact-schema.ts';
import type { Text } from '../standards/schema.ts';
import { factNamed } from './fact-names.ts';
import type { Measure } from './measure-schema.ts';
import type { Goal, PlanItem } from './shapes.ts';
import { clipText, tell } from './words.ts';

const TEN_THOUSAND = fraction(10_000);

/** Rounded to the units a threshold is written in: a shortfall is given rounded up, so the sum may be a hair above. */
function tidy(value: Exact, fact: FactDefinition): Exact {
  const places = fact.type === 'ratio' || fact.type === 'growth' ? TEN_THOUSAND : fraction(100);
  const scaled = multiply(value, places);
  const n = BigInt(scaled.n) * 2n + BigInt(scaled.d);
  const whole = n >= 0n ? n / (2n * BigInt(scaled.d)) : 0n;
  return fraction(whole, BigInt(places.n));
}

function lineOf(shortfall: Shortfall, now: Exact, fact: FactDefinition): Exact {
  const amount = parseExact(shortfall.amount.replaceAll(',', '').replace('−', '-'));
  const percent = fact.type === 'ratio' || fact.type === 'growth';
  const step = percent ? multiply(amount, fraction(1, 100)) : amount;
  return tidy(shortfall.direction === 'raise' ? add(now, step) : subtract(now, step), fact);
}

function toText(shortfall: Shortfall, now: Exact, fact: FactDefinition): Text {
  const line = lineOf(shortfall, now, fact);
  return tell(shortfall.direction === 'raise' ? 'metricAtLeast' : 'metricAtMost', {
    value: quantityText(line, fact),
  });
}

/**
 * What an item moves, from the value now to the line, in the unit of the fact. Where the measure moves one of several
 * shortfalls, that one. Null where the gap is no number or yes/no.
 */
export function metricOf(judged: Judged, diagnosis: Diagnosis, measure?: Measure): PlanItem['metric'] {
  const moved = new Set(measure?.moves.map((m) => m.field));
  const shortfall = judged.shortfalls.find((s) => moved.has(s.field)) ?? judged.shortfalls[0];
  const fact = shortfall && factNamed(shortfall.field);
  if (!shortfall || !fact) return null;
  const entry = diagnosis.sheet[shortfall.field];
  const label = clipText(shortfall.label, 200);
  if (shortfall.direction === 'set') {
    const from = entry ? valueText(decodeValue(entry.value), fact) : tell('metricNotYet');
    const cleared = fact.type === 'bool' && entry?.value === true;
    return {
      label,
      from,
      to: fact.type === 'bool' ? tell(cleared ? 'metricNo' : 'metricYes') : shortfall.says,
    };
  }
  const now = entry && asNumber(decodeValue(entry.value));
  if (!now) return null;
  return { label, from: valueText(decodeValue(entry.value), fact), to: toText(shortfall, now, fact) };
}

/** The lines an unmet item is short of, as goals for the next fiscal year; only numbers and yes/no. */
export function gapGoals(judged: Judged, diagnosis: Diagnosis): Goal[] {
  const year = diagnosis.asOf.fiscalYear + 1;
  return judged.shortfalls.slice(0, 5).flatMap((shortfall): Goal[] => {
    const fact = factNamed(shortfall.field);
    if (!fact || /_y[23](_wan)?$/.test(shortfall.field)) return [];
    const field = shortfall.field.replace(/_y1(?=_wan$|$)/, '');
    const entry = diagnosis.sheet[shortfall.field];
    if (shortfall.direction === 'set') {
      return fact.type === 'bool' ? [{ field, year, value: entry?.value !== true, direction: 'set' }] : [];
    }
    const now = entry && asNumber(decodeValue(entry.value));
    if (!now) return [];
    const value = encodeValue({ kind: 'number', number: lineOf(shortfall, now, fact) });
    return [{ field, year, value, direction: shortfall.direction }];
  });
}
