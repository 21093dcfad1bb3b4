import { App, Button, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { callShell } from '../api.ts';
import { formatDay } from '../components/dates.ts';
import { errorText } from '../components/error-text.ts';
import { tellFailure } from '../components/tell-failure.ts';
import { useCase } from './case-store.ts';
import { JobBar } from './job-bar.tsx';
import './case.css';

const SHORTEST = 8;

/** Packs the chosen enterprises into one file for another laptop, sealed with a passphrase if one is given. */
export function CasePack() {
  const { t } = useTranslation('case');
  const { message } = App.useApp();
  const packing = useCase((state) => state.packing);
  const [passphrase, setPassphrase] = useState('');
  const [busy, setBusy] = useState(false);
  const short = passphrase !== '' && passphrase.length < SHORTEST;
  const close = () => {
    setPassphrase('');
    useCase.setState({ packing: null });
  };
  const save = async () => {
    if (!packing || short) return;
    setBusy(true);
    try {
      const date = formatDay(new Date().toISOString()).replaceAll('/', '-');
      const answer = await callShell('shell.saveCase', {
        ids: [...packing.ids],
        passphrase: passphrase === '' ? null : passphrase,
        suggestedName: packing.name ? t('nameOne', { name: packing.name, date }) : t('name', { date }),
      });
      if ('cancelled' in answer) return;
      close();
      message.success({
        duration: 8,
        content: (
          <span>
            {t('packed', { count: answer.firms })}{' '}
            <Button
              type="link"
              size="small"
              onClick={() =>
                void callShell('shell.showInFolder', { path: answer.path }).catch((error: unknown) =>
                  message.error(errorText(error)),
                )
              }
            >
              {t('exchange:showFile')}
            </Button>
          </span>
        ),
      });
    } catch (error) {
      tellFailure(message, error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal
      open={packing !== null}
      title={t('packTitle', { count: packing?.ids.length ?? 0 })}
      okText={t('save')}
      cancelText={t('cancel')}
      confirmLoading={busy}
      okButtonProps={{ disabled: short }}
      onOk={() => void save()}
      closable={!busy}
      keyboard={!busy}
      mask={{ closable: !busy }}
      cancelButtonProps={{ disabled: busy }}
      onCancel={close}
      destroyOnHidden
    >
      <p>{t('packText')}</p>
      <label htmlFor="case-passphrase">{t('passphrase')}</label>
      <Input.Password
        id="case-passphrase"
        autoComplete="new-password"
        maxLength={200}
        placeholder={t('noPassphrase')}
        status={short ? 'error' : ''}
        value={passphrase}
        onChange={({ target }) => setPassphrase(target.value)}
        onPressEnter={() => void save()}
      />
      <p className="muted case-hint">{t('passphraseHint')}</p>
      <JobBar job="pack" />
    </Modal>
  );
}
