import { ExperimentOutlined, FileAddOutlined, HistoryOutlined, SaveOutlined } from '@ant-design/icons';
import { App, Button, Skeleton } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../api.ts';
import { formatMoment } from '../components/dates.ts';
import { errorText } from '../components/error-text.ts';
import { ErrorView } from '../components/error-view.tsx';
import { useCanWrite } from '../state/can-write.ts';
import { useEnterprise } from '../state/enterprise.ts';
import { go } from '../state/place.ts';
import { flushOwner } from '../state/save-queue.ts';
import { asOfOf } from './as-of.ts';
import { AsOfBar } from './as-of-bar.tsx';
import './result.css';
import { evaluate, firstRung, followEvaluation, useEvaluation } from './evaluation.ts';
import { ResultView } from './result-view.tsx';
import { type OpenedSnapshot, Snapshots, VerifyButton } from './snapshots.tsx';
import { TargetsCard } from './targets-card.tsx';
import { WayUp } from './way-up.tsx';
import { WhatIf } from './what-if.tsx';
import { closeWhatIf, openWhatIf } from './what-if-store.ts';

/** The result of the check-up, to be looked at together with the firm; earlier ones open read-only. */
export function ResultScreen({ enterpriseId }: { enterpriseId: string }) {
  const canWrite = useCanWrite();
  const { t } = useTranslation(['diagnosis', 'common', 'whatif']);
  const { message } = App.useApp();
  const file = useEnterprise((state) => (state.id === enterpriseId ? state.file : null));
  const current = useEvaluation((state) => (state.id === enterpriseId ? state.diagnosis : null));
  const error = useEvaluation((state) => state.error);
  const [earlier, setEarlier] = useState<OpenedSnapshot | null>(null);
  const [listing, setListing] = useState(false);
  const [busy, setBusy] = useState<'save' | 'plan' | 'whatIf' | null>(null);
  useEffect(() => followEvaluation(enterpriseId), [enterpriseId]);
  useEffect(() => closeWhatIf, []);

  const act = async (what: 'save' | 'plan' | 'whatIf', run: () => Promise<void>) => {
    setBusy(what);
    try {
      // What was typed a moment ago belongs to it.
      await flushOwner(enterpriseId);
      await run();
    } catch (fault) {
      void message.error(errorText(fault));
    } finally {
      setBusy(null);
    }
  };
  const save = () =>
    act('save', async () => {
      await call('diagnosis.save', { enterpriseId, asOf: asOfOf(enterpriseId) });
      void message.success(t('snapshotSaved'));
    });
  const plan = () =>
    act('plan', async () => {
      const made = await call('plan.create', { enterpriseId, asOf: asOfOf(enterpriseId) });
      go({ screen: 'enterprise', id: enterpriseId, tab: 'plan', planId: made.id });
    });
  const whatIf = () =>
    act('whatIf', async () => {
      if (current) await openWhatIf(enterpriseId, current, firstRung(current));
    });
  const answer = (field: string) => go({ screen: 'enterprise', id: enterpriseId, tab: 'walk', topic: field });

  if (!current || !file) {
    return error ? (
      <ErrorView full error={error} onRetry={evaluate} />
    ) : (
      <div className="scroll result">
        <Skeleton active paragraph={{ rows: 10 }} />
      </div>
    );
  }
  return (
    <div className="scroll result">
      <div className="result-bar">
        {earlier ? (
          <span className="as-of">
            <strong>{t('earlierTitle', { at: formatMoment(earlier.createdAt) })}</strong>
            {t('asOfYear', { year: earlier.diagnosis.asOf.fiscalYear })}
            <VerifyButton key={earlier.id} id={earlier.id} />
          </span>
        ) : (
          <AsOfBar enterpriseId={enterpriseId} diagnosis={current} />
        )}
        <span className="result-actions">
          {earlier ? (
            <Button type="primary" onClick={() => setEarlier(null)}>
              {t('backToCurrent')}
            </Button>
          ) : (
            <>
              <Button icon={<ExperimentOutlined />} onClick={() => void whatIf()}>
                {t('whatif:open')}
              </Button>
              <Button
                disabled={!canWrite}
                icon={<SaveOutlined />}
                loading={busy === 'save'}
                onClick={() => void save()}
              >
                {t('saveSnapshot')}
              </Button>
              <Button icon={<HistoryOutlined />} onClick={() => setListing(true)}>
                {t('snapshots')}
              </Button>
              <Button
                type="primary"
                icon={<FileAddOutlined />}
                loading={busy === 'plan'}
                onClick={() => void plan()}
              >
                {t('makePlan')}
              </Button>
            </>
          )}
        </span>
      </div>
      {error && !earlier ? <ErrorView error={error} onRetry={evaluate} /> : null}
      <ResultView
        key={earlier?.id ?? 'current'}
        diagnosis={earlier?.diagnosis ?? current}
        enterprise={file.enterprise}
        onAnswer={earlier ? undefined : answer}
      />
      {!earlier && (
        <>
          <WayUp enterpriseId={enterpriseId} diagnosis={current} />
          <TargetsCard enterpriseId={enterpriseId} diagnosis={current} onTry={() => void whatIf()} />
        </>
      )}
      <WhatIf />
      <Snapshots
        enterpriseId={enterpriseId}
        open={listing}
        onClose={() => setListing(false)}
        onOpen={(snapshot) => {
          setListing(false);
          setEarlier(snapshot);
        }}
      />
    </div>
  );
}
