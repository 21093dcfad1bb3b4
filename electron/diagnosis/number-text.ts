import type { FactDefinition } from '../standards/fact-schema.ts';
import type { Text } from '../standards/schema.ts';
import { compare, decimalText, type Exact, fraction, multiply } from './exact.ts';
import { asNumber, type Value } from './values.ts';
import { plain, say } from './words.ts';

const HUNDRED = fraction(100);

/** Whole yuan of the largest firms differ from a line by less than this only if they are on it. */
const MOST_PLACES = 30;

function grouped(text: string): string {
  const [whole = '', part] = text.split('.');
  const negative = whole.startsWith('-');
  const digits = (negative ? whole.slice(1) : whole).replaceAll(/\B(?=(\d{3})+$)/g, ',');
  const trimmed = part?.replace(/0+$/, '');
  return `${negative ? '−' : ''}${digits}${trimmed ? `.${trimmed}` : ''}`;
}

/** A number with thousands separators, two decimals or more where two would hide on which side of `line` it is. */
export function numberText(value: Exact, line?: Exact, least = 2): string {
  let places = least;
  if (line && compare(value, line) !== 0) {
    while (places < MOST_PLACES && decimalText(value, places) === decimalText(line, places)) places++;
  }
  return grouped(decimalText(value, places));
}

/** A fraction as percent text: 283428/1981364 → "14.3%". */
export function percentText(value: Exact, line?: Exact): string {
  return `${numberText(multiply(value, HUNDRED), line && multiply(line, HUNDRED))}%`;
}

const PER_MILLION = fraction(1, 100);

/** An amount in 万元: in Chinese as such, in English in millions of yuan. */
export function moneyText(wan: Exact, line?: Exact): Text {
  const million = numberText(multiply(wan, PER_MILLION), line && multiply(line, PER_MILLION), 4);
  return {
    zh: say('unitWan', { value: numberText(wan, line) }).zh,
    en: say('unitWan', { value: million }).en,
  };
}

/** A value of a fact in its own unit, in both languages. `line` is the threshold it is compared with. */
export function valueText(value: Value, fact: FactDefinition, line?: Exact): Text {
  if (value.kind === 'flag') return say(value.flag ? 'yes' : 'no');
  if (value.kind === 'word')
    return fact.options?.find((o) => o.value === value.word)?.label ?? plain(value.word);
  const number = asNumber(value);
  if (!number) return say('unknown');
  return quantityText(number, fact, line);
}

/** A number in the unit of a fact. */
export function quantityText(number: Exact, fact: FactDefinition, line?: Exact): Text {
  switch (fact.type) {
    case 'ratio':
    case 'growth':
      return plain(percentText(number, line));
    case 'money':
      return moneyText(number, line);
    case 'years':
      return say('unitYears', { value: numberText(number, line) });
    case 'rank':
      return compare(number, fraction(0)) === 0
        ? say('none')
        : say('unitRank', { value: numberText(number, line) });
    case 'score':
      return say('unitScore', { value: numberText(number, line) });
    case 'level':
      return say('unitLevel', { value: numberText(number, line) });
    default:
      return fact.id.startsWith('staff') || fact.id.endsWith('staff_y1')
        ? say('unitPersons', { value: numberText(number, line) })
        : say('unitCount', { value: numberText(number, line) });
  }
}
