import { Alert, Table } from 'antd';
import i18next from 'i18next';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallOutput } from '../../electron/api.ts';
import { call } from '../api.ts';
import { ErrorView } from '../components/error-view.tsx';
import { GradeTag } from '../components/grade-tag.tsx';
import { formatNumber } from '../components/money.ts';
import { pick } from '../i18n/i18n.ts';
import { loadReference, type Reference, useReference } from '../state/reference.ts';

type Info = CallOutput<'app.info'>;

/** A notice of the service by its key; one without a text here is left out rather than shown as a key. */
function noticeText({ key, details }: Info['notices'][number]): string | null {
  const found = [`errors:${key}`, `settings:notice.${key}`].find((candidate) => i18next.exists(candidate));
  return found ? i18next.t(found, details) : null;
}

function Standards({ reference }: { reference: Reference }) {
  const { t } = useTranslation('settings');
  return (
    <Table
      size="small"
      pagination={false}
      rowKey="id"
      tableLayout="fixed"
      dataSource={reference.standards}
      columns={[
        {
          title: t('standard.title'),
          render: (_, row) => (
            <div>
              <div>{pick(row.title)}</div>
              <div className="muted">{pick(row.number)}</div>
            </div>
          ),
        },
        { title: t('standard.version'), dataIndex: 'version', align: 'right', width: 76 },
        {
          title: t('standard.effective'),
          width: 270,
          render: (_, row) => (
            <div>
              <div>
                {row.to
                  ? t('standard.fromTo', { from: row.from, to: row.to })
                  : t('standard.from', { from: row.from })}
              </div>
              <div className="muted">{pick(row.status)}</div>
            </div>
          ),
        },
        { title: t('standard.grade'), width: 132, render: (_, row) => <GradeTag grade={row.grade} /> },
        {
          title: t('standard.hash'),
          width: 124,
          dataIndex: 'hash',
          render: (hash: string) => <code title={hash}>{hash.replace(/^sha256[-:]/, '').slice(0, 12)}</code>,
        },
      ]}
    />
  );
}

/** What this copy is: version, where the library lies, and the standards it judges by. */
export function About() {
  const { t } = useTranslation('settings');
  const { reference, error: referenceError } = useReference();
  const [info, setInfo] = useState<Info | null>(null);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    void loadReference();
    call('app.info', {}).then(setInfo, setError);
  }, []);
  const notices = (info?.notices ?? []).map(noticeText).filter((text) => text !== null);
  return (
    <section className="panel settings-part" aria-labelledby="settings-about">
      <div className="settings-head">
        <h2 id="settings-about">{t('about')}</h2>
      </div>
      {error ? <ErrorView error={error} /> : null}
      {notices.map((text) => (
        <Alert key={text} type="info" showIcon title={text} />
      ))}
      {info && (
        <dl className="facts">
          <dt>{t('version')}</dt>
          <dd>Cultivar {info.version}</dd>
          <dt>{t('libraryPath')}</dt>
          <dd className="path">{info.libraryPath}</dd>
          <dt>{t('enterprises')}</dt>
          <dd>{formatNumber(info.enterprises)}</dd>
        </dl>
      )}
      <h3>{t('standards')}</h3>
      <p className="muted">{t('standardsText')}</p>
      {(info?.faults ?? []).map((fault) => (
        <Alert
          key={`${fault.file} ${fault.path}`}
          type="error"
          showIcon
          title={t('fault', { file: fault.file })}
          description={t('faultPlace', { path: fault.path || t('faultWhole'), message: fault.message })}
        />
      ))}
      {referenceError ? <ErrorView error={referenceError} onRetry={() => void loadReference()} /> : null}
      {reference && <Standards reference={reference} />}
      <p className="muted">{t('disclaimer')}</p>
    </section>
  );
}
