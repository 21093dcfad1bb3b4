import type { TFunction } from 'i18next';
import { useEffect, useState } from 'react';
import type { CallOutput } from '../../electron/api.ts';
import { call } from '../api.ts';

type UsccCheck = CallOutput<'uscc.check'>;

/** What to say about a credit code while it is typed; `pending` until the library has answered for this very text. */
export interface UsccNote {
  readonly tone: 'error' | 'hint' | 'good' | 'pending' | 'empty';
  readonly text: string;
}

/** The note for an answer of the library. Too short is only a hint until the field is left (`done`). */
export function usccNote(check: UsccCheck, done: boolean, t: TFunction): UsccNote {
  const { problem, length } = check;
  if (!problem) return { tone: 'good', text: t('library:uscc.good') };
  if (problem.key === 'length' && length < 18 && !done)
    return { tone: 'hint', text: t('library:uscc.typing', { length }) };
  return { tone: 'error', text: t(`library:uscc.${problem.key}`, problem.details) };
}

/** Asks the library about a credit code. */
export function checkUscc(text: string): Promise<UsccCheck> {
  return call('uscc.check', { text });
}

/** The note for what stands in the field now. */
export function useUsccNote(text: string, done: boolean, t: TFunction): UsccNote {
  const [answer, setAnswer] = useState<{ text: string; check: UsccCheck } | null>(null);
  const typed = text.trim();
  useEffect(() => {
    if (typed === '') return;
    let current = true;
    // A failed call is told where calls are; the library refuses a wrong code all the same.
    checkUscc(typed).then(
      (check) => current && setAnswer({ text: typed, check }),
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [typed]);
  if (typed === '') return { tone: 'empty', text: '' };
  if (answer?.text !== typed) return { tone: 'pending', text: '' };
  return usccNote(answer.check, done, t);
}
