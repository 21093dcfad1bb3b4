import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkUscc } from '../../electron/library/uscc.ts';

const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/** A valid code made from 17 characters; the check character is the only one of 31 that is accepted. */
function complete(first17: string): string {
  const fitting = [...alphabet].filter((c) => checkUscc(first17 + c).ok);
  expect(fitting).toHaveLength(1);
  return first17 + fitting[0];
}
const letter = fc.constantFrom(...alphabet);
const digit = fc.constantFrom(...'0123456789');
const code = fc
  .tuple(
    fc.array(letter, { minLength: 2, maxLength: 2 }),
    fc.array(digit, { minLength: 6, maxLength: 6 }),
    fc.array(letter, { minLength: 9, maxLength: 9 }),
  )
  .map((parts) => complete(parts.flat().join('')));

test.each([
  // The worked example of the standard: the sum is 1640, 1640 mod 31 = 28, 31 − 28 = 3.
  '91350100M000100Y43',
  // Public codes of well-known enterprises and one public institution.
  '914403001922038216',
  '9144030071526726XG',
  '91330000733796106P',
  '91440300708461136T',
  '91420000615412404F',
  '12100000400000624D',
])('%s is valid', (text) => {
  expect(checkUscc(text)).toEqual({ ok: true, normalized: text });
});

test('full-width, lower-case and spaced input is normalised', () => {
  const normalized = '91350100M000100Y43';
  for (const text of [
    '91350100m000100y43',
    '９１３５０１００Ｍ０００１００Ｙ４３',
    '９１３５０１００ｍ０００１００ｙ４３',
    ' 9135 0100 M000 100Y 43\n',
    '\u300091350100\u00a0M000100Y43\ufeff',
    '91350100M0001\u200b00Y43',
  ]) {
    expect(checkUscc(text)).toEqual({ ok: true, normalized });
  }
});

describe('what is wrong is said', () => {
  test('a wrong check character, with the right one', () => {
    expect(checkUscc('91350100M000100Y44')).toEqual({
      ok: false,
      reason: 'check',
      details: { normalized: '91350100M000100Y44', position: 18, found: '4', expected: '3' },
    });
  });

  test('a letter that the standard leaves out, with its place and what was likely meant', () => {
    expect(checkUscc('91350100M000100Y4Z')).toMatchObject({
      reason: 'character',
      details: { position: 18, found: 'Z', allowed: 'alphabet', suggestion: '2' },
    });
    for (const [found, suggestion] of [
      ['I', '1'],
      ['O', '0'],
      ['S', '5'],
      ['V', null],
    ]) {
      expect(checkUscc(`91350100M${found}00100Y43`)).toMatchObject({
        reason: 'character',
        details: { position: 10, found, suggestion },
      });
    }
  });

  test('a letter in the region code', () => {
    expect(checkUscc('91A50100M000100Y43')).toMatchObject({
      reason: 'character',
      details: { position: 3, found: 'A', allowed: 'digit', suggestion: null },
    });
    expect(checkUscc('9135010OM000100Y43')).toMatchObject({
      reason: 'character',
      details: { position: 8, found: 'O', allowed: 'digit', suggestion: '0' },
    });
  });

  test.each([
    ['', 0],
    ['   ', 0],
    ['91350100M000100Y4', 17],
    ['91350100M000100Y433', 19],
    ['不详', 2],
    ['91350100-M000100Y43', 19],
  ])('%j has the wrong length', (text, length) => {
    expect(checkUscc(text)).toMatchObject({ ok: false, reason: 'length', details: { length, expected: 18 } });
  });

  test('signs that only look like a code', () => {
    expect(checkUscc('91350100M000100Y4三')).toMatchObject({
      reason: 'character',
      details: { position: 18 },
    });
    expect(checkUscc('913501००M000100Y43')).toMatchObject({ reason: 'character', details: { position: 7 } });
    expect(checkUscc('91350100M0001𝟎0Y43')).toMatchObject({ reason: 'character', details: { position: 14 } });
  });
});

describe('properties', () => {
  test('every change of one character is detected', () => {
    fc.assert(
      fc.property(code, fc.nat(17), letter, (valid, at, other) => {
        fc.pre(valid[at] !== other);
        return !checkUscc(valid.slice(0, at) + other + valid.slice(at + 1)).ok;
      }),
    );
  });

  test('every swap of two different neighbours is detected', () => {
    fc.assert(
      fc.property(code, fc.nat(16), (valid, at) => {
        const [a, b] = [valid.charAt(at), valid.charAt(at + 1)];
        fc.pre(a !== b);
        return !checkUscc(valid.slice(0, at) + b + a + valid.slice(at + 2)).ok;
      }),
    );
  });

  test('every single change and neighbour swap of one real code, exhaustively', () => {
    const valid = '91420000615412404F';
    for (let at = 0; at < 18; at++) {
      for (const other of alphabet) {
        if (other === valid[at]) continue;
        expect(checkUscc(valid.slice(0, at) + other + valid.slice(at + 1)).ok).toBe(false);
      }
      const [a, b] = [valid.charAt(at), valid.charAt(at + 1)];
      if (a === b || b === '') continue;
      expect(checkUscc(valid.slice(0, at) + b + a + valid.slice(at + 2)).ok).toBe(false);
    }
  });

  test('any text gets an answer', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), code), (text) => {
        const result = checkUscc(text);
        return result.ok ? result.normalized.length === 18 : result.details.normalized !== undefined;
      }),
    );
  });
});
