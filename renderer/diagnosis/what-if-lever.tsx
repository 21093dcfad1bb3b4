import { UndoOutlined } from '@ant-design/icons';
import { Button, Segmented, Select, Slider, Tooltip } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatNumber, formatPercent, formatWan } from '../components/money.ts';
import { pick } from '../i18n/i18n.ts';
import { factText, readFact } from './fact-text.ts';
import { useFactUnit, useProblemText } from './number-input.tsx';
import type { Fact } from './topics.ts';
import { positionOf, valueAt } from './what-if-scale.ts';
import { type Lever, tryFact, useWhatIf } from './what-if-store.ts';

/** A lever as the number inputs know facts. */
export function factOfLever(lever: Lever): Fact {
  return {
    id: lever.field,
    label: lever.label,
    type: lever.type,
    ...(lever.min === null ? {} : { min: lever.min }),
    ...(lever.max === null ? {} : { max: lever.max }),
  } as Fact;
}

/** A value of a lever with its unit, for reading. */
export function useLeverText(): (lever: Lever, value: string | boolean | null) => string {
  const { t } = useTranslation(['whatif', 'common', 'diagnosis']);
  const unitOf = useFactUnit();
  return (lever, value) => {
    if (value === null) return t('common:verdict.unknown');
    if (typeof value === 'boolean') return t(value ? 'common:yes' : 'common:no');
    if (lever.type === 'enum') {
      const option = lever.options.find((o) => o.value === value);
      return option ? pick(option.label) : value;
    }
    if (lever.type === 'ratio' || lever.type === 'growth') return formatPercent(value);
    const unit = unitOf(factOfLever(lever));
    const number = lever.type === 'money' ? formatWan(value) : formatNumber(value);
    return unit ? `${number} ${unit}` : number;
  };
}

function NumberTrial({ lever, value }: { lever: Lever; value: string | null }) {
  const { t } = useTranslation(['whatif', 'common']);
  const fact = factOfLever(lever);
  const unit = useFactUnit()(fact);
  const problemText = useProblemText();
  const leverText = useLeverText();
  const [typing, setTyping] = useState<string | null>(null);
  const shown = value === null ? '' : factText(fact, value.includes('/') ? '' : value);
  const text = typing ?? shown;
  const reading = readFact(fact, text);
  const marks = Object.fromEntries(lever.lines.map((line) => [positionOf(lever.step, line.at), ' ']));
  const slides = lever.type !== 'rank' && lever.steps > 0;
  const label = pick(lever.label);

  const take = (next: string) => {
    setTyping(next);
    const result = readFact(fact, next);
    if (result.ok) tryFact(lever.field, result.value ?? undefined);
  };
  return (
    <>
      <div className="trial-row">
        {slides ? (
          <Slider
            className="trial-slider"
            min={0}
            max={lever.steps}
            value={value === null ? 0 : positionOf(lever.step, value)}
            marks={marks}
            included={value !== null}
            tooltip={{ open: false }}
            ariaLabelForHandle={label}
            ariaValueTextFormatterForHandle={(position) =>
              leverText(lever, valueAt(lever.step, position ?? 0))
            }
            onChange={(position) => {
              setTyping(null);
              tryFact(lever.field, valueAt(lever.step, position));
            }}
          />
        ) : (
          <span className="trial-slider" />
        )}
        <span className="number-box trial-number" data-invalid={!reading.ok || undefined}>
          <input
            className="num"
            inputMode="decimal"
            autoComplete="off"
            aria-label={t('exact', { label })}
            value={text}
            onChange={(event) => take(event.target.value)}
            onBlur={() => reading.ok && setTyping(null)}
          />
          {unit && <span className="number-unit">{unit}</span>}
        </span>
      </div>
      {!reading.ok && (
        <span className="field-problem" role="alert">
          {problemText(fact, reading.problem)}
        </span>
      )}
      {lever.lines.length > 0 && (
        <div className="trial-lines">
          {lever.lines.map((line) => (
            <Tooltip key={line.item} title={t('setToLine')}>
              <button
                type="button"
                className="trial-line"
                onClick={() => {
                  setTyping(null);
                  tryFact(lever.field, line.at);
                }}
              >
                {t('line', { value: leverText(lever, line.at), title: pick(line.title) })}
              </button>
            </Tooltip>
          ))}
        </div>
      )}
    </>
  );
}

/** One fact that can be tried out: slider and exact number, or a choice. */
export function LeverTrial({ lever }: { lever: Lever }) {
  const { t } = useTranslation(['whatif', 'common']);
  const tried = useWhatIf((state) => state.tried[lever.field]);
  const changed = useWhatIf((state) => lever.field in state.tried);
  const leverText = useLeverText();
  const value = changed ? (tried ?? null) : lever.value;
  const label = pick(lever.label);
  return (
    <li className={changed ? 'trial trial-changed' : 'trial'}>
      <div className="trial-head">
        <strong>{lever.year === null ? label : t('labelYear', { label, year: lever.year })}</strong>
        <span className="muted">{t('now', { value: leverText(lever, lever.value) })}</span>
        {changed && (
          <Button
            type="text"
            size="small"
            icon={<UndoOutlined />}
            aria-label={t('resetOne', { label })}
            title={t('resetOne', { label })}
            onClick={() => tryFact(lever.field, undefined)}
          />
        )}
      </div>
      {lever.type === 'bool' ? (
        <Segmented
          aria-label={label}
          value={value === null ? 'unknown' : value === true ? 'yes' : 'no'}
          options={[
            { value: 'yes', label: t('common:yes') },
            { value: 'no', label: t('common:no') },
            { value: 'unknown', label: t('common:verdict.unknown') },
          ]}
          onChange={(next) => {
            const chosen = next === 'unknown' ? null : next === 'yes';
            tryFact(lever.field, chosen === lever.value ? undefined : chosen);
          }}
        />
      ) : lever.type === 'enum' ? (
        <Select
          className="trial-select"
          aria-label={label}
          value={typeof value === 'string' ? value : undefined}
          placeholder={t('common:verdict.unknown')}
          allowClear
          options={lever.options.map((option) => ({ value: option.value, label: pick(option.label) }))}
          onChange={(next: string | undefined) => tryFact(lever.field, next)}
        />
      ) : (
        <NumberTrial
          key={changed ? 'tried' : 'stored'}
          lever={lever}
          value={typeof value === 'string' ? value : null}
        />
      )}
    </li>
  );
}
