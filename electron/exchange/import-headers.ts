import type { FactCatalogue } from '../standards/fact-schema.ts';
import { headerWords, type Target } from './import-targets.ts';
import type { Cell } from './sheet-table.ts';

/** Units of amounts, and how ratios are written; 'bySize' = below 1 a fraction, above it percent points. */
export const units = ['yuan', 'thousand', 'wan', 'million', 'yi', 'percent', 'fraction', 'bySize'] as const;
export type Unit = (typeof units)[number];
export type MoneyUnit = Exclude<Unit, 'percent' | 'fraction' | 'bySize'>;

export function moneyUnit(unit: Unit | null): MoneyUnit | null {
  return unit === 'percent' || unit === 'fraction' || unit === 'bySize' ? null : unit;
}

/** What a header says: the words that name the field, a fiscal year or one counted from the last closed (0), a unit. */
export interface HeaderParts {
  readonly base: string;
  readonly whole: string;
  readonly year: number | null;
  readonly relative: number | null;
  readonly unit: Unit | null;
}

const UNIT_WORDS: readonly [RegExp, Unit][] = [
  [/^(?:人民币)?亿元?$|^(?:cny|rmb)?\s*100\s*million(?:\s*(?:cny|rmb|yuan))?$/, 'yi'],
  [/^(?:人民币)?百万元?$|^(?:cny|rmb)?\s*(?:million|mn|m)(?:\s*(?:cny|rmb|yuan))?$/, 'million'],
  [
    /^(?:人民币)?万元?(?:人民币)?$|^(?:cny|rmb)?\s*(?:10\s*k|10\s*thousand|10,?000|wan)(?:\s*(?:cny|rmb|yuan))?$/,
    'wan',
  ],
  [/^(?:人民币)?千元$|^(?:cny|rmb)?\s*(?:k|thousand|'?000)(?:\s*(?:cny|rmb|yuan))?$/, 'thousand'],
  [/^(?:人民币)?元(?:人民币)?$|^(?:cny|rmb|yuan)$/, 'yuan'],
  [/^%$|^百分比$|^percent$|^pct$/, 'percent'],
];
const NO_UNIT = /^(?:人|名|家|项|件|个|年|次|天|persons?|people|—|-|\/)$/;

/** The unit a text is, as "万元" or "单位:万元"; 'none' for head-counts and the like; null where it is no unit. */
export function unitOf(text: string): Unit | 'none' | null {
  const bare = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/^(?:金额)?(?:单位|计量单位|unit)\s*[::]?\s*/, '')
    .trim();
  for (const [pattern, unit] of UNIT_WORDS) if (pattern.test(bare)) return unit;
  return NO_UNIT.test(bare) ? 'none' : null;
}

/** Letters and digits of any script, lower case: how headers are compared. */
export function bare(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}

const RELATIVE: readonly [RegExp, number][] = [
  [/再前一年|大前年|three years back/, -2],
  [/上上年度?|前年度?|the year before last|two years ago/, -1],
  [/上一?(?:会计|财务)?年度?末?|去年末?|last (?:fiscal )?year|previous year/, 0],
  [/本年度|今年|当年度?|this year/, 1],
];

/** What a form says about filling in, not about the field. */
const HINT =
  /^(?:是\s*[/、或]?\s*否|有\s*[/、或]?\s*无|必填|选填|可选|下拉选择|下拉|单选|多选|y\/n|yes\/no|required|optional)$/;

/** Takes a header apart: "2025年营业收入(万元)" is the revenue of 2025 in 万元. */
export function readHeader(header: string): HeaderParts {
  let text = header.normalize('NFKC').replace(/\s+/g, ' ').trim().toLowerCase();
  text = text.replace(/^(?:\(?\d{1,2}\)?[.、)]|[一二三四五六七八九十]{1,3}、)\s*/, '').replace(/[*★※]/g, '');
  text = text.replace(/^其中\s*:?\s*/, '');
  let unit: Unit | null = null;
  text = text.replace(/[([【]([^)\]】]*)[)\]】]/g, (whole, inner: string) => {
    if (HINT.test(inner.trim())) return ' ';
    for (const piece of [inner, ...inner.split(/[,，;；、\s]+/)]) {
      const found = unitOf(piece);
      if (found) {
        if (found !== 'none') unit ??= found;
        return ' ';
      }
    }
    return whole;
  });
  const tail =
    /[:/,_-]\s*([^:/,_-]+)$/.exec(text) ?? /(?<=[\p{Script=Han}])(亿元|百万元|万元|千元|%)$/u.exec(text);
  if (tail) {
    const found = unitOf(tail[1] ?? '');
    if (found && found !== 'none') {
      unit ??= found;
      text = text.slice(0, tail.index);
    }
  }
  if (/%$/.test(text)) {
    unit ??= 'percent';
    text = text.replace(/%$/, '');
  }
  let year: number | null = null;
  text = text.replace(
    /(?:fy\s*)?(?<!\d)((?:19|20)\d{2})(?!\d)\s*(?:会计|财务)?(?:年度|年末|年底|年)?/,
    (_, digits: string) => {
      year = Number(digits);
      return ' ';
    },
  );
  const whole = bare(text);
  let relative: number | null = null;
  for (const [pattern, years] of RELATIVE) {
    if (year !== null || relative !== null || !pattern.test(text)) continue;
    relative = years;
    text = text.replace(pattern, ' ');
  }
  return { base: bare(text).replace(/末$/, ''), whole, year, relative, unit };
}

/** Known names of targets, ready to be looked up. */
export type HeaderIndex = ReadonlyMap<string, string>;

/** All words that name a target: our list, then the labels and ids of the facts. The first use of a word wins. */
export function headerIndex(targets: ReadonlyMap<string, Target>, catalogue: FactCatalogue): HeaderIndex {
  const index = new Map<string, string>();
  const add = (word: string, id: string) => {
    if (!targets.has(id)) return;
    for (const key of [bare(word), readHeader(word).base]) if (key && !index.has(key)) index.set(key, id);
  };
  for (const [id, words] of Object.entries(headerWords.fields)) for (const word of words) add(word, id);
  for (const fact of catalogue.facts) {
    const id = `fact:${fact.stored ?? fact.id}`;
    for (const word of [fact.label.zh, fact.label.en, fact.id, fact.stored ?? fact.id]) add(word, id);
  }
  for (const { id, field } of targets.values()) if (!id.startsWith('title:')) add(field, id);
  return index;
}

/** The target a header names: surely by one of its names, or by guess where a name is most of it. */
export function findTarget(index: HeaderIndex, parts: HeaderParts): { id: string; sure: boolean } | null {
  for (const key of [parts.whole, parts.base, parts.base.replace(/(?:总额|金额|数额|数量|数|情况)$/, '')]) {
    const id = key && index.get(key);
    if (id) return { id, sure: true };
  }
  if (parts.base.length < 3) return null;
  let best: { id: string; score: number } | null = null;
  for (const [word, id] of index) {
    if (word.length < 3) continue;
    const [short, long] = word.length < parts.base.length ? [word, parts.base] : [parts.base, word];
    const score = short.length / long.length;
    if (score >= 0.6 && long.includes(short) && score > (best?.score ?? 0)) best = { id, score };
  }
  return best && { id: best.id, sure: false };
}

/** A cell as a header's text. */
export function headerText(cell: Cell | undefined): string {
  return cell === null || cell === undefined ? '' : String(cell).replace(/\s+/g, ' ').trim();
}
