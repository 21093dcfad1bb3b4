/** Width and height in pixels of a PNG, JPEG or SVG, from its head; null where they cannot be read. */
export function imageSize(data: Buffer, mime: string): { width: number; height: number } | null {
  const size = mime === 'image/png' ? pngSize(data) : mime === 'image/jpeg' ? jpegSize(data) : svgSize(data);
  return size && size.width > 0 && size.height > 0 ? size : null;
}

function pngSize(data: Buffer) {
  return data.length < 24 ? null : { width: data.readUInt32BE(16), height: data.readUInt32BE(20) };
}

/** Walks over the segments to the frame header. */
function jpegSize(data: Buffer) {
  let at = 2;
  while (at + 9 < data.length && data[at] === 0xff) {
    const marker = data[at + 1] ?? 0;
    const frame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (frame) return { width: data.readUInt16BE(at + 7), height: data.readUInt16BE(at + 5) };
    at += 2 + data.readUInt16BE(at + 2);
  }
  return null;
}

/** What the drawing says of its own size, else the sides of its view box. */
function svgSize(data: Buffer) {
  const tag = /<svg\b[^>]*>/.exec(data.subarray(0, 20_000).toString('utf8'))?.[0];
  if (!tag) return null;
  const side = (name: string) =>
    Number(new RegExp(`\\s${name}=["']\\s*([\\d.]+)(?:px)?\\s*["']`).exec(tag)?.[1]);
  const [, , across, down] = (/\sviewBox=["']([^"']+)["']/.exec(tag)?.[1] ?? '')
    .trim()
    .split(/[\s,]+/)
    .map(Number);
  const [width, height] = [side('width'), side('height')];
  if (width > 0 && height > 0) return { width, height };
  return { width: across || 0, height: down || 0 };
}
