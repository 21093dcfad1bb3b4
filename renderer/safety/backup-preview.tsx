import { Alert, App, Button, Drawer, Skeleton } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../api.ts';
import { formatMoment } from '../components/dates.ts';
import { ErrorView } from '../components/error-view.tsx';
import { formatNumber } from '../components/money.ts';
import { type Comparison, type ListedBackup, restoreBackup, useBackups } from './backup-store.ts';

const TABLES = ['enterprise', 'figure', 'fact', 'title', 'ip_right', 'diagnosis', 'plan'];
const SHOWN = 30;

/** Names of enterprises that differ, and in which kinds of record. */
export function Differing(props: { title: string; list: Comparison['changed']; kinds?: boolean }) {
  const { t, i18n } = useTranslation('safety');
  if (props.list.total === 0) return null;
  const kind = (name: string) => (i18n.exists(`safety:kind.${name}`) ? t(`kind.${name}`) : t('kind.other'));
  return (
    <section className="differing">
      <h3>
        {props.title} <span className="muted">{formatNumber(props.list.total)}</span>
      </h3>
      <ul>
        {props.list.some.slice(0, SHOWN).map((one) => (
          <li key={one.id}>
            {one.name}
            {props.kinds && (
              <span className="muted"> {[...new Set(one.kinds.map(kind))].join(t('listComma'))}</span>
            )}
          </li>
        ))}
      </ul>
      {props.list.total > SHOWN && (
        <p className="muted">{t('backup.andMore', { count: props.list.total - SHOWN })}</p>
      )}
    </section>
  );
}

/** The numbers of both sides in one table. */
export function Sides({ comparison, there }: { comparison: Comparison; there: string }) {
  const { t } = useTranslation('safety');
  const when = (last: Comparison['last']['here']) =>
    last ? `${formatMoment(last.at)} · ${last.actor}` : t('backup.never');
  return (
    <table className="sides">
      <thead>
        <tr>
          <th scope="col">{t('backup.content')}</th>
          <th scope="col">{there}</th>
          <th scope="col">{t('backup.now')}</th>
        </tr>
      </thead>
      <tbody>
        {TABLES.filter((table) => comparison.counts[table]).map((table) => (
          <tr key={table}>
            <th scope="row">{t(`kind.${table}`)}</th>
            <td>{formatNumber(comparison.counts[table]!.there)}</td>
            <td>{formatNumber(comparison.counts[table]!.here)}</td>
          </tr>
        ))}
        <tr>
          <th scope="row">{t('backup.lastChange')}</th>
          <td>{when(comparison.last.there)}</td>
          <td>{when(comparison.last.here)}</td>
        </tr>
      </tbody>
    </table>
  );
}

/** What a backup holds against the library of now, and the way back to it. */
export function BackupPreview({ backup, onClose }: { backup: ListedBackup; onClose: () => void }) {
  const { t } = useTranslation('safety');
  const { message, modal } = App.useApp();
  const busy = useBackups((state) => state.busy);
  const [comparison, setComparison] = useState<Comparison | null>(null);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    let current = true;
    call('backup.compare', { name: backup.name }).then(
      (answer) => current && setComparison(answer),
      (problem: unknown) => current && setError(problem),
    );
    return () => {
      current = false;
    };
  }, [backup.name]);
  const when = backup.at ? formatMoment(backup.at) : t('backup.undescribed');
  const restore = () =>
    modal.confirm({
      title: t('backup.confirm', { when }),
      content: t('backup.confirmText'),
      okText: t('backup.restore'),
      cancelText: t('cancel'),
      onOk: async () => {
        if (!(await restoreBackup(backup.name))) return;
        void message.success(t('backup.restored', { when }), 8);
        onClose();
      },
    });
  const same =
    comparison && comparison.onlyHere.total + comparison.onlyThere.total + comparison.changed.total === 0;
  return (
    <Drawer
      open
      size={620}
      title={t('backup.of', { when })}
      onClose={onClose}
      closable={{ 'aria-label': t('close') }}
      footer={
        <div className="backup-foot">
          <span className="muted">{t('backup.undoable')}</span>
          <Button
            type="primary"
            loading={busy === 'restore'}
            disabled={!comparison || same === true}
            onClick={() => void restore()}
          >
            {t('backup.restoreThis')}
          </Button>
        </div>
      }
    >
      {error ? <ErrorView error={error} /> : null}
      {!comparison && !error && <Skeleton active paragraph={{ rows: 8 }} />}
      {comparison && (
        <div className="backup-preview">
          <Sides comparison={comparison} there={t('backup.there')} />
          {same && <Alert type="info" showIcon title={t('backup.same')} />}
          <Differing title={t('backup.onlyHere')} list={comparison.onlyHere} />
          <Differing title={t('backup.changed')} list={comparison.changed} kinds />
          <Differing title={t('backup.onlyThere')} list={comparison.onlyThere} />
        </div>
      )}
    </Drawer>
  );
}
