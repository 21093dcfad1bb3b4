import { DeleteOutlined, ExperimentOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallOutput } from '../../electron/api.ts';
import { call } from '../api.ts';
import { errorText } from '../components/error-text.ts';
import { ErrorView } from '../components/error-view.tsx';
import { pick } from '../i18n/i18n.ts';
import { useCanWrite } from '../state/can-write.ts';
import { asOfOf } from './as-of.ts';
import type { Diagnosis } from './evaluation.ts';
import { OutlookTable } from './outlook-table.tsx';
import { saveTargets, type Target } from './targets-store.ts';
import './what-if.css';

type Outlook = CallOutput<'targets.judge'>;

/** What the firm has set itself, year by year, and where the ladder stands if it gets there. */
export function TargetsCard(props: { enterpriseId: string; diagnosis: Diagnosis; onTry(): void }) {
  const { enterpriseId, diagnosis } = props;
  const { t } = useTranslation(['whatif', 'common']);
  const { message } = App.useApp();
  const canWrite = useCanWrite();
  const [targets, setTargets] = useState<Target[]>([]);
  const [outlook, setOutlook] = useState<Outlook | null>(null);
  const [error, setError] = useState<unknown>(null);
  // The diagnosis is the sign that facts, targets or dates have changed.
  // biome-ignore lint/correctness/useExhaustiveDependencies: fetched anew whenever the diagnosis is
  useEffect(() => {
    let current = true;
    const load = async () => {
      const list = await call('targets.list', { enterpriseId });
      const judged = await call('targets.judge', { enterpriseId, asOf: asOfOf(enterpriseId) });
      if (!current) return;
      setTargets(list);
      setOutlook(judged);
      setError(null);
    };
    load().catch((fault: unknown) => current && setError(fault));
    return () => {
      current = false;
    };
  }, [enterpriseId, diagnosis]);

  const remove = async ({ field, year, value, note, label }: Target) => {
    try {
      await call('targets.clear', { enterpriseId, field, year });
      const key = `cleared-${field}-${year}`;
      void message.open({
        key,
        type: 'success',
        content: (
          <>
            {t('cleared', { label: pick(label), year })}{' '}
            <Button
              type="link"
              size="small"
              onClick={() => {
                message.destroy(key);
                saveTargets(enterpriseId, [{ field, year, value, note }]).catch(
                  (fault: unknown) => void message.error(errorText(fault)),
                );
              }}
            >
              {t('undo')}
            </Button>
          </>
        ),
      });
    } catch (fault) {
      void message.error(errorText(fault));
    }
  };

  return (
    <section className="panel result-card way" aria-label={t('targetsTitle')}>
      <header className="targets-head">
        <h3>{t('targetsTitle')}</h3>
        <Button icon={<ExperimentOutlined />} onClick={props.onTry}>
          {t('open')}
        </Button>
      </header>
      {error ? <ErrorView error={error} /> : null}
      {targets.length === 0 && !error && <p className="muted">{t('noTargets')}</p>}
      {targets.length > 0 && (
        <ul className="target-list">
          {targets.map((target) => (
            <li key={`${target.field}@${target.year}`}>
              <span className="num">{target.year}</span>
              <span>{pick(target.label)}</span>
              <strong className="num">{pick(target.text)}</strong>
              <Button
                type="text"
                size="small"
                icon={<DeleteOutlined />}
                disabled={!canWrite}
                aria-label={t('clear', { label: pick(target.label), year: target.year })}
                title={t('clear', { label: pick(target.label), year: target.year })}
                onClick={() => void remove(target)}
              />
            </li>
          ))}
        </ul>
      )}
      {outlook && targets.length > 0 && (
        <>
          <p className="way-when">{pick(outlook.says)}</p>
          <OutlookTable outlook={outlook} />
          <p className="muted">{t('outlookHint')}</p>
        </>
      )}
    </section>
  );
}
