import { FolderAddOutlined, ReloadOutlined } from '@ant-design/icons';
import { Alert, App, Button } from 'antd';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallOutput } from '../../electron/api.ts';
import { call } from '../api.ts';
import { errorText } from '../components/error-text.ts';
import { ErrorView } from '../components/error-view.tsx';
import { pick } from '../i18n/i18n.ts';

type Packs = CallOutput<'packs.list'>;

/** The consultancy's own packs in the data folder: what is loaded, what stands over ours, and what is wrong. */
export function OwnPacks() {
  const { t } = useTranslation('settings');
  const { message } = App.useApp();
  const [found, setFound] = useState<Packs | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const load = useCallback(async (name: 'packs.list' | 'packs.reload') => {
    try {
      setFound(await call(name, {}));
      setError(null);
    } catch (fault) {
      setError(fault);
    }
  }, []);
  useEffect(() => {
    void load('packs.list');
  }, [load]);
  const run = async (work: () => Promise<void>) => {
    setBusy(true);
    try {
      await work();
    } catch (fault) {
      void message.error(errorText(fault));
    } finally {
      setBusy(false);
    }
  };
  return (
    <section className="panel settings-part" aria-labelledby="settings-packs">
      <div className="settings-head">
        <h2 id="settings-packs">{t('packs')}</h2>
        <span className="settings-tools">
          <Button
            icon={<FolderAddOutlined />}
            loading={busy}
            onClick={() =>
              void run(async () => {
                await call('packs.prepare', {});
                void message.success(t('packsPrepared'));
              })
            }
          >
            {t('packsPrepare')}
          </Button>
          <Button
            icon={<ReloadOutlined />}
            loading={busy}
            onClick={() => void run(() => load('packs.reload'))}
          >
            {t('packsReload')}
          </Button>
        </span>
      </div>
      <p className="muted">{t('packsText')}</p>
      {error ? <ErrorView error={error} onRetry={() => void load('packs.list')} /> : null}
      {found && (
        <dl className="facts">
          <dt>{t('packsFolder')}</dt>
          <dd className="path">{found.folder}</dd>
        </dl>
      )}
      {found?.packs.length === 0 && <p className="muted">{t('noPacks')}</p>}
      {found && found.packs.length > 0 && (
        <ul className="pack-list">
          {found.packs.map((pack) => (
            <li key={pack.file}>
              <strong>{pack.title ? pick(pack.title) : pack.file}</strong>{' '}
              <span className="muted">
                {pack.file} {'\u00b7'} {t(`packEntries.${pack.kind}`, { count: pack.entries })}
                {pack.overrides > 0 && ` \u00b7 ${t('packOverrides', { count: pack.overrides })}`}
              </span>
            </li>
          ))}
        </ul>
      )}
      {found?.faults.map((fault) => (
        <Alert
          key={`${fault.file} ${fault.path}`}
          type={fault.stray ? 'warning' : 'error'}
          showIcon
          title={t(fault.stray ? 'packStray' : 'fault', { file: fault.file })}
          description={t('faultPlace', { path: fault.path || t('faultWhole'), message: fault.message })}
        />
      ))}
    </section>
  );
}
