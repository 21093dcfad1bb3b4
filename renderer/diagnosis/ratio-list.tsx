import { useTranslation } from 'react-i18next';
import { formatPercent } from '../components/money.ts';
import { SaveState } from '../components/save-state.tsx';
import { WritingInput } from '../components/writing.tsx';
import { pick } from '../i18n/i18n.ts';
import { useEvaluation } from './evaluation.ts';
import { NumberInput } from './number-input.tsx';
import { type Fact, ratioFacts, yearOfFact } from './topics.ts';
import { useFact } from './use-fact.ts';

function RatioLine(props: { enterpriseId: string; fact: Fact; fiscalYear: number }) {
  const { fact, fiscalYear, enterpriseId } = props;
  const { t } = useTranslation(['diagnosis', 'common']);
  const field = useFact(enterpriseId, fact, fiscalYear);
  const entry = useEvaluation((state) => state.diagnosis?.sheet[fact.id]);
  const conflict = useEvaluation((state) => state.diagnosis?.conflicts.find((c) => c.field === fact.id));
  const computed = entry?.basis === 'derived' && typeof entry.value === 'string' ? entry.value : null;
  return (
    <div className="ratio-line" data-fact={fact.id}>
      <label htmlFor={`ratio-${fact.id}`} title={fact.formula && pick(fact.formula)}>
        {pick(fact.label)} <span className="muted">{yearOfFact(fact, fiscalYear)}</span>
      </label>
      <WritingInput>
        <NumberInput
          id={`ratio-${fact.id}`}
          name={fact.id}
          compact
          fact={fact}
          value={typeof field.value === 'boolean' ? undefined : field.value}
          held={field.held}
          onValue={(value) => field.answer(value)}
          onHold={field.hold}
          onUnknown={() => field.answer(null, true)}
          onClear={field.clear}
          onLeave={field.flush}
        />
      </WritingInput>
      <span
        className={conflict ? 'ratio-computed ratio-conflict' : 'ratio-computed'}
        title={conflict && pick(conflict.says)}
      >
        {computed !== null &&
          t(conflict ? 'computedDiffers' : 'computedIs', { value: formatPercent(computed) })}
      </span>
      <SaveState compact status={field.status} onRetry={field.flush} />
    </div>
  );
}

/** Ratios that are known only as such; where both parts are in the grid, the computed value counts. */
export function RatioList(props: { enterpriseId: string; facts: readonly Fact[]; fiscalYear: number }) {
  const { t } = useTranslation('diagnosis');
  return (
    <section className="ratio-list panel" aria-label={t('ratiosTitle')}>
      <h3>{t('ratiosTitle')}</h3>
      <p className="muted">{t('ratiosText')}</p>
      {ratioFacts(props.facts).map((fact) => (
        <RatioLine
          key={fact.id}
          enterpriseId={props.enterpriseId}
          fact={fact}
          fiscalYear={props.fiscalYear}
        />
      ))}
    </section>
  );
}
