/** A point in units of the font's em, y upwards. */
export type Point = readonly [x: number, y: number];

/** A letter: closed contours whose inside is where they wind around, and how far the next letter is. */
export interface Outline {
  readonly contours: readonly (readonly Point[])[];
  readonly advance: number;
}

/** Pieces a curve is cut into; letters are small. */
const PIECES = 4;
const MOST_NESTED = 4;

interface Corner {
  readonly x: number;
  readonly y: number;
  readonly on: boolean;
}

/** A contour of corners and control points (TrueType's quadratic curves) as a polygon. */
function flattened(corners: readonly Corner[]): Point[] {
  const between = (a: Corner, b: Corner): Corner => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, on: true });
  const full = corners.flatMap((corner, i) => {
    const next = corners[(i + 1) % corners.length] ?? corner;
    return corner.on || next.on ? [corner] : [corner, between(corner, next)];
  });
  const first = full.findIndex(({ on }) => on);
  if (first < 0) return [];
  const turned = [...full.slice(first), ...full.slice(0, first + 1)];
  const points: Point[] = [];
  for (let i = 0; i < turned.length; i++) {
    const [from, to] = [turned[i - 1], turned[i + 1]];
    const at = turned[i];
    if (!at) continue;
    if (at.on || !from || !to) points.push([at.x, at.y]);
    else {
      for (let step = 1; step < PIECES; step++) {
        const t = step / PIECES;
        const mix = (a: number, b: number, c: number) => (1 - t) ** 2 * a + 2 * t * (1 - t) * b + t * t * c;
        points.push([mix(from.x, at.x, to.x), mix(from.y, at.y, to.y)]);
      }
    }
  }
  return points;
}

/** The letters of a TrueType font as outlines, for pictures made without a browser. */
export class GlyphOutlines {
  readonly #view: DataView;
  readonly #tables = new Map<string, number>();
  readonly #em: number;

  /** Throws RangeError for a file that is no such font. */
  constructor(font: Uint8Array) {
    this.#view = new DataView(font.buffer, font.byteOffset, font.byteLength);
    for (let i = 0; i < this.#view.getUint16(4); i++) {
      const at = 12 + i * 16;
      const name = String.fromCharCode(...font.subarray(at, at + 4));
      this.#tables.set(name, this.#view.getUint32(at + 8));
    }
    this.#em = this.#view.getUint16(this.#table('head') + 18);
  }

  /** The letter for a character, in shares of the em; the font's sign for what it lacks where it has none. */
  outline(character: string): Outline {
    const glyph = this.#glyphOf(character.codePointAt(0) ?? 0);
    const counted = this.#view.getUint16(this.#table('hhea') + 34);
    const advance = this.#view.getUint16(this.#table('hmtx') + Math.min(glyph, counted - 1) * 4);
    const scaled = this.#contours(glyph, 0).map((contour) =>
      contour.map(([x, y]): Point => [x / this.#em, y / this.#em]),
    );
    return { contours: scaled, advance: advance / this.#em };
  }

  #table(name: string): number {
    const at = this.#tables.get(name);
    if (at === undefined) throw new RangeError(`the font has no ${name} table`);
    return at;
  }

  #glyphOf(code: number): number {
    const view = this.#view;
    const cmap = this.#table('cmap');
    for (let i = 0; i < view.getUint16(cmap + 2); i++) {
      const at = cmap + view.getUint32(cmap + 4 + i * 8 + 4);
      if (view.getUint16(at) !== 12) continue;
      let [low, high] = [0, view.getUint32(at + 12) - 1];
      while (low <= high) {
        const middle = (low + high) >> 1;
        const group = at + 16 + middle * 12;
        if (code < view.getUint32(group)) high = middle - 1;
        else if (code > view.getUint32(group + 4)) low = middle + 1;
        else return view.getUint32(group + 8) + code - view.getUint32(group);
      }
    }
    return 0;
  }

  #contours(glyph: number, depth: number): Point[][] {
    const view = this.#view;
    const [loca, glyf] = [this.#table('loca'), this.#table('glyf')];
    const long = view.getInt16(this.#table('head') + 50) === 1;
    const place = (i: number) => (long ? view.getUint32(loca + i * 4) : view.getUint16(loca + i * 2) * 2);
    const at = glyf + place(glyph);
    if (place(glyph + 1) === place(glyph) || depth > MOST_NESTED) return [];
    const count = view.getInt16(at);
    return count < 0 ? this.#parts(at + 10, depth) : this.#simple(at + 10, count);
  }

  /** A letter put together from others. */
  #parts(start: number, depth: number): Point[][] {
    const view = this.#view;
    const found: Point[][] = [];
    for (let at = start, more = true; more; ) {
      const flags = view.getUint16(at);
      const words = (flags & 1) !== 0;
      const moved = (flags & 2) !== 0;
      const read = (i: number) => (words ? view.getInt16(at + 4 + i * 2) : view.getInt8(at + 4 + i));
      const [dx, dy] = moved ? [read(0), read(1)] : [0, 0];
      for (const contour of this.#contours(view.getUint16(at + 2), depth + 1))
        found.push(contour.map(([x, y]): Point => [x + dx, y + dy]));
      at += words ? 8 : 6;
      if (flags & 8) at += 2;
      else if (flags & 64) at += 4;
      else if (flags & 128) at += 8;
      more = (flags & 32) !== 0;
    }
    return found;
  }

  #simple(start: number, count: number): Point[][] {
    const view = this.#view;
    const ends = Array.from({ length: count }, (_, i) => view.getUint16(start + i * 2));
    const total = (ends.at(-1) ?? -1) + 1;
    let at = start + count * 2;
    at += 2 + view.getUint16(at);
    const flags: number[] = [];
    while (flags.length < total) {
      const flag = view.getUint8(at++);
      const again = flag & 8 ? view.getUint8(at++) : 0;
      for (let i = 0; i <= again; i++) flags.push(flag);
    }
    const along = (short: number, same: number) => {
      let value = 0;
      return flags.map((flag) => {
        if (flag & short) value += (flag & same ? 1 : -1) * view.getUint8(at++);
        else if (!(flag & same)) {
          value += view.getInt16(at);
          at += 2;
        }
        return value;
      });
    };
    const xs = along(2, 16);
    const ys = along(4, 32);
    return ends.map((end, i) => {
      const first = i === 0 ? 0 : (ends[i - 1] ?? 0) + 1;
      const corners = flags.slice(first, end + 1).map((flag, k) => ({
        x: xs[first + k] ?? 0,
        y: ys[first + k] ?? 0,
        on: (flag & 1) === 1,
      }));
      return flattened(corners);
    });
  }
}
