import { crc32, deflateSync } from 'node:zlib';
import type { Diagnosis } from '../diagnosis/shapes.ts';
import { closenessOf, closenessText, measurableItems } from './charts.ts';
import type { GlyphOutlines } from './glyph-outlines.ts';
import { type PlanLocale, word } from './words.ts';

/** The charts as pictures of points, with their words: for readers of Word files that cannot show SVG. */

type Colour = readonly [number, number, number];
type Point = readonly [number, number];

/** What a chart is drawn with. Sizes are in CSS pixels; the picture has twice as many. */
export interface Drawing {
  readonly size: readonly [width: number, height: number];
  readonly accent: string;
  readonly locale: PlanLocale;
  readonly letters: GlyphOutlines;
}
const SHARPER = 2;

/** Each pixel is looked at this often in each direction, so that edges are smooth. */
const FINE = 3;
const LINE: Colour = [221, 227, 231];
const UNMET: Colour = [181, 83, 60];
const UNKNOWN: Colour = [205, 212, 217];
const INK: Colour = [38, 50, 58];

class Canvas {
  readonly width: number;
  readonly height: number;
  readonly #pixels: Float32Array;

  constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
    this.#pixels = new Float32Array(width * height * 3).fill(255);
  }

  /** Fills a polygon; points in pixels. */
  fill(points: readonly Point[], colour: Colour, opacity = 1): void {
    this.fillAll([points], colour, opacity);
  }

  /** Fills what the contours wind around; points in pixels. */
  fillAll(contours: readonly (readonly Point[])[], colour: Colour, opacity = 1): void {
    const ys = contours.flatMap((points) => points.map(([, y]) => y));
    if (ys.length === 0) return;
    const first = Math.max(0, Math.floor(Math.min(...ys)));
    const last = Math.min(this.height - 1, Math.ceil(Math.max(...ys)));
    const cover = new Float32Array(this.width);
    for (let y = first; y <= last; y++) {
      cover.fill(0);
      for (let sub = 0; sub < FINE; sub++) this.#span(contours, y + (sub + 0.5) / FINE, cover);
      for (let x = 0; x < this.width; x++) this.#mix(x, y, colour, (opacity * (cover[x] ?? 0)) / FINE);
    }
  }

  rectangle(x: number, y: number, width: number, height: number, colour: Colour): void {
    const [right, bottom] = [x + width, y + height];
    this.fill(
      [
        [x, y],
        [right, y],
        [right, bottom],
        [x, bottom],
      ],
      colour,
    );
  }

  line([x1, y1]: Point, [x2, y2]: Point, width: number, colour: Colour): void {
    const length = Math.hypot(x2 - x1, y2 - y1) || 1;
    const [dx, dy] = [((y2 - y1) / length) * (width / 2), ((x1 - x2) / length) * (width / 2)];
    this.fill(
      [
        [x1 + dx, y1 + dy],
        [x2 + dx, y2 + dy],
        [x2 - dx, y2 - dy],
        [x1 - dx, y1 - dy],
      ],
      colour,
    );
  }

  png(): Uint8Array {
    const rows = Buffer.alloc(this.height * (this.width * 3 + 1));
    for (let y = 0; y < this.height; y++) {
      const at = y * (this.width * 3 + 1);
      for (let i = 0; i < this.width * 3; i++)
        rows[at + 1 + i] = Math.round(this.#pixels[y * this.width * 3 + i] ?? 255);
    }
    const head = Buffer.alloc(13);
    head.writeUInt32BE(this.width, 0);
    head.writeUInt32BE(this.height, 4);
    head.set([8, 2, 0, 0, 0], 8);
    const chunk = (type: string, data: Uint8Array) => {
      const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
      const frame = Buffer.alloc(8);
      frame.writeUInt32BE(data.length, 0);
      frame.writeUInt32BE(crc32(body), 4);
      return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
    };
    const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
    return new Uint8Array(
      Buffer.concat([
        signature,
        chunk('IHDR', head),
        chunk('IDAT', deflateSync(rows)),
        chunk('IEND', new Uint8Array()),
      ]),
    );
  }

  /** Writes one line; `x` is where it begins, ends or has its middle, `y` the line it stands on. */
  write(
    text: string,
    at: Point,
    size: number,
    colour: Colour,
    letters: GlyphOutlines,
    from: 'left' | 'right' | 'middle' = 'left',
  ): void {
    const width = widthOf(text, size, letters);
    let x = at[0] - (from === 'left' ? 0 : from === 'right' ? width : width / 2);
    for (const character of text) {
      const { contours, advance } = letters.outline(character);
      const placed = contours.map((points) =>
        points.map(([px, py]): Point => [x + px * size, at[1] - py * size]),
      );
      this.fillAll(placed, colour);
      x += advance * size;
    }
  }

  /** Adds to each pixel of a row how much of it lies within the contours on one fine line. */
  #span(contours: readonly (readonly Point[])[], y: number, cover: Float32Array): void {
    const cuts: { x: number; turn: number }[] = [];
    for (const points of contours) {
      points.forEach(([x1, y1], at) => {
        const [x2, y2] = points[(at + 1) % points.length] ?? [x1, y1];
        if (y1 > y !== y2 > y)
          cuts.push({ x: x1 + ((y - y1) / (y2 - y1)) * (x2 - x1), turn: y2 > y1 ? 1 : -1 });
      });
    }
    cuts.sort((a, b) => a.x - b.x);
    let winding = 0;
    for (let i = 0; i + 1 < cuts.length; i++) {
      winding += cuts[i]?.turn ?? 0;
      if (winding === 0) continue;
      const [from, to] = [Math.max(0, cuts[i]?.x ?? 0), Math.min(this.width, cuts[i + 1]?.x ?? 0)];
      for (let x = Math.floor(from); x < to; x++)
        cover[x] = (cover[x] ?? 0) + Math.max(0, Math.min(to, x + 1) - Math.max(from, x));
    }
  }

  #mix(x: number, y: number, colour: Colour, share: number): void {
    if (share <= 0) return;
    const at = (y * this.width + x) * 3;
    for (let i = 0; i < 3; i++) {
      const old = this.#pixels[at + i] ?? 255;
      this.#pixels[at + i] = old + ((colour[i] ?? 0) - old) * Math.min(1, share);
    }
  }
}

/** "#1f5f7a" as numbers. */
function colourOf(hex: string): Colour {
  const number = Number.parseInt(hex.replace('#', ''), 16);
  return Number.isNaN(number) ? [31, 95, 122] : [(number >> 16) & 255, (number >> 8) & 255, number & 255];
}

function widthOf(text: string, size: number, letters: GlyphOutlines): number {
  return [...text].reduce((sum, character) => sum + letters.outline(character).advance * size, 0);
}

/** A text in lines no wider than `most`, at most so many; Latin words are kept whole where they fit. */
function linesOf(text: string, size: number, most: number, count: number, letters: GlyphOutlines): string[] {
  const lines: string[] = [''];
  for (const piece of text.match(/[!-~]+|\s+|./gu) ?? []) {
    const line = lines.at(-1) ?? '';
    if (line === '' || widthOf(line + piece, size, letters) <= most) lines[lines.length - 1] = line + piece;
    else lines.push(piece.trimStart());
  }
  if (lines.length <= count) return lines;
  return [...lines.slice(0, count - 1), `${lines[count - 1]?.slice(0, -1) ?? ''}…`];
}

/** The radar of dimensions: possible in grey, proved in the accent, each axis with its name. */
export function radarPng(diagnosis: Diagnosis, { size, accent, locale, letters }: Drawing): Uint8Array {
  const [width, height] = size.map((side) => side * SHARPER) as [number, number];
  const canvas = new Canvas(width, height);
  const axes = diagnosis.radar.filter((axis) => axis.items > 0);
  const text = 11 * SHARPER;
  const [cx, cy, radius] = [width / 2, height * 0.46, Math.min(width, height) * 0.32];
  const at = (index: number, share: number): Point => {
    const angle = (index / Math.max(1, axes.length)) * 2 * Math.PI - Math.PI / 2;
    return [cx + Math.cos(angle) * radius * share, cy + Math.sin(angle) * radius * share];
  };
  const ring = (share: (index: number) => number) => axes.map((_, index) => at(index, share(index)));
  if (axes.length < 3) return canvas.png();
  for (const share of [0.25, 0.5, 0.75, 1]) {
    const points = ring(() => share);
    points.forEach((point, index) => {
      canvas.line(point, points[(index + 1) % points.length] ?? point, SHARPER, LINE);
    });
  }
  for (const [index] of axes.entries()) canvas.line([cx, cy], at(index, 1), SHARPER, LINE);
  canvas.fill(
    ring((index) => axes[index]?.possible ?? 0),
    UNKNOWN,
    0.5,
  );
  const proved = ring((index) => axes[index]?.proved ?? 0);
  canvas.fill(proved, colourOf(accent), 0.4);
  proved.forEach((point, index) => {
    canvas.line(point, proved[(index + 1) % proved.length] ?? point, 2 * SHARPER, colourOf(accent));
  });
  axes.forEach((axis, index) => {
    const [x, y] = at(index, 1.1);
    const side = Math.abs(x - cx) < radius * 0.2 ? 'middle' : x < cx ? 'right' : 'left';
    const drop = y < cy - radius ? 0 : y > cy + radius * 0.9 ? text * 0.9 : text * 0.35;
    canvas.write(word(locale, `dim_${axis.dimension}`), [x, y + drop], text, INK, letters, side);
  });
  const keys = [
    [word(locale, 'chartPossible'), UNKNOWN],
    [word(locale, 'chartProved'), colourOf(accent)],
  ] as const;
  const gap = text * 1.8;
  let x = (width - keys.reduce((sum, [name]) => sum + widthOf(name, text, letters) + gap, 0)) / 2;
  for (const [name, colour] of keys) {
    canvas.rectangle(x, height - text * 1.35, text * 0.9, text * 0.7, colour);
    canvas.write(name, [x + text * 1.2, height - text * 0.7], text, INK, letters);
    x += widthOf(name, text, letters) + gap;
  }
  return canvas.png();
}

/** How near each measurable condition is to its line: its name, a bar, and the share in words. */
export function gapsPng(diagnosis: Diagnosis, { size, accent, locale, letters }: Drawing): Uint8Array {
  const [width, height] = size.map((side) => side * SHARPER) as [number, number];
  const canvas = new Canvas(width, height);
  const items = measurableItems(diagnosis).slice(0, 10);
  if (items.length === 0) return canvas.png();
  const text = 10 * SHARPER;
  const [left, right] = [width * 0.4, width * 0.84];
  const step = height / items.length;
  for (const share of [0, 0.25, 0.5, 0.75, 1])
    canvas.rectangle(left + share * (right - left), 0, SHARPER, height, LINE);
  items.forEach((item, index) => {
    const near = closenessOf(item);
    const colour = near === null ? UNKNOWN : item.verdict === 'met' ? colourOf(accent) : UNMET;
    const middle = (index + 0.5) * step;
    const thick = Math.min(step * 0.5, 14 * SHARPER);
    const length = (near ?? 1) * (right - left);
    canvas.rectangle(left, middle - thick / 2, length, thick, colour);
    const lines = linesOf(item.title[locale], text, left - text, 2, letters);
    lines.forEach((line, row) => {
      const y = middle + text * (0.36 + (row - (lines.length - 1) / 2) * 1.15);
      canvas.write(line, [left - text * 0.6, y], text, INK, letters, 'right');
    });
    canvas.write(
      closenessText(item, locale),
      [left + length + text * 0.4, middle + text * 0.36],
      text,
      INK,
      letters,
    );
  });
  return canvas.png();
}
