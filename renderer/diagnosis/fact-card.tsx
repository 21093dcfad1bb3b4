import { QuestionCircleOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { memo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorText } from '../components/error-text.ts';
import { formatPercent, formatWan } from '../components/money.ts';
import { SaveState } from '../components/save-state.tsx';
import { WritingInput } from '../components/writing.tsx';
import { EvidenceButton } from '../evidence/evidence-button.tsx';
import { pick } from '../i18n/i18n.ts';
import { HistoryButton } from '../safety/history-button.tsx';
import { go } from '../state/place.ts';
import { useEvaluation } from './evaluation.ts';
import { FactBacking } from './fact-backing.tsx';
import { FactInput } from './fact-input.tsx';
import { type Fed, Feeds } from './feeds.tsx';
import { useFactUnit } from './number-input.tsx';
import { type Fact, factKey, yearOfFact } from './topics.ts';
import { useFact } from './use-fact.ts';
import './fact-card.css';

/** A value of the sheet in words, for what the record says without being asked. */
function useSheetText(): (fact: Fact, value: string | boolean) => string {
  const { t } = useTranslation('common');
  const unit = useFactUnit();
  return (fact, value) => {
    if (typeof value === 'boolean') return t(value ? 'yes' : 'no');
    const option = fact.options?.find((known) => known.value === value);
    if (option) return pick(option.label);
    if (fact.type === 'ratio' || fact.type === 'growth') return formatPercent(value);
    return `${formatWan(value)} ${unit(fact)}`.trim();
  };
}

/** One question: label, question, input, saved state; help, backing and the verdicts it feeds. */
export const FactCard = memo(function FactCard(props: {
  enterpriseId: string;
  fact: Fact;
  fiscalYear: number;
  feeds: readonly Fed[];
}) {
  const { enterpriseId, fact, fiscalYear, feeds } = props;
  const { t } = useTranslation(['diagnosis', 'common']);
  const field = useFact(enterpriseId, fact, fiscalYear);
  const entry = useEvaluation((state) =>
    state.id === enterpriseId ? state.diagnosis?.sheet[fact.id] : undefined,
  );
  const sheetText = useSheetText();
  const [help, setHelp] = useState(false);
  const [backing, setBacking] = useState(false);
  const answered = field.value !== undefined && field.value !== null;
  const fromRecord =
    entry !== undefined && (!answered || (fact.origin === 'profile' && entry.value !== field.value));
  const state = field.value === null ? 'noted' : answered || fromRecord ? 'answered' : 'open';
  const year = yearOfFact(fact, fiscalYear);
  const question = pick(fact.question ?? fact.label);
  return (
    <section className={`fact-card fact-${state}`} data-fact={fact.id} aria-label={pick(fact.label)}>
      <header>
        <span className="fact-label">
          {pick(fact.label)}
          {year !== null && <span className="muted"> {t('common:unit.year', { year })}</span>}
        </span>
        <SaveState status={field.status} onRetry={field.flush} />
        <span className={`fact-state fact-state-${state}`}>{t(`answerState.${state}`)}</span>
        <HistoryButton
          of={{
            enterpriseId,
            entity: 'fact',
            entityId: factKey(fact, fiscalYear).replace(/@$/, ''),
            field: 'value',
            label: pick(fact.label),
          }}
        />
      </header>
      <p className="fact-question">{question}</p>
      <div className="fact-answer">
        <WritingInput>
          <FactInput fact={fact} field={field} label={question} />
        </WritingInput>
      </div>
      {fromRecord && entry && (
        <p className="fact-record">
          {t(entry.basis === 'derived' ? 'computedFromRecord' : 'takenFromRecord', {
            value: sheetText(fact, entry.value),
          })}
          {entry.source && <span className="muted"> {entry.source}</span>}
          {fact.origin === 'profile' && (
            <Button
              type="link"
              size="small"
              tabIndex={-1}
              disabled={false}
              onClick={() => go({ screen: 'enterprise', id: enterpriseId, tab: 'profile' })}
            >
              {t('openProfile')}
            </Button>
          )}
        </p>
      )}
      {field.status === 'failed' && (
        <p className="field-problem" role="alert">
          {errorText(field.error)}
        </p>
      )}
      <footer>
        <Feeds feeds={feeds} />
        <span className="fact-more">
          {(fact.help || fact.evidence) && (
            <Button
              type="text"
              size="small"
              tabIndex={-1}
              icon={<QuestionCircleOutlined aria-hidden />}
              aria-expanded={help}
              disabled={false}
              onClick={() => setHelp(!help)}
            >
              {t('help')}
            </Button>
          )}
          <Button
            type="text"
            size="small"
            tabIndex={-1}
            aria-expanded={backing}
            disabled={field.value === undefined}
            onClick={() => setBacking(!backing)}
          >
            {answered ? t('backedAs', { basis: t(`common:basis.${field.basis}`) }) : t('backing')}
          </Button>
          <EvidenceButton
            place={{
              enterpriseId,
              entity: 'fact',
              entityId: factKey(fact, fiscalYear).replace(/@$/, ''),
              label: pick(fact.label),
            }}
          />
          {field.value !== undefined && (
            <Button type="text" size="small" tabIndex={-1} onClick={field.clear}>
              {t('clearAnswer')}
            </Button>
          )}
        </span>
      </footer>
      {help && (
        <div className="fact-help">
          {fact.help && <p>{pick(fact.help)}</p>}
          {fact.evidence && <p>{t('evidence', { evidence: pick(fact.evidence) })}</p>}
        </div>
      )}
      {backing && field.value !== undefined && (
        <WritingInput>
          <FactBacking id={`fact-${fact.id}`} field={field} />
        </WritingInput>
      )}
    </section>
  );
});
