import { ArrowRightOutlined, DownOutlined, UpOutlined } from '@ant-design/icons';
import { Button, Segmented, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorView } from '../components/error-view.tsx';
import { ReachTag } from '../components/reach-tag.tsx';
import { pick } from '../i18n/i18n.ts';
import { Counts } from './counts.tsx';
import { documentLine, evaluate, firstRung, useEvaluation } from './evaluation.ts';
import { RouteItems } from './route-items.tsx';
import './verdict-panel.css';

/** Beside the questions: what to ask next, and how each rung stands with what has been typed so far. */
export function VerdictPanel({ onAnswer }: { onAnswer(field: string): void }) {
  const { t } = useTranslation(['diagnosis', 'common']);
  const { diagnosis, error, changed } = useEvaluation();
  const [chosenRung, setRung] = useState<number | null>(null);
  const [chosenRoute, setRoute] = useState<number | null>(null);
  // Only in a narrow window, where the panel is a bar below the questions until it is opened.
  const [open, setOpen] = useState(false);
  if (!diagnosis) {
    return (
      <aside className="verdict-panel" aria-label={t('panelTitle')}>
        {error ? (
          <ErrorView error={error} onRetry={evaluate} />
        ) : (
          <Skeleton active paragraph={{ rows: 10 }} />
        )}
      </aside>
    );
  }
  const rungNumber = chosenRung ?? firstRung(diagnosis);
  const rung = diagnosis.rungs.find((candidate) => candidate.rung === rungNumber) ?? diagnosis.rungs[0];
  const route = rung?.routes[chosenRoute ?? rung.best] ?? rung?.routes[0];
  const next = diagnosis.askNext[0];
  return (
    <aside className={open ? 'verdict-panel verdict-open' : 'verdict-panel'} aria-label={t('panelTitle')}>
      <Button
        className="verdict-more"
        size="small"
        icon={open ? <DownOutlined /> : <UpOutlined />}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        {t('panelTitle')}
      </Button>
      {error ? <ErrorView error={error} onRetry={evaluate} /> : null}
      {next && (
        <button type="button" className="ask-next" onClick={() => onAnswer(next.field)}>
          <span className="muted">{t('askNext')}</span>
          <strong>{pick(next.label)}</strong>
          <ArrowRightOutlined aria-hidden />
        </button>
      )}
      <Segmented
        className="panel-rungs"
        aria-label={t('rungs')}
        value={rungNumber}
        options={diagnosis.rungs.map((candidate) => ({
          value: candidate.rung,
          label: t(`common:tier.${candidate.rung}`),
        }))}
        onChange={(value) => {
          setRung(value);
          setRoute(null);
        }}
      />
      {rung && (
        <div className="panel-rung" data-rung={rung.rung} data-reach={rung.reach}>
          <ReachTag reach={rung.reach} />
          {rung.held && <span className="tag tag-neutral tag-small">{t('held')}</span>}
          {route && <Counts counts={route.counts} />}
        </div>
      )}
      {rung && rung.routes.length > 1 && (
        <Segmented
          size="small"
          className="panel-routes"
          aria-label={t('routes')}
          value={chosenRoute ?? rung.best}
          options={rung.routes.map((candidate, at) => ({ value: at, label: pick(candidate.title) }))}
          onChange={setRoute}
        />
      )}
      {route && (
        <p className="panel-standard muted">
          {documentLine(route)}
          {' \u00b7 '}
          {t('asOfYear', { year: diagnosis.asOf.fiscalYear })}
        </p>
      )}
      <div className="panel-items">
        {rung && route && <RouteItems rung={rung.rung} route={route} changed={changed} />}
        {!route && <p className="muted">{rung && pick(rung.reason)}</p>}
      </div>
      {error ? (
        <Button size="small" onClick={evaluate}>
          {t('common:retry')}
        </Button>
      ) : null}
    </aside>
  );
}
