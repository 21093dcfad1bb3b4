import { type Derivation, derivations } from './derive.ts';
import { type Exact, fraction } from './exact.ts';
import { decodeValue, type Value } from './values.ts';

/** What a slot holds. BIG and ROOT_BIG keep their exact number aside. */
export const UNKNOWN = 0;
export const NUMBER = 1;
export const ROOT = 2;
export const FLAG = 3;
export const WORD = 4;
export const BIG = 5;

const SAFE = Number.MAX_SAFE_INTEGER;
const safe = (n: number) => n <= SAFE && n >= -SAFE;

/** A stored answer as a slot takes it. */
export interface Parsed {
  readonly kind: number;
  readonly n: number;
  readonly d: number;
  readonly value: Value | undefined;
}

/**
 * The facts of one firm as plain numbers in typed arrays, to judge many firms without making objects. A number is
 * n/d with whole n and d; where these would not be exact in a double, the exact value is kept aside. The same facts
 * give the same verdicts as on the interactive path.
 */
export class Slots {
  readonly kind: Uint8Array;
  readonly n: Float64Array;
  readonly d: Float64Array;
  /** The exact value of BIG slots. */
  readonly big: (Value | undefined)[];
  private readonly index = new Map<string, number>();
  private readonly words = new Map<string, number>();
  private readonly derived: readonly {
    derivation: Derivation;
    way: Way;
    slot: number;
    parts: readonly number[];
  }[];

  /** `fields` are all facts that rules read; the parts they are computed from are added. */
  constructor(fields: Iterable<string>) {
    const needed = new Set(fields);
    for (const derivation of [...derivations].reverse()) {
      if (needed.has(derivation.field)) for (const part of derivation.parts) needed.add(part);
    }
    for (const field of needed) this.index.set(field, this.index.size);
    const size = this.index.size;
    this.kind = new Uint8Array(size);
    this.n = new Float64Array(size);
    this.d = new Float64Array(size);
    this.big = new Array<Value | undefined>(size);
    this.derived = derivations
      .filter((derivation) => needed.has(derivation.field))
      .map((derivation) => ({
        derivation,
        way: wayOf(derivation),
        slot: this.slot(derivation.field),
        parts: derivation.parts.map((part) => this.slot(part)),
      }));
  }

  /** Where a field is kept; −1 for one that no rule reads. */
  slot(field: string): number {
    return this.index.get(field) ?? -1;
  }

  /** A number for a word, the same every time. */
  word(text: string): number {
    const known = this.words.get(text);
    if (known !== undefined) return known;
    this.words.set(text, this.words.size);
    return this.words.size - 1;
  }

  clear(): void {
    this.kind.fill(UNKNOWN);
  }

  setNumber(slot: number, n: number, d: number): void {
    if (slot < 0) return;
    this.kind[slot] = NUMBER;
    this.n[slot] = n;
    this.d[slot] = d;
  }

  setFlag(slot: number, flag: boolean): void {
    if (slot < 0) return;
    this.kind[slot] = FLAG;
    this.n[slot] = flag ? 1 : 0;
  }

  setValue(slot: number, value: Value): void {
    if (slot < 0) return;
    if (value.kind === 'flag') {
      this.setFlag(slot, value.flag);
      return;
    }
    if (value.kind === 'word') {
      this.kind[slot] = WORD;
      this.n[slot] = this.word(value.word);
      return;
    }
    const exact = value.kind === 'number' ? value.number : value.radicand;
    if (typeof exact.n === 'number' && typeof exact.d === 'number') {
      this.setNumber(slot, exact.n, exact.d);
      if (value.kind === 'root') this.kind[slot] = ROOT;
      return;
    }
    this.kind[slot] = BIG;
    this.big[slot] = value;
  }

  /** A fact as kept in the library ("0.383", "national", true). Throws RangeError for what cannot be read. */
  parse(text: string | boolean): Parsed {
    if (typeof text === 'boolean') return { kind: FLAG, n: text ? 1 : 0, d: 1, value: undefined };
    const value = decodeValue(text);
    if (value.kind === 'flag') return { kind: FLAG, n: value.flag ? 1 : 0, d: 1, value };
    if (value.kind === 'word') return { kind: WORD, n: this.word(value.word), d: 1, value };
    const exact = value.kind === 'number' ? value.number : value.radicand;
    const plain = typeof exact.n === 'number' && typeof exact.d === 'number';
    if (!plain) return { kind: BIG, n: 0, d: 1, value };
    const kind = value.kind === 'root' ? ROOT : NUMBER;
    return { kind, n: exact.n as number, d: exact.d as number, value };
  }

  put(slot: number, parsed: Parsed): void {
    this.kind[slot] = parsed.kind;
    this.n[slot] = parsed.n;
    this.d[slot] = parsed.d;
    if (parsed.kind === BIG) this.big[slot] = parsed.value;
  }

  /** A number as an exact one; undefined where the slot holds none. */
  exact(slot: number): Exact | undefined {
    if (this.kind[slot] === NUMBER) return { n: this.n[slot] as number, d: this.d[slot] as number };
    const value = this.kind[slot] === BIG ? this.big[slot] : undefined;
    return value?.kind === 'number' ? value.number : undefined;
  }

  /** The value of a slot as on the interactive path, undefined = unknown. */
  value(slot: number): Value | undefined {
    switch (this.kind[slot]) {
      case NUMBER:
        return { kind: 'number', number: fraction(this.n[slot] as number, this.d[slot] as number) };
      case ROOT:
        return { kind: 'root', radicand: fraction(this.n[slot] as number, this.d[slot] as number) };
      case FLAG:
        return { kind: 'flag', flag: this.n[slot] === 1 };
      case WORD:
        return { kind: 'word', word: [...this.words.keys()][this.n[slot] as number] ?? '' };
      case BIG:
        return this.big[slot];
      default:
        return undefined;
    }
  }

  /** Computes what follows from the given facts; parts beat a value given as such. */
  derive(): void {
    const { kind } = this;
    for (const { derivation, slot, parts, way } of this.derived) {
      let plain = true;
      let known = true;
      for (let i = 0; i < parts.length; i++) {
        const part = parts[i] as number;
        if (kind[part] === NUMBER) continue;
        plain = false;
        if (kind[part] !== BIG || this.exact(part) === undefined) {
          known = false;
          break;
        }
      }
      if (!known || (plain && this.quickly(way, slot, parts))) continue;
      const result = derivation.compute(parts.map((part) => this.exact(part) as Exact));
      if (result) this.setValue(slot, result);
    }
  }

  /** Shares, growth and sums of plain numbers without objects; false where the general way must be taken. */
  private quickly(way: Way, slot: number, parts: readonly number[]): boolean {
    const { n, d } = this;
    const [first, second] = [parts[0] as number, parts[1] as number];
    const [an, ad, bn, bd] = [
      n[first] as number,
      d[first] as number,
      n[second] as number,
      d[second] as number,
    ];
    if (way === 'general') return false;
    if (way === 'sum' || way === 'mean') {
      let [top, bottom] = [an, ad];
      for (let i = 1; i < parts.length; i++) {
        const [pn, pd] = [n[parts[i] as number] as number, d[parts[i] as number] as number];
        if (pd === bottom) top += pn;
        else {
          top = top * pd + pn * bottom;
          bottom *= pd;
        }
        if (!safe(top) || !safe(bottom)) return false;
      }
      if (way === 'mean') bottom *= parts.length;
      if (!safe(bottom)) return false;
      this.setNumber(slot, top, bottom);
      return true;
    }
    if (bn <= 0) return true;
    const top = ad === bd ? an : an * bd;
    const bottom = ad === bd ? bn : bn * ad;
    if (!safe(top) || !safe(bottom)) return false;
    if (way === 'root' && top < 0) return true;
    const over = way === 'growth' ? top - bottom : top;
    if (!safe(over)) return false;
    this.setNumber(slot, over, bottom);
    if (way === 'root') this.kind[slot] = ROOT;
    return true;
  }
}

/** How a derivation is computed in plain numbers. */
type Way = 'share' | 'growth' | 'root' | 'sum' | 'mean' | 'general';

function wayOf({ field }: Derivation): Way {
  if (field === 'revenue_cagr2') return 'root';
  if (/_growth_y\d$/.test(field)) return 'growth';
  if (/_ratio_y\d$|^rd_to_|^net_margin/.test(field)) return 'share';
  if (/_sum2_wan$|_[23]y_wan$/.test(field)) return 'sum';
  if (/_avg2(_wan)?$/.test(field)) return 'mean';
  return 'general';
}
