/** The 31 characters of GB 32100-2015 in the order of their values; I, O, S, V and Z are not among them. */
const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
/** Weight of each of the first 17 positions: 3 to the power of (position − 1), modulo 31. */
const weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
/** What people most likely meant by a letter that the standard leaves out. */
const lookalikes: Record<string, string> = { I: '1', O: '0', S: '5', Z: '2' };

export type UsccCheck =
  | { ok: true; normalized: string }
  | { ok: false; reason: 'length'; details: { normalized: string; length: number; expected: 18 } }
  | {
      ok: false;
      reason: 'character';
      details: {
        normalized: string;
        /** 1 to 18, counted in `normalized`. */
        position: number;
        found: string;
        /** Positions 3 to 8 are the region code and hold digits only. */
        allowed: 'digit' | 'alphabet';
        /** The character that is most likely meant, where the one found looks like it. */
        suggestion: string | null;
      };
    }
  | {
      ok: false;
      reason: 'check';
      details: { normalized: string; position: 18; found: string; expected: string };
    };

/**
 * The text as a USCC is written: full-width letters and digits become half-width, letters upper case,
 * spaces of any kind go. Nothing else is changed, so a wrong character stays visible.
 */
export function normalizeUscc(text: string): string {
  return text
    .replace(/[\uff01-\uff5e]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
    .replace(/[\s\u200b\u2060]/g, '')
    .replace(/[a-z]/g, (c) => c.toUpperCase());
}

/** The 18th character for 17 valid ones: 31 − (Σ value × weight mod 31), where 31 stands for 0. */
function checkCharacter(code: string): string {
  const sum = weights.reduce((total, weight, i) => total + weight * alphabet.indexOf(code.charAt(i)), 0);
  return alphabet.charAt((31 - (sum % 31)) % 31);
}

/** The whole code for its first 17 characters. */
export function usccWith(body: string): string {
  return body + checkCharacter(body);
}

/**
 * Checks a unified social credit code (统一社会信用代码) by GB 32100-2015 and says what is wrong with it:
 * its length, the first character that cannot stand where it stands, or its check character. Never throws.
 * A few codes of the trial before the standard fail the check character though a registry issued them, so
 * callers may offer to keep such a code after a second look.
 */
export function checkUscc(text: string): UsccCheck {
  const normalized = normalizeUscc(text);
  const characters = [...normalized];
  if (characters.length !== 18) {
    return { ok: false, reason: 'length', details: { normalized, length: characters.length, expected: 18 } };
  }
  for (const [i, found] of characters.entries()) {
    const digitsOnly = i >= 2 && i <= 7;
    if (digitsOnly ? /^[0-9]$/.test(found) : alphabet.includes(found)) continue;
    const allowed = digitsOnly ? 'digit' : 'alphabet';
    const suggestion = lookalikes[found] ?? null;
    return {
      ok: false,
      reason: 'character',
      details: { normalized, position: i + 1, found, allowed, suggestion },
    };
  }
  const found = normalized.charAt(17);
  const expected = checkCharacter(normalized);
  if (found === expected) return { ok: true, normalized };
  return { ok: false, reason: 'check', details: { normalized, position: 18, found, expected } };
}
