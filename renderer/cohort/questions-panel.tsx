import { Button } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallOutput } from '../../electron/api.ts';
import { call } from '../api.ts';
import { ErrorView } from '../components/error-view.tsx';
import { formatNumber } from '../components/money.ts';
import { pick } from '../i18n/i18n.ts';
import { wasCancelled } from '../state/work.ts';
import { endProgress } from './use-cohort.ts';
import { WorkBar } from './work-bar.tsx';

type Question = CallOutput<'cohort.askNext'>[number];

const MOST = 12;

/** Which unknown fact would decide the most enterprises of the library: what to ask for in the next round of visits. */
export function QuestionsPanel({ version }: { version: number }) {
  const { t } = useTranslation('cohort');
  const [questions, setQuestions] = useState<readonly Question[] | null>(null);
  const [running, setRunning] = useState(false);
  const [error, setError] = useState<unknown>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was counted before a change of the library is over
  useEffect(() => setQuestions(null), [version]);
  const ask = async () => {
    setRunning(true);
    setError(null);
    try {
      setQuestions(await call('cohort.askNext', {}));
    } catch (fault) {
      if (!wasCancelled(fault)) setError(fault);
    } finally {
      endProgress();
      setRunning(false);
    }
  };
  return (
    <section className="panel cohort-panel" aria-label={t('questions.title')}>
      <header className="cohort-panel-head">
        <h2>{t('questions.title')}</h2>
        <span className="cohort-space" />
        {!running && (
          <Button size="small" onClick={() => void ask()}>
            {t(questions ? 'questions.again' : 'questions.ask')}
          </Button>
        )}
      </header>
      {running && <WorkBar label={t('questions.running')} />}
      {error ? <ErrorView error={error} onRetry={() => void ask()} /> : null}
      {questions?.length === 0 && <p className="cohort-note muted">{t('questions.none')}</p>}
      {questions && questions.length > 0 && (
        <div className="cohort-table-box">
          <table className="cohort-table">
            <thead>
              <tr>
                <th>{t('questions.fact')}</th>
                <th className="num">{t('questions.decides')}</th>
                <th className="num">{t('questions.proves')}</th>
                <th className="num">{t('questions.disproves')}</th>
                <th className="num">{t('questions.open')}</th>
              </tr>
            </thead>
            <tbody>
              {questions.slice(0, MOST).map((question) => (
                <tr key={question.field}>
                  <td>{pick(question.label)}</td>
                  <td className="num">{formatNumber(Math.max(question.proves, question.disproves))}</td>
                  <td className="num">{formatNumber(question.proves)}</td>
                  <td className="num">{formatNumber(question.disproves)}</td>
                  <td className="num">{formatNumber(question.open)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <div className="cohort-note muted">{t('questions.note')}</div>
    </section>
  );
}
