import { FileProtectOutlined, FolderOpenOutlined, ReloadOutlined } from '@ant-design/icons';
import { Alert, App, Button, Checkbox, Radio, Skeleton } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallOutput } from '../../electron/api.ts';
import { call } from '../api.ts';
import { formatMoment } from '../components/dates.ts';
import { errorText } from '../components/error-text.ts';
import { formatNumber } from '../components/money.ts';
import './safety.css';

type Rescue = CallOutput<'rescue.status'>;

/** What would be missing after restoring the newest good backup, and what of it can still be read. */
function Newer({ rescue }: { rescue: Rescue }) {
  const { t } = useTranslation('safety');
  const { newer } = rescue;
  if (!newer) return <p className="muted">{t('damage.unreadable')}</p>;
  if (newer.changes === 0)
    return <p className="muted">{t(newer.partly ? 'damage.nothingReadable' : 'damage.nothingNewer')}</p>;
  const named = newer.enterprises.map(({ name, changes }) =>
    t('damage.touched', { name: name || t('damage.unnamed'), count: changes }),
  );
  return (
    <>
      <p>
        {t('damage.newer', {
          count: newer.changes,
          from: formatMoment(newer.first ?? ''),
          to: formatMoment(newer.last ?? ''),
        })}{' '}
        {newer.partly && t('damage.partly')}
      </p>
      <ul className="damage-list">
        {named.map((text) => (
          <li key={text}>{text}</li>
        ))}
        {newer.more > 0 && <li className="muted">{t('backup.andMore', { count: newer.more })}</li>}
      </ul>
    </>
  );
}

/**
 * The library cannot be opened: what is wrong, what there is to restore, and what would be missing. Nothing happens until
 * a person chooses; the damaged file is set aside and never deleted.
 */
export function DamageScreen({ error }: { error: unknown }) {
  const { t } = useTranslation('safety');
  const { modal } = App.useApp();
  const [rescue, setRescue] = useState<Rescue | null>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const [takeNewer, setTakeNewer] = useState(true);
  const [busy, setBusy] = useState<'restore' | 'begin' | 'accept' | 'retry' | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const look = () =>
    call('rescue.status', {}).then(
      (found) => {
        setRescue(found);
        setChosen(found.best);
      },
      (fault: unknown) => setProblem(fault),
    );
  // biome-ignore lint/correctness/useExhaustiveDependencies: once
  useEffect(() => {
    void look();
  }, []);
  const run = async (what: NonNullable<typeof busy>, work: () => Promise<unknown>) => {
    setBusy(what);
    setProblem(null);
    try {
      await work();
      location.reload();
    } catch (fault) {
      setProblem(fault);
      setBusy(null);
      void look();
    }
  };
  const newer = rescue?.newer?.changes ?? 0;
  const begin = () =>
    modal.confirm({
      title: t('damage.beginConfirm'),
      content: t('damage.beginText'),
      okText: t('damage.begin'),
      cancelText: t('cancel'),
      onOk: () => void run('begin', () => call('rescue.begin', {})),
    });
  return (
    <main className="damage">
      <header>
        <FileProtectOutlined className="damage-icon" aria-hidden />
        <div>
          <h1>{t('damage.title')}</h1>
          <p className="damage-lead">{errorText(error)}</p>
          <p className="muted">{t('damage.promise')}</p>
        </div>
      </header>
      {problem ? <Alert type="error" showIcon title={errorText(problem)} /> : null}
      {!rescue && !problem && <Skeleton active paragraph={{ rows: 6 }} title={false} />}
      {rescue && (
        <>
          <section className="panel">
            <h2>{t('damage.backups')}</h2>
            {rescue.best === null && <Alert type="warning" showIcon title={t('damage.noBackup')} />}
            <Radio.Group
              className="damage-backups"
              value={chosen}
              onChange={({ target }) => setChosen(target.value as string)}
            >
              {rescue.backups.slice(0, 6).map(({ name, at, why, enterprises, good }) => (
                <Radio key={name} value={name} disabled={!good}>
                  <strong>{at ? formatMoment(at) : t('backup.undescribed')}</strong>
                  <span className="muted">
                    {t(`backup.reason.${why}`)}
                    {enterprises !== null &&
                      ` \u00b7 ${t('damage.holds', { count: enterprises, shown: formatNumber(enterprises) })}`}
                  </span>
                  <span className={`tag tag-small ${good ? 'tag-met' : 'tag-unmet'}`}>
                    {t(name === rescue.best ? 'damage.newestGood' : good ? 'backup.checked' : 'damage.bad')}
                  </span>
                </Radio>
              ))}
            </Radio.Group>
          </section>
          <section className="panel">
            <h2>{t('damage.missing')}</h2>
            <Newer rescue={rescue} />
            {newer > 0 && (
              <Checkbox checked={takeNewer} onChange={({ target }) => setTakeNewer(target.checked)}>
                {t('damage.takeNewer', { count: newer })}
              </Checkbox>
            )}
          </section>
          <div className="damage-actions">
            <Button
              type="primary"
              size="large"
              loading={busy === 'restore'}
              disabled={chosen === null || busy !== null}
              onClick={() =>
                void run('restore', () =>
                  call('rescue.restore', { name: chosen ?? '', takeNewer: takeNewer && newer > 0 }),
                )
              }
            >
              {t('damage.restore')}
            </Button>
            <Button
              size="large"
              icon={<ReloadOutlined />}
              loading={busy === 'retry'}
              disabled={busy !== null}
              onClick={() => void run('retry', () => call('access.reopen', {}))}
            >
              {t('damage.again')}
            </Button>
            {rescue.error?.key === 'libraryChanged' && (
              <Button
                size="large"
                disabled={busy !== null}
                loading={busy === 'accept'}
                onClick={() => void run('accept', () => call('rescue.accept', {}))}
              >
                {t('damage.accept')}
              </Button>
            )}
            <Button type="text" size="large" disabled={busy !== null} onClick={() => void begin()}>
              {t('damage.begin')}
            </Button>
          </div>
          <p className="muted damage-file">
            <FolderOpenOutlined aria-hidden /> {t('damage.file')} <code className="path">{rescue.file}</code>
            {rescue.aside.length > 0 && ` ${t('damage.aside', { names: rescue.aside.join(', ') })}`}
          </p>
        </>
      )}
    </main>
  );
}
