import { QuestionOutlined } from '@ant-design/icons';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { boundsText, type FactReading, factText, readFact } from './fact-text.ts';
import type { Fact } from './topics.ts';

/** Why typed text cannot be stored, in words. */
export function useProblemText(): (
  fact: Fact,
  problem: Extract<FactReading, { ok: false }>['problem'],
) => string {
  const { t } = useTranslation(['diagnosis', 'common']);
  return (fact, problem) =>
    problem === 'range' ? t('outOfRange', boundsText(fact)) : t(`common:number.${problem}`);
}

/** Unit of a fact as it is typed. */
export function useFactUnit(): (fact: Fact) => string {
  const { t } = useTranslation(['diagnosis', 'common']);
  return (fact) => {
    if (fact.type === 'ratio' || fact.type === 'growth') return '%';
    if (fact.type === 'money') return t('common:unit.wan');
    return t(`unit.${fact.type}`, { defaultValue: '' });
  };
}

/**
 * A number typed as text: saved when it can be read, held with a problem when not. `held` is text from before that could
 * not be stored. A rank has a button for "none", which is 0; "unknown for now" is a choice of its own.
 */
export function NumberInput(props: {
  id: string;
  fact: Fact;
  /** Stored exact text; null where the answer is "unknown for now"; undefined where there is none. */
  value: string | null | undefined;
  held: string | undefined;
  compact?: boolean;
  name: string;
  onValue(value: string): void;
  onHold(text: string): void;
  onUnknown(): void;
  onClear(): void;
  onLeave(): void;
}) {
  const { fact, value, held } = props;
  const { t } = useTranslation(['diagnosis', 'common']);
  const problemText = useProblemText();
  const unit = useFactUnit()(fact);
  const [typing, setTyping] = useState<string | null>(null);
  const text = typing ?? held ?? (typeof value === 'string' ? factText(fact, value) : '');
  const reading = readFact(fact, text);

  const take = (next: string) => {
    setTyping(next);
    const result = readFact(fact, next);
    if (!result.ok) props.onHold(next);
    else if (result.value === null) props.onClear();
    else props.onValue(result.value);
  };
  const choose = (act: () => void) => () => {
    setTyping(null);
    act();
  };

  return (
    <div className={props.compact ? 'number-field number-compact' : 'number-field'}>
      <span className="number-box" data-invalid={!reading.ok || undefined}>
        <input
          id={props.id}
          className="num"
          inputMode="decimal"
          autoComplete="off"
          spellCheck={false}
          value={text}
          aria-invalid={!reading.ok}
          aria-describedby={reading.ok ? undefined : `${props.id}-problem`}
          data-walk-field={props.name}
          onChange={(event) => take(event.target.value)}
          onBlur={() => {
            if (reading.ok) setTyping(null);
            props.onLeave();
          }}
        />
        {unit && <span className="number-unit">{unit}</span>}
      </span>
      {fact.type === 'rank' && (
        <button
          type="button"
          className="choice"
          aria-pressed={value === '0'}
          tabIndex={-1}
          onClick={choose(() => props.onValue('0'))}
        >
          {t('rankNone')}
        </button>
      )}
      <button
        type="button"
        className="choice choice-unknown"
        aria-pressed={value === null}
        tabIndex={-1}
        data-unknown
        onClick={choose(props.onUnknown)}
      >
        {value === null && <QuestionOutlined aria-hidden />}
        {t('unknownForNow')}
      </button>
      {!reading.ok && (
        <span id={`${props.id}-problem`} className="field-problem" role="alert">
          {problemText(fact, reading.problem)}
        </span>
      )}
    </div>
  );
}
