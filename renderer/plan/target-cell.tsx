import { Select } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallOutput } from '../../electron/api.ts';
import { factText, readFact } from '../diagnosis/fact-text.ts';
import { useProblemText } from '../diagnosis/number-input.tsx';
import { factOfLever } from '../diagnosis/what-if-lever.tsx';
import { pick } from '../i18n/i18n.ts';
import { useCanWrite } from '../state/can-write.ts';

type Lever = CallOutput<'whatif.levers'>['levers'][number];
type Value = string | boolean | null;

/** How long typing rests before the verdicts are asked for. */
const REST = 150;

/** One target: a fact at the end of one fiscal year. Verdicts follow the typing; it is stored when the cell is left. */
export function TargetCell(props: {
  lever: Lever;
  label: string;
  value: Value;
  onTry(value: Value): void;
  onStore(value: Value): void;
}) {
  const { lever, label, value } = props;
  const { t } = useTranslation('common');
  if (lever.type === 'bool' || lever.type === 'enum') {
    const options =
      lever.type === 'bool'
        ? [
            { value: 'true', label: t('yes') },
            { value: 'false', label: t('no') },
          ]
        : lever.options.map((option) => ({ value: option.value, label: pick(option.label) }));
    return (
      <Select
        size="small"
        allowClear
        aria-label={label}
        className="target-select"
        placeholder={'\u2014'}
        value={value === null ? undefined : String(value)}
        options={options}
        onChange={(next?: string) => {
          const chosen = next === undefined ? null : lever.type === 'bool' ? next === 'true' : next;
          props.onStore(chosen);
        }}
      />
    );
  }
  return <NumberCell {...props} value={typeof value === 'string' ? value : null} />;
}

function NumberCell(props: {
  lever: Lever;
  label: string;
  value: string | null;
  onTry(value: Value): void;
  onStore(value: Value): void;
}) {
  const canWrite = useCanWrite();
  const { lever, label, value, onTry } = props;
  const fact = factOfLever(lever);
  const problemText = useProblemText();
  const stored = value === null ? '' : factText(fact, value);
  const [typing, setTyping] = useState<string | null>(null);
  const text = typing ?? stored;
  const reading = readFact(fact, text);
  const tried = typing !== null && reading.ok ? reading.value : undefined;
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what was typed starts a try
  useEffect(() => {
    if (tried === undefined) return;
    const timer = setTimeout(() => onTry(tried), REST);
    return () => clearTimeout(timer);
  }, [tried]);
  const leave = () => {
    if (typing === null || !reading.ok) return;
    if (reading.value !== value) props.onStore(reading.value);
    setTyping(null);
  };
  return (
    <span className="number-box target-number" data-invalid={!reading.ok || undefined}>
      <input
        readOnly={!canWrite}
        className="num"
        inputMode="decimal"
        autoComplete="off"
        aria-label={label}
        title={reading.ok ? undefined : problemText(fact, reading.problem)}
        aria-invalid={!reading.ok}
        placeholder={'\u2014'}
        value={text}
        onChange={(event) => setTyping(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') event.currentTarget.blur();
          if (event.key !== 'Escape') return;
          setTyping(null);
          onTry(value);
        }}
        onBlur={leave}
      />
    </span>
  );
}
