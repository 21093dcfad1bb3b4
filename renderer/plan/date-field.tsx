import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { parseLooseDate } from '../components/dates.ts';

/** A day, a month or a year typed as text; text that is no date is shown as wrong and not taken. */
export function DateField(props: {
  id: string;
  label: string;
  value: string | null;
  onChange(value: string | null): void;
}) {
  const { t } = useTranslation('plan');
  const [typing, setTyping] = useState<string | null>(null);
  const text = typing ?? props.value ?? '';
  const wrong = parseLooseDate(text) === undefined;
  return (
    <span className="plan-field">
      <label htmlFor={props.id}>{props.label}</label>
      <input
        id={props.id}
        className="prose"
        value={text}
        placeholder={t('datePlaceholder')}
        aria-invalid={wrong}
        onChange={(event) => {
          setTyping(event.target.value);
          const date = parseLooseDate(event.target.value);
          if (date !== undefined && date !== props.value) props.onChange(date);
        }}
        onBlur={() => {
          if (!wrong) setTyping(null);
        }}
      />
      {wrong && (
        <span className="field-problem" role="alert">
          {t('badDate')}
        </span>
      )}
    </span>
  );
}
