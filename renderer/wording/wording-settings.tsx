import { DeleteOutlined, EditOutlined, PlusOutlined } from '@ant-design/icons';
import { App, Button, Radio, Skeleton, Tooltip } from 'antd';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { call, on } from '../api.ts';
import { errorText } from '../components/error-text.ts';
import { ErrorView } from '../components/error-view.tsx';
import { useSettings } from '../state/settings.ts';
import {
  addWording,
  chooseWording,
  loadWording,
  openWording,
  type Profile,
  removeWording,
  useWording,
} from './wording-store.ts';
import './wording.css';

/** Reads the profiles now and whenever settings change (also by undo). */
export function useWordingList(): ReturnType<typeof useWording.getState> {
  useEffect(() => {
    void loadWording();
    return on('changed', ({ topic }) => {
      if (topic === 'settings') void loadWording();
    });
  }, []);
  return useWording();
}

/** The consultancy's own words on its documents: which there are, and which is in use. */
export function WordingSettings() {
  const { t } = useTranslation('wording');
  const { message } = App.useApp();
  const { profiles, error } = useWordingList();
  const chosen = useSettings((state) => state.settings?.wording ?? null);
  const tell = (work: Promise<unknown>) =>
    work.catch((fault: unknown) => void message.error(errorText(fault)));
  /** Removes it, with a way back. */
  const remove = async (profile: Profile) => {
    await removeWording(profile.id, chosen);
    const key = `wording ${profile.id}`;
    void message.open({
      key,
      type: 'success',
      duration: 8,
      content: (
        <span>
          {t('removed', { name: profile.name })}
          <Button
            type="link"
            size="small"
            onClick={() => {
              message.destroy(key);
              void tell(
                call('wording.save', { name: profile.name, words: profile.words }).then(({ id }) =>
                  chosen === profile.id ? chooseWording(id) : undefined,
                ),
              );
            }}
          >
            {t('undo')}
          </Button>
        </span>
      ),
    });
  };
  return (
    <section className="panel settings-part" aria-labelledby="settings-wording">
      <div className="settings-head">
        <h2 id="settings-wording" tabIndex={-1}>
          {t('title')}
        </h2>
        <Button icon={<PlusOutlined />} onClick={() => void tell(addWording(t('newName')))}>
          {t('add')}
        </Button>
      </div>
      <p className="muted">{t('text')}</p>
      {error ? <ErrorView error={error} onRetry={() => void loadWording()} /> : null}
      {!profiles && !error && <Skeleton active paragraph={{ rows: 1 }} />}
      {profiles?.length === 0 && <p className="muted">{t('none')}</p>}
      {profiles && profiles.length > 0 && (
        <Radio.Group
          aria-labelledby="settings-wording"
          className="wording-list"
          value={profiles.some(({ id }) => id === chosen) ? chosen : null}
          onChange={({ target }) => void tell(chooseWording(target.value as string | null))}
        >
          <div className="wording-row">
            <Radio value={null}>{t('usual')}</Radio>
          </div>
          {profiles.map((profile) => (
            <div className="wording-row" key={profile.id} data-profile={profile.id}>
              <Radio value={profile.id}>
                {profile.name}
                <span className="muted wording-firm">
                  {[profile.words.firm.zh, profile.words.firm.en].filter(Boolean).join(' \u00b7 ')}
                </span>
              </Radio>
              <Button
                type="text"
                size="small"
                icon={<EditOutlined />}
                aria-label={`${t('edit')} ${profile.name}`}
                onClick={() => openWording(profile)}
              />
              <Tooltip title={t('remove')}>
                <Button
                  type="text"
                  size="small"
                  icon={<DeleteOutlined />}
                  aria-label={`${t('remove')} ${profile.name}`}
                  onClick={() => void tell(remove(profile))}
                />
              </Tooltip>
            </div>
          ))}
        </Radio.Group>
      )}
    </section>
  );
}
