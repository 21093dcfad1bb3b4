import type { InputRef } from 'antd';
import { type RefObject, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PassphraseField } from './passphrase-field.tsx';

/** As the service asks for it; it checks again. */
const MINIMUM = 8;

export interface FreshPassphrase {
  readonly value: string;
  readonly again: string;
  readonly fault: 'tooShort' | 'notSame' | null;
  readonly first: RefObject<InputRef | null>;
  readonly second: RefObject<InputRef | null>;
  setValue(value: string): void;
  setAgain(again: string): void;
  /** Whether it can be used; says what is wrong and puts the cursor there where it cannot. */
  check(): boolean;
}

/** A new passphrase, typed twice. */
export function useNewPassphrase(): FreshPassphrase {
  const [value, setValue] = useState('');
  const [again, setAgain] = useState('');
  const [fault, setFault] = useState<FreshPassphrase['fault']>(null);
  const first = useRef<InputRef>(null);
  const second = useRef<InputRef>(null);
  return {
    value,
    again,
    fault,
    first,
    second,
    setValue(typed) {
      setValue(typed);
      setFault(null);
    },
    setAgain(typed) {
      setAgain(typed);
      setFault(null);
    },
    check() {
      const found = [...value].length < MINIMUM ? 'tooShort' : value === again ? null : 'notSame';
      setFault(found);
      if (found) (found === 'tooShort' ? first : second).current?.focus();
      return found === null;
    },
  };
}

/** The two fields of a new passphrase, with what is wrong with it. */
export function NewPassphrase({ of, disabled }: { of: FreshPassphrase; disabled?: boolean }) {
  const { t } = useTranslation('protection');
  return (
    <>
      <PassphraseField
        id="new-passphrase"
        label={t('newPassphrase')}
        field={of.first}
        value={of.value}
        disabled={disabled ?? false}
        wrong={of.fault === 'tooShort'}
        hint="new-passphrase-hint"
        onType={of.setValue}
      />
      <p id="new-passphrase-hint" className="field-hint">
        {t('hint', { minimum: MINIMUM })}
      </p>
      <PassphraseField
        id="new-passphrase-again"
        label={t('again')}
        field={of.second}
        value={of.again}
        disabled={disabled ?? false}
        wrong={of.fault === 'notSame'}
        onType={of.setAgain}
      />
      {of.fault && (
        <p className="field-fault" role="alert">
          {t(of.fault, { minimum: MINIMUM })}
        </p>
      )}
    </>
  );
}
