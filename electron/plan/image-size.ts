/** Width and height in pixels of a PNG or JPEG, from its head; null where they cannot be read. */
export function imageSize(data: Buffer, mime: string): { width: number; height: number } | null {
  const size = mime === 'image/png' ? pngSize(data) : mime === 'image/jpeg' ? jpegSize(data) : null;
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
