import { Alert, Skeleton } from 'antd';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallOutput } from '../../electron/api.ts';
import { call } from '../api.ts';
import { ErrorView } from '../components/error-view.tsx';
import { figureColumns } from '../diagnosis/figure-rows.ts';
import { pick } from '../i18n/i18n.ts';
import { factSpot } from '../library/history-spots.ts';
import { valueWords } from '../library/history-words.ts';
import { profileGroups } from '../library/profile-groups.ts';
import { type EnterpriseFile, useEnterprise } from '../state/enterprise.ts';
import { useReference } from '../state/reference.ts';
import './safety.css';

type Answer = CallOutput<'history.asOf.get'>;

interface Line {
  key: string;
  label: string;
  was: string | null;
  now: string | null;
}

/** A value of then, and beside it the one of now where it differs. */
function Value({ was, now }: { was: string | null; now: string | null }) {
  const { t } = useTranslation(['safety', 'library']);
  return (
    <>
      {was ?? <span className="muted">{t('library:history.none')}</span>}
      {was !== now && (
        <span className="past-now">{t('asOf.now', { value: now ?? t('library:history.none') })}</span>
      )}
    </>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="panel past-part">
      <h3>{title}</h3>
      {children}
    </section>
  );
}

function Lines({ lines }: { lines: readonly Line[] }) {
  return (
    <dl className="past-lines">
      {lines.map(({ key, label, was, now }) => (
        <div key={key} data-differs={was !== now || undefined}>
          <dt>{label}</dt>
          <dd>
            <Value was={was} now={now} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** Names of the lines of a list, then and now: what is only on one side counts as added or removed since. */
function listed(
  past: readonly { id: string; name: string }[],
  now: readonly { id: string; name: string }[],
): Line[] {
  const ids = new Set([...past, ...now].map(({ id }) => id));
  return [...ids].map((key) => ({
    key,
    label: '',
    was: past.find(({ id }) => id === key)?.name ?? null,
    now: now.find(({ id }) => id === key)?.name ?? null,
  }));
}

function Past({ file, now }: { file: EnterpriseFile; now: EnterpriseFile }) {
  const { t } = useTranslation(['safety', 'library', 'common']);
  const reference = useReference((state) => state.reference);
  const id = file.enterprise.id;
  const profile = profileGroups
    .flatMap(({ fields }) => fields.map(({ field }) => field))
    .flatMap((field) => (field === 'industry' ? (['industryDivision'] as const) : [field]))
    .map((field): Line => {
      const words = (of: EnterpriseFile) =>
        valueWords({ entity: 'enterprise', entityId: id, field }, of.enterprise[field], reference, t);
      return { key: field, label: t(`library:field.${field}`), was: words(file), now: words(now) };
    })
    .filter(({ was, now: fresh }) => was !== null || fresh !== null);
  const years = [...new Set([...file.figures, ...now.figures].map(({ year }) => year))].sort((a, b) => a - b);
  const figure = (of: EnterpriseFile, year: number, column: (typeof figureColumns)[number]) =>
    valueWords(
      { entity: 'figure', entityId: String(year), field: column },
      of.figures.find((row) => row.year === year)?.values[column] ?? null,
      reference,
      t,
    );
  const columns = figureColumns.filter((column) =>
    years.some((year) => figure(file, year, column) !== null || figure(now, year, column) !== null),
  );
  const answerKey = (fact: { factId: string; year: number | null }) =>
    fact.year === null ? fact.factId : `${fact.factId}@${fact.year}`;
  const answers = [...new Set([...file.facts, ...now.facts].map(answerKey))].map((key): Line => {
    const { factId, year } = factSpot(key);
    const known = reference?.facts.find((fact) => fact.id === factId || fact.stored === factId);
    const name = known ? pick(known.label) : factId;
    const words = (of: EnterpriseFile) => {
      const fact = of.facts.find((one) => answerKey(one) === key);
      if (!fact) return null;
      return (
        valueWords({ entity: 'fact', entityId: key, field: 'value' }, fact.value, reference, t) ??
        t('common:notKnown')
      );
    };
    return {
      key,
      label: year ? t('library:history.yearOf', { year, label: name }) : name,
      was: words(file),
      now: words(now),
    };
  });
  const titles = listed(file.titles, now.titles);
  const rights = listed(file.ipRights, now.ipRights);
  return (
    <>
      <Part title={t('asOf.profile')}>
        <Lines lines={profile} />
      </Part>
      {years.length > 0 && (
        <Part title={t('kind.figure')}>
          <div className="past-scroll">
            <table className="past-figures">
              <thead>
                <tr>
                  <th />
                  {years.map((year) => (
                    <th key={year} scope="col">
                      {t('common:unit.year', { year })}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {columns.map((column) => (
                  <tr key={column}>
                    <th scope="row">{t(`common:figure.${column}`)}</th>
                    {years.map((year) => (
                      <td key={year} className="num">
                        <Value was={figure(file, year, column)} now={figure(now, year, column)} />
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </Part>
      )}
      {answers.length > 0 && (
        <Part title={t('kind.fact')}>
          <Lines lines={answers} />
        </Part>
      )}
      {titles.length > 0 && (
        <Part title={t('kind.title')}>
          <Lines lines={titles} />
        </Part>
      )}
      {rights.length > 0 && (
        <Part title={t('kind.ip_right')}>
          <Lines lines={rights} />
        </Part>
      )}
    </>
  );
}

/** An enterprise at the end of a past day (YYYY-MM-DD), read-only, with what differs now. */
export function AsOfView({ enterpriseId, day }: { enterpriseId: string; day: string }) {
  const { t } = useTranslation('safety');
  const now = useEnterprise((state) => (state.id === enterpriseId ? state.file : null));
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    let current = true;
    setAnswer(null);
    setError(null);
    call('history.asOf.get', { enterpriseId, day }).then(
      (found) => current && setAnswer(found),
      (problem: unknown) => current && setError(problem),
    );
    return () => {
      current = false;
    };
  }, [enterpriseId, day]);
  if (error) return <ErrorView error={error} />;
  if (!answer || !now) return <Skeleton active paragraph={{ rows: 8 }} />;
  if (!answer.file)
    return <Alert type="info" showIcon title={t('asOf.notYet', { day: answer.firstDay ?? day })} />;
  return (
    <div className="past-day">
      <Alert type="info" showIcon title={t('asOf.title', { day })} description={t('asOf.text')} />
      <Past file={answer.file} now={now} />
    </div>
  );
}
