import { crc32, deflateSync } from 'node:zlib';
import type { Diagnosis } from '../diagnosis/shapes.ts';
import { closenessOf, measurableItems } from './charts.ts';

/**
 * The charts as plain pictures, without words: for readers of Word files that cannot show SVG. The numbers stand in a
 * table below them.
 */

type Colour = readonly [number, number, number];
type Point = readonly [number, number];

/** Each pixel is looked at this often in each direction, so that edges are smooth. */
const FINE = 3;
const WHITE: Colour = [255, 255, 255];
const LINE: Colour = [221, 227, 231];
const UNMET: Colour = [181, 83, 60];
const UNKNOWN: Colour = [205, 212, 217];

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
    const ys = points.map(([, y]) => y);
    const first = Math.max(0, Math.floor(Math.min(...ys)));
    const last = Math.min(this.height - 1, Math.ceil(Math.max(...ys)));
    const cover = new Float32Array(this.width);
    for (let y = first; y <= last; y++) {
      cover.fill(0);
      for (let sub = 0; sub < FINE; sub++) this.#span(points, y + (sub + 0.5) / FINE, cover);
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

  /** Adds to each pixel of a row how much of it the polygon covers on one fine line. */
  #span(points: readonly Point[], y: number, cover: Float32Array): void {
    const cuts: number[] = [];
    points.forEach(([x1, y1], at) => {
      const [x2, y2] = points[(at + 1) % points.length] ?? [x1, y1];
      if (y1 > y !== y2 > y) cuts.push(x1 + ((y - y1) / (y2 - y1)) * (x2 - x1));
    });
    cuts.sort((a, b) => a - b);
    for (let i = 0; i + 1 < cuts.length; i += 2) {
      const [from, to] = [Math.max(0, cuts[i] ?? 0), Math.min(this.width, cuts[i + 1] ?? 0)];
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

/** The radar of dimensions: possible in grey, proved in the accent. Width and height in pixels. */
export function radarPng(diagnosis: Diagnosis, width: number, height: number, accent: string): Uint8Array {
  const canvas = new Canvas(width, height);
  const axes = diagnosis.radar.filter((axis) => axis.items > 0);
  const [cx, cy, radius] = [width / 2, height / 2, Math.min(width, height) * 0.42];
  const at = (index: number, share: number): Point => {
    const angle = (index / Math.max(1, axes.length)) * 2 * Math.PI - Math.PI / 2;
    return [cx + Math.cos(angle) * radius * share, cy + Math.sin(angle) * radius * share];
  };
  const ring = (share: (index: number) => number) => axes.map((_, index) => at(index, share(index)));
  if (axes.length < 3) return canvas.png();
  for (const share of [0.25, 0.5, 0.75, 1]) {
    const points = ring(() => share);
    points.forEach((point, index) => {
      canvas.line(point, points[(index + 1) % points.length] ?? point, 1, LINE);
    });
  }
  for (const [index] of axes.entries()) canvas.line([cx, cy], at(index, 1), 1, LINE);
  canvas.fill(
    ring((index) => axes[index]?.possible ?? 0),
    UNKNOWN,
    0.5,
  );
  const proved = ring((index) => axes[index]?.proved ?? 0);
  canvas.fill(proved, colourOf(accent), 0.4);
  proved.forEach((point, index) => {
    canvas.line(point, proved[(index + 1) % proved.length] ?? point, 2, colourOf(accent));
  });
  return canvas.png();
}

/** How near each measurable condition is to its line, as bars from the top. */
export function gapsPng(diagnosis: Diagnosis, width: number, height: number, accent: string): Uint8Array {
  const canvas = new Canvas(width, height);
  const items = measurableItems(diagnosis).slice(0, 10);
  const step = height / Math.max(1, items.length);
  for (const share of [0, 0.25, 0.5, 0.75, 1])
    canvas.rectangle(Math.min(width - 1, share * width), 0, 1, height, LINE);
  items.forEach((item, index) => {
    const near = closenessOf(item);
    const colour = near === null ? UNKNOWN : item.verdict === 'met' ? colourOf(accent) : UNMET;
    canvas.rectangle(0, index * step + step * 0.22, (near ?? 1) * width, step * 0.56, colour);
  });
  if (items.length === 0) canvas.rectangle(0, 0, width, height, WHITE);
  return canvas.png();
}
