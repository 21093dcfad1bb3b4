import {
  formatPercent,
  formatWan,
  type NumberProblem,
  parseCount,
  parsePercent,
  parseWan,
  plainNumberText,
} from '../components/money.ts';
import type { Fact } from './topics.ts';

/** What typed text means for a fact: exact text to store (null for empty), or why it cannot be stored. */
export type FactReading =
  | { ok: true; value: string | null }
  | { ok: false; problem: NumberProblem | 'negative' | 'range' };

const DECIMAL = /^([+-]?)0*(\d+)(?:\.(\d*))?$/;

function parseDecimal(text: string, places: number): FactReading {
  const plain = plainNumberText(text);
  if (plain === '') return { ok: true, value: null };
  const match = DECIMAL.exec(plain);
  if (!match) return { ok: false, problem: 'notANumber' };
  const fraction = (match[3] ?? '').replace(/0+$/, '');
  if (fraction.length > places) return { ok: false, problem: 'tooFine' };
  if (match[2]!.length > 12) return { ok: false, problem: 'tooLarge' };
  const value = fraction === '' ? match[2]! : `${match[2]}.${fraction}`;
  return { ok: true, value: match[1] === '-' && /[1-9]/.test(value) ? `-${value}` : value };
}

function parse(fact: Fact, text: string): FactReading {
  switch (fact.type) {
    case 'ratio':
    case 'growth':
      return parsePercent(text);
    case 'money': {
      const yuan = parseWan(text);
      return yuan.ok
        ? { ok: true, value: yuan.value === null ? null : formatWan(yuan.value).replaceAll(',', '') }
        : yuan;
    }
    case 'count':
    case 'rank':
    case 'level': {
      const count = parseCount(text);
      return count.ok ? { ok: true, value: count.value === null ? null : String(count.value) } : count;
    }
    default:
      return parseDecimal(text, 4);
  }
}

/** Reads typed text into the exact text the library keeps: a ratio typed in percent becomes a decimal fraction. */
export function readFact(fact: Fact, text: string): FactReading {
  const reading = parse(fact, text);
  if (!reading.ok || reading.value === null) return reading;
  // The bounds are plain round numbers of the catalogue; the service checks them again.
  const number = Number(reading.value);
  if (fact.min === 0 && number < 0) return { ok: false, problem: 'negative' };
  if ((fact.min !== undefined && number < fact.min) || (fact.max !== undefined && number > fact.max)) {
    return { ok: false, problem: 'range' };
  }
  return reading;
}

/** A stored number as it is typed: percent without its sign, amounts in 万元, no thousands separators. */
export function factText(fact: Fact, value: string): string {
  if (fact.type === 'ratio' || fact.type === 'growth') {
    return formatPercent(value, 10).replace(/%$/, '').replaceAll(',', '');
  }
  return value;
}

/** The bounds of a fact as people read them. */
export function boundsText(fact: Fact): { min: string; max: string } {
  const scale = fact.type === 'ratio' || fact.type === 'growth' ? 100 : 1;
  const text = (bound: number | undefined) => (bound === undefined ? '\u2026' : String(bound * scale));
  return { min: text(fact.min), max: text(fact.max) };
}
