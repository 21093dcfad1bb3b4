import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { assetPaths } from '../../electron/plan/assets.ts';
import { cleanText, narrowQuotes } from '../../electron/plan/clean-text.ts';
import { fontCoverage, missingGlyphs } from '../../electron/plan/glyphs.ts';
import { resources } from './plan-fixture.ts';

describe('text made safe to print', () => {
  test('control and direction characters are shown by number, lone surrogates replaced', () => {
    expect(cleanText('a\u0007b\u202Ec')).toBe('a〔U+0007〕b〔U+202E〕c');
    expect(cleanText('a\uD800b').isWellFormed()).toBe(true);
  });

  test('line breaks stay, invisible characters go', () => {
    expect(cleanText('一\r\n二\r三\u200b\ufeff')).toBe('一\n二\n三');
  });

  test('a run without a space may be broken, and nothing of it is lost', () => {
    const long = 'x'.repeat(300);
    const cleaned = cleanText(long);
    expect(cleaned.replaceAll('\u200b', '')).toBe(long);
    expect(Math.max(...cleaned.split('\u200b').map((p) => p.length))).toBeLessThanOrEqual(12);
    expect(cleanText('专精特新'.repeat(20))).toBe('专精特新'.repeat(20));
    expect(cleanText('🚀'.repeat(40)).isWellFormed()).toBe(true);
  });

  test('English quotes become narrow, Chinese ones stay', () => {
    expect(narrowQuotes('“little giant”, the firm’s 专精特新“小巨人”企业')).toBe(
      '"little giant", the firm\'s 专精特新“小巨人”企业',
    );
  });
});

describe('what the fonts can draw', () => {
  const fonts = assetPaths(resources).fonts.map((path) => fontCoverage(readFileSync(path)));

  test('rare Chinese characters in use are there, others are found missing', () => {
    expect(missingGlyphs(['𬭎㙟镕煊堃喆〓✓≥→Ⅰ〔〕'], fonts)).toEqual([]);
    expect(missingGlyphs(['𠮷野家🚀 مر', '🚀'], fonts)).toEqual(['𠮷', '🚀', 'م', 'ر']);
  });

  test('a file that is no font is refused', () => {
    expect(() => fontCoverage(new Uint8Array(64))).toThrow(RangeError);
  });
});
