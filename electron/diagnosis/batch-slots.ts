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

interface Parsed {
  readonly kind: number;
  readonly n: number;
  readonly d: number;
  readonly value: Value;
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
  private readonly parsed = new Map<string, Parsed>();
  private readonly derived: readonly { derivation: Derivation; slot: number; parts: readonly number[] }[];

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
  setText(slot: number, text: string | boolean): void {
    if (slot < 0) return;
    if (typeof text === 'boolean') {
      this.setFlag(slot, text);
      return;
    }
    let parsed = this.parsed.get(text);
    if (!parsed) {
      this.setValue(slot, decodeValue(text));
      parsed = {
        kind: this.kind[slot] as number,
        n: this.n[slot] as number,
        d: this.d[slot] as number,
        value: decodeValue(text),
      };
      if (this.parsed.size < 100_000) this.parsed.set(text, parsed);
      return;
    }
    if (parsed.kind === BIG) {
      this.setValue(slot, parsed.value);
      return;
    }
    this.kind[slot] = parsed.kind;
    this.n[slot] = parsed.n;
    this.d[slot] = parsed.d;
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
    const { kind, n, d } = this;
    for (const { derivation, slot, parts } of this.derived) {
      let plain = true;
      let known = true;
      for (const part of parts) {
        if (kind[part] === NUMBER) continue;
        plain = false;
        if (this.exact(part) === undefined) {
          known = false;
          break;
        }
      }
      if (!known) continue;
      const [a = 0, b = 0] = parts;
      if (
        plain &&
        this.quickly(derivation, slot, n[a] as number, d[a] as number, n[b] as number, d[b] as number)
      )
        continue;
      const result = derivation.compute(parts.map((part) => this.exact(part) as Exact));
      if (result) this.setValue(slot, result);
    }
  }

  /** Shares and growth of two plain numbers without objects; false where the general way must be taken. */
  private quickly(
    derivation: Derivation,
    slot: number,
    an: number,
    ad: number,
    bn: number,
    bd: number,
  ): boolean {
    const root = derivation.field === 'revenue_cagr2';
    const rate = /_growth_y\d$/.test(derivation.field);
    if (!root && !rate && !SHARE.has(derivation.field)) return false;
    if (bn <= 0) return true;
    const [top, bottom] = ad === bd ? [an, bn] : [an * bd, bn * ad];
    if (!safe(top) || !safe(bottom)) return false;
    if (root && top < 0) return true;
    const over = rate ? top - bottom : top;
    if (!safe(over)) return false;
    this.setNumber(slot, over, bottom);
    if (root) this.kind[slot] = ROOT;
    return true;
  }
}

const SHARE = new Set(
  derivations.filter((d) => /_ratio_y\d$|^rd_to_|^net_margin/.test(d.field)).map((d) => d.field),
);
