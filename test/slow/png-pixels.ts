import { inflateSync } from 'node:zlib';

/** The pixels of a PNG of 8-bit RGB, as poppler writes it. Throws for any other kind. */
export function pngPixels(png: Buffer): { width: number; height: number; rgb: Uint8Array } {
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
  if (png[24] !== 8 || png[25] !== 2 || png[28] !== 0) throw new Error('not a plain 8-bit RGB PNG');
  const data: Buffer[] = [];
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at);
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') data.push(png.subarray(at + 8, at + 8 + length));
    at += length + 12;
  }
  const raw = inflateSync(Buffer.concat(data));
  const stride = width * 3;
  const rgb = new Uint8Array(stride * height);
  const near = (a: number, b: number, c: number) => {
    const p = a + b - c;
    const [pa, pb, pc] = [Math.abs(p - a), Math.abs(p - b), Math.abs(p - c)];
    return pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
  };
  for (let y = 0; y < height; y++) {
    const filter = raw[y * (stride + 1)] ?? 0;
    for (let x = 0; x < stride; x++) {
      const a = x >= 3 ? (rgb[y * stride + x - 3] ?? 0) : 0;
      const b = y > 0 ? (rgb[(y - 1) * stride + x] ?? 0) : 0;
      const c = x >= 3 && y > 0 ? (rgb[(y - 1) * stride + x - 3] ?? 0) : 0;
      const add = [0, a, b, (a + b) >> 1, near(a, b, c)][filter] ?? 0;
      rgb[y * stride + x] = ((raw[y * (stride + 1) + 1 + x] ?? 0) + add) & 255;
    }
  }
  return { width, height, rgb };
}
