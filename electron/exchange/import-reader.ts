import { compare, fromNumber, parseExact } from '../diagnosis/exact.ts';
import { isCalendarDate } from '../library/dates.ts';
import type { Districts, Industries } from '../library/reference-schema.ts';
import { type FigureColumn, nonNegativeColumns } from '../library/shapes.ts';
import { checkUscc } from '../library/uscc.ts';
import {
  boolValue,
  clean,
  countValue,
  dateValue,
  decimalValue,
  endOfSpan,
  formulaProblem,
  isUnknown,
  moneyValue,
  Problem,
  ratioValue,
  saysNothing,
} from './cell-values.ts';
import { bare, type MoneyUnit, moneyUnit, type Unit } from './import-headers.ts';
import { fractionTop } from './import-ratios.ts';
import { headerWords, type Target } from './import-targets.ts';
import type { Cell } from './sheet-table.ts';

/** A value as the library takes it: yuan, persons, exact text, yes/no, a list of tags. */
export type Value = string | number | boolean | string[];
/** A cell read: a value, null for unknown, or a problem. */
export type Read = Value | null | Problem;

/** Names of places and industries, by every way they are written. */
export interface Lexicon {
  readonly districts: ReadonlyMap<string, string>;
  readonly provinces: ReadonlyMap<string, string>;
  readonly divisions: ReadonlyMap<string, string>;
  readonly sections: ReadonlyMap<string, string>;
  readonly codes: ReadonlySet<string>;
}

/** The names of industries and places as sheets spell them, each leading to the library's own. */
export function lexicon(industries: Industries, districts: Districts): Lexicon {
  const names = (
    places: readonly { name: { zh: string; en: string }; aliases?: readonly string[] | undefined }[],
  ) =>
    new Map(
      places.flatMap((place) =>
        [place.name.zh, place.name.en, ...(place.aliases ?? [])].map((name): [string, string] => [
          bare(name),
          place.name.zh,
        ]),
      ),
    );
  const coded = (list: readonly { code: string; name: { zh: string; en: string } }[]) =>
    new Map(
      list.flatMap(({ code, name }) =>
        [name.zh, name.en, code, code + name.zh].map((word): [string, string] => [bare(word), code]),
      ),
    );
  return {
    districts: names(districts.districts),
    provinces: names(districts.provinces),
    divisions: coded(industries.divisions),
    sections: coded(industries.sections),
    codes: new Set(industries.divisions.map(({ code }) => code)),
  };
}

const WHOLE_TEXT = new Set(['brief', 'notes', 'chainRole', 'keyCustomers']);

function textValue(cell: Cell, target: Target): Read {
  const raw = typeof cell === 'boolean' ? (cell ? '是' : '否') : String(cell);
  // Texts keep their full-width punctuation; only what is compared is folded.
  const text = WHOLE_TEXT.has(target.field)
    ? raw.trim()
    : raw.replace(/[\s\u3000\u200b\ufeff]+/g, ' ').trim();
  if (text === '' || saysNothing(text)) return null;
  if (text.length > target.maxLength)
    return new Problem('textTooLong', { length: text.length, limit: target.maxLength });
  if (!text.isWellFormed() || /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/.test(text))
    return new Problem('brokenCharacter');
  return text;
}

function usccValue(cell: Cell): Read {
  if (typeof cell === 'number') return new Problem('usccNumber');
  // An apostrophe typed to keep a code a text belongs to the spreadsheet.
  const checked = checkUscc(String(cell).replace(/^['\u2018\u2019`]/, ''));
  if (checked.ok) return checked.normalized;
  if (checked.reason === 'length') return new Problem('usccLength', { length: checked.details.length });
  if (checked.reason === 'check') return new Problem('usccCheck');
  return new Problem('usccCharacter', { position: checked.details.position, found: checked.details.found });
}

const optionMaps = new WeakMap<Target, Map<string, string>>();

function optionValue(cell: Cell, target: Target): Read {
  let words = optionMaps.get(target);
  if (!words) {
    words = new Map();
    for (const [value, list] of Object.entries(headerWords.options[target.field] ?? {})) {
      for (const word of [value, ...list]) words.set(bare(word), value);
    }
    for (const { value, label } of target.fact?.options ?? []) {
      for (const word of [value, label.zh, label.en]) words.set(bare(word), value);
    }
    optionMaps.set(target, words);
  }
  return words.get(bare(String(cell))) ?? new Problem('notOption');
}

function divisionValue(cell: Cell, words: Lexicon): Read {
  const text = bare(String(cell));
  const known = words.divisions.get(text);
  if (known) return known;
  // "C35 专用设备制造业", "3562", "制造业-专用设备制造业".
  const code = /^[a-t]?(\d{2})(?:\d{0,2})(?!\d)/.exec(text)?.[1];
  if (code && words.codes.has(code)) return code;
  // The beginning of one name only, as people shorten it.
  if (text.length >= 2) {
    const meant = new Set(
      [...words.divisions].flatMap(([name, known]) => (name.startsWith(text) ? [known] : [])),
    );
    if (meant.size === 1) return [...meant][0]!;
  }
  for (const piece of String(cell)
    .split(/[-—>/、,，\s]+/)
    .reverse()) {
    const found = words.divisions.get(bare(piece));
    if (found) return found;
  }
  return new Problem('notIndustry');
}

/** The section a cell in a column of divisions names instead: its name, its letter or both; null where it names none. */
export function sectionNamed(cell: Cell, words: Lexicon): string | null {
  return words.sections.get(bare(String(cell))) ?? null;
}

function sectionValue(cell: Cell, words: Lexicon): Read {
  const text = bare(String(cell));
  const code = words.sections.get(text) ?? /^([a-t])(?![a-z])/.exec(text)?.[1]?.toUpperCase();
  return code ?? new Problem('notIndustry');
}

function tagsValue(cell: Cell): Read {
  const tags = String(cell)
    .split(/[,，、;；|\n]/)
    .map((tag) => tag.trim())
    .filter(Boolean);
  if (tags.some((tag) => tag.length > 40) || tags.length > 30)
    return new Problem('textTooLong', { length: 41, limit: 40 });
  return [...new Set(tags)];
}

function bounded(value: string | number, target: Target): Read {
  const fact = target.fact;
  const text = String(value);
  if (!fact) return value;
  const highest = fact.max ?? (fact.type === 'score' ? 100 : fact.type === 'level' ? 4 : undefined);
  const shown = (bound: number) => (target.kind === 'ratio' ? `${bound * 100}%` : String(bound));
  if (fact.min !== undefined && compare(parseExact(text), fromNumber(fact.min)) < 0)
    return new Problem('tooLow', { bound: shown(fact.min) });
  if (highest !== undefined && compare(parseExact(text), fromNumber(highest)) > 0)
    return new Problem('tooHigh', { bound: shown(highest) });
  return text;
}

function figure(value: number, target: Target): Read {
  if (value < 0 && nonNegativeColumns.includes(target.field as FigureColumn)) return new Problem('negative');
  return value;
}

/** How a column is read. `noteRounded` is told of amounts with parts of a yuan. */
export interface Reading {
  readonly target: Target;
  readonly unit: Unit | null;
  readonly money: MoneyUnit;
  readonly words: Lexicon;
  noteRounded(): void;
}

/** A cell as the value its column asks for. Unknown is null and never zero; whatever cannot be read is a problem. */
export function readCell(cell: Cell | undefined, { target, unit, money, words, noteRounded }: Reading): Read {
  if (isUnknown(cell)) return null;
  const broken = formulaProblem(cell);
  if (broken) return broken;
  switch (target.kind) {
    case 'name': {
      const text = textValue(clean(String(cell)) === '' ? null : cell, target);
      return typeof text === 'string' && bare(text) === '' ? new Problem('nameMissing') : text;
    }
    case 'text':
      return textValue(cell, target);
    case 'uscc':
      return usccValue(cell);
    case 'tags':
      return tagsValue(cell);
    case 'option':
      return optionValue(cell, target);
    case 'district':
      return words.districts.get(bare(String(cell))) ?? textValue(cell, target);
    case 'province':
      return words.provinces.get(bare(String(cell))) ?? textValue(cell, target);
    case 'division':
      return divisionValue(cell, words);
    case 'section':
      return sectionValue(cell, words);
    case 'date':
      return dateValue(target.field === 'expiresOn' ? endOfSpan(cell) : cell);
    case 'bool':
      return boolValue(cell);
    case 'year': {
      const text = clean(String(cell)).replace(/年度?$|^fy\s*/i, '');
      return /^\d{4}$/.test(text) && isCalendarDate(text) && Number(text) >= 1949
        ? Number(text)
        : new Problem('notYear');
    }
    default:
      return numberCell(cell, target, unit, money, noteRounded);
  }
}

function numberCell(
  cell: Cell,
  target: Target,
  unit: Unit | null,
  money: MoneyUnit,
  noteRounded: () => void,
): Read {
  if (typeof cell === 'string' && saysNothing(clean(cell))) return null;
  if (target.kind === 'money') {
    const read = moneyValue(cell, moneyUnit(unit) ?? money);
    if (read instanceof Problem) return read;
    if (read.rounded) noteRounded();
    return figure(read.value, target);
  }
  if (target.kind === 'count') {
    const read = countValue(cell);
    if (read instanceof Problem) return read;
    return target.fact ? bounded(read, target) : figure(read, target);
  }
  const read = target.kind === 'ratio' ? ratioValue(cell, unit, fractionTop(target)) : decimalValue(cell);
  return read instanceof Problem ? read : bounded(read, target);
}
