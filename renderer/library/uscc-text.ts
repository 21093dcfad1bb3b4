import type { TFunction } from 'i18next';
import { checkUscc } from '../../electron/library/uscc.ts';

export type UsccNote = { tone: 'error' | 'hint' | 'good'; text: string };

/**
 * What to say about a credit code while it is typed (the check itself is the library's, which refuses the same codes).
 * Too short is only a hint until the field is left (`done`). Null for an empty field.
 */
export function usccNote(text: string, done: boolean, t: TFunction): UsccNote | null {
  if (text.trim() === '') return null;
  const check = checkUscc(text);
  if (check.ok) return { tone: 'good', text: t('library:uscc.good') };
  if (check.reason === 'length') {
    const { length } = check.details;
    const short = length < 18 && !done;
    return {
      tone: short ? 'hint' : 'error',
      text: t(short ? 'library:uscc.typing' : 'library:uscc.length', { length }),
    };
  }
  if (check.reason === 'check') {
    return { tone: 'error', text: t('library:uscc.check', { ...check.details }) };
  }
  const { position, found, allowed, suggestion } = check.details;
  const key = suggestion ? 'characterMeant' : allowed === 'digit' ? 'digit' : 'character';
  return { tone: 'error', text: t(`library:uscc.${key}`, { position, found, suggestion }) };
}
