import { CalendarOutlined } from '@ant-design/icons';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { parseLooseDate } from '../components/dates.ts';
import { useCanWrite } from '../state/can-write.ts';

/** A day, a month or a year typed as text; text that is no date is shown as wrong and not taken. */
export function DateField(props: {
  id: string;
  label: string;
  value: string | null;
  onChange(value: string | null): void;
}) {
  const canWrite = useCanWrite();
  const { t } = useTranslation('plan');
  const [typing, setTyping] = useState<string | null>(null);
  const text = typing ?? props.value ?? '';
  const wrong = parseLooseDate(text) === undefined;
  const picker = useRef<HTMLInputElement>(null);
  // Whole days are picked where a day is known, else months.
  const exact = (props.value?.length ?? 0) > 7;
  return (
    <span className="plan-field">
      <label htmlFor={props.id}>{props.label}</label>
      <span className="date-box">
        <input
          readOnly={!canWrite}
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
        <input
          readOnly={!canWrite}
          ref={picker}
          type={exact ? 'date' : 'month'}
          className="date-native"
          tabIndex={-1}
          aria-hidden
          value={props.value?.length === (exact ? 10 : 7) ? props.value : ''}
          onChange={(event) => {
            setTyping(null);
            props.onChange(event.target.value || null);
          }}
        />
        <button
          type="button"
          className="date-pick"
          tabIndex={-1}
          title={t('pickDate')}
          aria-label={`${props.label} ${t('pickDate')}`}
          onClick={() => picker.current?.showPicker()}
        >
          <CalendarOutlined />
        </button>
      </span>
      {wrong && (
        <span className="field-problem" role="alert">
          {t('badDate')}
        </span>
      )}
    </span>
  );
}
