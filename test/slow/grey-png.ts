import { deflateSync, inflateSync } from 'node:zlib';

/** A picture in grey, a byte a pixel, from the top left; 255 = paper. */
export interface Grey {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

/** Reads the PGM (P5, 8 bits) that poppler writes. */
export function readPgm(pgm: Buffer): Grey {
  const [head = '', width = '0', height = '0', most] =
    /^P5\s+(\d+)\s+(\d+)\s+(\d+)\s/.exec(pgm.subarray(0, 60).toString('latin1')) ?? [];
  if (most !== '255') throw new Error('not a plain 8-bit PGM');
  return { width: Number(width), height: Number(height), pixels: new Uint8Array(pgm.subarray(head.length)) };
}

const TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c >>> 0;
});

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  let crc = 0xffffffff;
  for (const byte of body) crc = (TABLE[(crc ^ byte) & 255] ?? 0) ^ (crc >>> 8);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE((crc ^ 0xffffffff) >>> 0, body.length + 4);
  return out;
}

/** Shades that are kept: text at this size needs no more, and the files stay small. */
const SHADES = 16;
const STEP = 255 / (SHADES - 1);

const shadeOf = (grey: number) => Math.round(grey / STEP);

/** A grey as it is kept: pictures are compared by what both have. */
export const KEPT = Uint8Array.from({ length: 256 }, (_, grey) => Math.round(shadeOf(grey) * STEP));

/** A small PNG: a palette of a few greys, two pixels a byte. */
export function writePng({ width, height, pixels }: Grey): Buffer {
  const stride = (width + 1) >> 1;
  const raw = Buffer.alloc((stride + 1) * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const at = y * (stride + 1) + 1 + (x >> 1);
      raw[at] = (raw[at] ?? 0) | (shadeOf(pixels[y * width + x] ?? 255) << (x % 2 === 0 ? 4 : 0));
    }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([4, 3, 0, 0, 0], 8);
  const palette = Uint8Array.from({ length: SHADES * 3 }, (_, at) => Math.round(Math.floor(at / 3) * STEP));
  return Buffer.concat([
    Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]),
    chunk('IHDR', head),
    chunk('PLTE', palette),
    chunk('IDAT', deflateSync(raw, { level: 9, memLevel: 9 })),
    chunk('IEND', new Uint8Array()),
  ]);
}

/** Reads what `writePng` wrote; throws for any other kind. */
export function readPng(png: Buffer): Grey {
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
  if (png[24] !== 4 || png[25] !== 3) throw new Error('not a PNG of ours');
  const data: Buffer[] = [];
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at);
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') data.push(png.subarray(at + 8, at + 8 + length));
    at += length + 12;
  }
  const raw = inflateSync(Buffer.concat(data));
  const stride = (width + 1) >> 1;
  const pixels = new Uint8Array(width * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const byte = raw[y * (stride + 1) + 1 + (x >> 1)] ?? 0;
      pixels[y * width + x] = Math.round((x % 2 === 0 ? byte >> 4 : byte & 15) * STEP);
    }
  return { width, height, pixels };
}
