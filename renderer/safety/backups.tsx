import { CloudServerOutlined, FolderOpenOutlined, SafetyOutlined } from '@ant-design/icons';
import { Alert, Button, Table, Tooltip } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CallError } from '../api.ts';
import { formatMoment } from '../components/dates.ts';
import { errorText } from '../components/error-text.ts';
import { ErrorView } from '../components/error-view.tsx';
import { formatNumber } from '../components/money.ts';
import { BackupPreview } from './backup-preview.tsx';
import {
  type BackupStatus,
  chooseSecond,
  dropSecond,
  followBackups,
  type ListedBackup,
  loadBackups,
  makeBackup,
  tryBackup,
  useBackups,
} from './backup-store.ts';
import './safety.css';

function megabytes(bytes: number): string {
  return formatNumber(Math.round(bytes / 104857.6) / 10);
}

/** When a restore was last tried out, and how it went. */
function Proved({ status }: { status: BackupStatus }) {
  const { t } = useTranslation('safety');
  const { drill, backups } = status;
  if (backups.length === 0) return <p className="muted">{t('backup.noneYet')}</p>;
  if (!drill) return <p className="muted">{t('backup.neverProved')}</p>;
  const words = {
    when: formatMoment(drill.at),
    count: drill.enterprises,
    seconds: (drill.milliseconds / 1000).toFixed(1),
  };
  return drill.ok ? (
    <p className="backup-proved">
      <SafetyOutlined aria-hidden /> {t('backup.lastProved', words)}
    </p>
  ) : (
    <Alert type="error" showIcon title={t('backup.proofFailed', words)} />
  );
}

function Second({ status }: { status: BackupStatus }) {
  const { t } = useTranslation('safety');
  const busy = useBackups((state) => state.busy);
  return (
    <>
      <div className="settings-row">
        <span>{t('backup.second')}</span>
        <div className="backup-second">
          {status.second ? (
            <code className="path">{status.second}</code>
          ) : (
            <span className="muted">{t('backup.noSecond')}</span>
          )}
          <Button
            icon={<FolderOpenOutlined />}
            loading={busy === 'second'}
            onClick={() => void chooseSecond()}
          >
            {t(status.second ? 'backup.changeSecond' : 'backup.chooseSecond')}
          </Button>
          {status.second && (
            <Button type="text" onClick={() => void dropSecond()}>
              {t('backup.dropSecond')}
            </Button>
          )}
        </div>
      </div>
      {status.second && status.secondFault && (
        <Alert type="warning" showIcon title={t('backup.secondFault', { reason: status.secondFault })} />
      )}
    </>
  );
}

function List({ status, onLook }: { status: BackupStatus; onLook: (backup: ListedBackup) => void }) {
  const { t } = useTranslation('safety');
  const { busy } = useBackups();
  return (
    <Table<ListedBackup>
      rowKey="name"
      size="small"
      dataSource={status.backups}
      pagination={{ pageSize: 8, hideOnSinglePage: true, showSizeChanger: false }}
      columns={[
        {
          title: t('backup.at'),
          width: 160,
          render: (_, { at }) => (at ? formatMoment(at) : t('backup.undescribed')),
        },
        { title: t('backup.why'), render: (_, { why }) => t(`backup.reason.${why}`) },
        {
          title: t('backup.enterprises'),
          align: 'right',
          width: 90,
          render: (_, { enterprises }) => (enterprises === null ? '—' : formatNumber(enterprises)),
        },
        {
          title: t('backup.size'),
          align: 'right',
          width: 100,
          render: (_, { bytes }) => `${megabytes(bytes)} MB`,
        },
        {
          title: t('backup.proof'),
          width: 130,
          render: (_, { drill, at }) =>
            drill ? (
              <Tooltip title={formatMoment(drill.at)}>
                <span className={`tag tag-small ${drill.ok ? 'tag-met' : 'tag-unmet'}`}>
                  {t(drill.ok ? 'backup.tried' : 'backup.triedBad')}
                </span>
              </Tooltip>
            ) : (
              <span className="tag tag-small tag-neutral">
                {t(at ? 'backup.checked' : 'backup.unchecked')}
              </span>
            ),
        },
        {
          title: <span className="visually-hidden">{t('backup.actions')}</span>,
          width: 200,
          align: 'right',
          render: (_, backup) => (
            <span className="backup-actions">
              <Button
                size="small"
                type="link"
                disabled={busy !== null}
                onClick={() => void tryBackup(backup.name)}
              >
                {t('backup.try')}
              </Button>
              <Button size="small" disabled={busy !== null} onClick={() => onLook(backup)}>
                {t('backup.look')}
              </Button>
            </span>
          ),
        },
      ]}
    />
  );
}

/** Settings: the backups there are, what proves them, a second place for them, and the way back. */
export function Backups() {
  const { t } = useTranslation('safety');
  const { status, busy, error } = useBackups();
  const [looked, setLooked] = useState<ListedBackup | null>(null);
  useEffect(() => {
    void loadBackups();
    return followBackups();
  }, []);
  return (
    <section className="panel settings-part" aria-labelledby="settings-backups">
      <div className="settings-head">
        <div>
          <h2 id="settings-backups" tabIndex={-1}>
            {t('backup.title')}
          </h2>
          <p className="muted">{t('backup.text')}</p>
        </div>
        <span className="backup-actions">
          <Button
            disabled={!status?.backups.length}
            loading={busy === 'drill'}
            onClick={() => void tryBackup()}
          >
            {t('backup.tryNow')}
          </Button>
          <Button
            type="primary"
            icon={<CloudServerOutlined />}
            loading={busy === 'make'}
            onClick={() => void makeBackup()}
          >
            {t('backup.make')}
          </Button>
        </span>
      </div>
      {error ? <ErrorView error={error} onRetry={() => void loadBackups()} /> : null}
      {status?.fault && (
        <Alert
          type="error"
          showIcon
          title={t('backup.fault')}
          description={errorText(new CallError(status.fault as CallError['error']))}
        />
      )}
      {status && (
        <>
          <Proved status={status} />
          {status.backups.length > 0 && <List status={status} onLook={setLooked} />}
          <div className="settings-row">
            <span>{t('backup.folder')}</span>
            <code className="path">{status.folder}</code>
          </div>
          <Second status={status} />
          <p className="field-hint">{t('backup.rule')}</p>
        </>
      )}
      {looked && <BackupPreview backup={looked} onClose={() => setLooked(null)} />}
    </section>
  );
}
