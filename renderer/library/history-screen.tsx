import { HistoryOutlined } from '@ant-design/icons';
import { Button, DatePicker, Skeleton } from 'antd';
import type { Dayjs } from 'dayjs';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call, on } from '../api.ts';
import { formatMoment } from '../components/dates.ts';
import { EmptyState } from '../components/empty-state.tsx';
import { ErrorView } from '../components/error-view.tsx';
import { AsOfView } from '../safety/as-of-view.tsx';
import { useReference } from '../state/reference.ts';
import type { Change } from './history-spots.ts';
import { actionWord, changedFields, subjectWords } from './history-words.ts';
import './history.css';

const FIRST = 100;
const MORE = 400;
/** Lines of an entry shown at first; loaded samples have hundreds. */
const SHOWN = 8;

function Entry({ change }: { change: Change }) {
  const { t } = useTranslation(['library', 'common']);
  const reference = useReference((state) => state.reference);
  const fields = changedFields(change, reference, t);
  const [all, setAll] = useState(false);
  const shown = all ? fields : fields.slice(0, SHOWN);
  const empty = <span className="muted">{t('history.none')}</span>;
  return (
    <li className="panel history-entry">
      <div className="history-head">
        <span className="tag tag-small tag-neutral">{actionWord(change, t)}</span>
        <strong>{subjectWords(change, reference, t)}</strong>
        <span className="history-when">
          {change.actor === 'system' ? t('history.system') : change.actor} ·{' '}
          <time dateTime={change.at}>{formatMoment(change.at)}</time>
        </span>
      </div>
      {fields.length > 0 && (
        <table className="history-fields">
          <thead className="visually-hidden">
            <tr>
              <th>{t('history.field')}</th>
              <th>{t('history.old')}</th>
              <th>{t('history.new')}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((field) => (
              <tr key={field.key}>
                <th scope="row">{field.label}</th>
                <td className="history-old">{field.old ?? empty}</td>
                <td className="history-new">{field.new ?? empty}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {fields.length > shown.length && (
        <Button type="link" size="small" onClick={() => setAll(true)}>
          {t('history.all', { count: fields.length })}
        </Button>
      )}
    </li>
  );
}

/** Every change to an enterprise, newest first: what, by whom, when, and the values before and after. */
export function HistoryScreen({ enterpriseId }: { enterpriseId: string }) {
  const { t } = useTranslation(['library', 'common', 'safety']);
  const [changes, setChanges] = useState<Change[] | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [limit, setLimit] = useState(FIRST);
  const [round, setRound] = useState(0);
  const [day, setDay] = useState<Dayjs | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `round` asks again
  useEffect(() => {
    let current = true;
    call('history.list', { enterpriseId, limit }).then(
      (answer) => {
        if (!current) return;
        setChanges(answer);
        setError(null);
      },
      (problem: unknown) => current && setError(problem),
    );
    return () => {
      current = false;
    };
  }, [enterpriseId, limit, round]);
  useEffect(
    () =>
      on(
        'changed',
        ({ id }) => (id === undefined || id === enterpriseId) && setRound((before) => before + 1),
      ),
    [enterpriseId],
  );
  return (
    <div className="scroll">
      <div className="history">
        <div className="history-bar">
          <label htmlFor="history-day">{t('safety:asOf.choose')}</label>
          <DatePicker
            id="history-day"
            value={day}
            onChange={setDay}
            disabledDate={(date) => date.isAfter(new Date(), 'day')}
            placeholder={t('safety:asOf.day')}
          />
          {day && <Button onClick={() => setDay(null)}>{t('safety:asOf.back')}</Button>}
        </div>
        {day ? <AsOfView enterpriseId={enterpriseId} day={day.format('YYYY-MM-DD')} /> : null}
        {error ? (
          <ErrorView full={!changes} error={error} onRetry={() => setRound((before) => before + 1)} />
        ) : null}
        {!changes && !error && <Skeleton active paragraph={{ rows: 6 }} />}
        {changes?.length === 0 && (
          <EmptyState icon={<HistoryOutlined />} title={t('history.empty')} text={t('history.emptyText')} />
        )}
        <ol className="history-list" hidden={day !== null}>
          {changes?.map((change) => (
            <Entry key={change.id} change={change} />
          ))}
        </ol>
        {!day && changes && changes.length >= limit && (
          <Button onClick={() => setLimit(limit + MORE)}>{t('history.more')}</Button>
        )}
      </div>
    </div>
  );
}
