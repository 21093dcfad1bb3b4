/** The set of code points a font can draw, as sorted inclusive ranges. */
export type Coverage = readonly (readonly [number, number])[];

function subtable12(view: DataView, at: number): [number, number][] {
  const count = view.getUint32(at + 12);
  return Array.from({ length: count }, (_, i) => {
    const group = at + 16 + i * 12;
    return [view.getUint32(group), view.getUint32(group + 4)];
  });
}

function subtable4(view: DataView, at: number): [number, number][] {
  const doubled = view.getUint16(at + 6);
  return Array.from({ length: doubled / 2 }, (_, i): [number, number] => [
    view.getUint16(at + 16 + doubled + i * 2),
    view.getUint16(at + 14 + i * 2),
  ]).filter(([first]) => first !== 0xffff);
}

/**
 * Reads which characters a TrueType font holds, from its `cmap` table (format 12, else format 4).
 * Throws RangeError for a file that is no such font.
 */
export function fontCoverage(font: Uint8Array): Coverage {
  const view = new DataView(font.buffer, font.byteOffset, font.byteLength);
  let cmap = -1;
  for (let i = 0; i < view.getUint16(4); i++) {
    if (view.getUint32(12 + i * 16) === 0x636d6170) cmap = view.getUint32(12 + i * 16 + 8);
  }
  if (cmap < 0) throw new RangeError('the font has no cmap table');
  let fallback: [number, number][] | undefined;
  for (let i = 0; i < view.getUint16(cmap + 2); i++) {
    const at = cmap + view.getUint32(cmap + 4 + i * 8 + 4);
    const format = view.getUint16(at);
    if (format === 12) return subtable12(view, at).sort((a, b) => a[0] - b[0]);
    if (format === 4) fallback = subtable4(view, at);
  }
  if (!fallback) throw new RangeError('the font has no cmap of format 4 or 12');
  return fallback.sort((a, b) => a[0] - b[0]);
}

function covers(coverage: Coverage, code: number): boolean {
  let [low, high] = [0, coverage.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const range = coverage[middle];
    if (!range) return false;
    if (code < range[0]) high = middle - 1;
    else if (code > range[1]) low = middle + 1;
    else return true;
  }
  return false;
}

/** Characters that every font may lack because nothing is drawn for them. */
const UNDRAWN = /[\n\u200b]/;

/** The characters in `texts` that at least one of the fonts cannot draw, each once, in order of appearance. */
export function missingGlyphs(texts: Iterable<string>, fonts: readonly Coverage[]): string[] {
  const checked = new Set<string>();
  const missing: string[] = [];
  for (const text of texts) {
    for (const character of text) {
      if (checked.has(character)) continue;
      checked.add(character);
      const code = character.codePointAt(0) ?? 0;
      if (!UNDRAWN.test(character) && !fonts.every((f) => covers(f, code))) missing.push(character);
    }
  }
  return missing;
}
