import { Alert, App, Button } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatMoment } from '../components/dates.ts';
import { errorText } from '../components/error-text.ts';
import { pick } from '../i18n/i18n.ts';
import { followAccess, reopen, useAccess } from './access-store.ts';

const HIDDEN = 'cultivar.cloudSeen';

/** Says when the library can only be looked at and why, and when it lies in a folder that a cloud service copies. */
export function AccessNotice() {
  const { t } = useTranslation('safety');
  const { message } = App.useApp();
  const access = useAccess((state) => state.access);
  const [busy, setBusy] = useState(false);
  const [hidden, setHidden] = useState(() => sessionStorage.getItem(HIDDEN) === '1');
  useEffect(() => followAccess(), []);
  if (!access) return null;
  const { readOnly, cloud } = access;
  const again = async (force: boolean) => {
    setBusy(true);
    try {
      if (await reopen(force)) location.reload();
      else void message.info(t('access.still'));
    } catch (error) {
      void message.error(errorText(error));
    } finally {
      setBusy(false);
    }
  };
  if (readOnly) {
    const holder = readOnly.holder;
    const past = readOnly.reason === 'past';
    return (
      <div className="notice-bar" role="status">
        <Alert
          type={past ? 'info' : 'warning'}
          showIcon
          title={t(`access.${readOnly.reason}`, {
            who: holder ? `${holder.user} \u00b7 ${holder.host}` : t('access.somebody'),
            since: holder ? formatMoment(holder.since) : '',
            day: readOnly.day ?? '',
          })}
          description={t(past ? 'access.pastCanLook' : 'access.canLook')}
          action={
            <span className="backup-actions">
              {readOnly.reason !== 'media' && (
                <Button size="small" loading={busy} onClick={() => void again(false)}>
                  {t(past ? 'access.toToday' : 'access.again')}
                </Button>
              )}
              {readOnly.silent && (
                <Button size="small" loading={busy} onClick={() => void again(true)}>
                  {t('access.takeOver')}
                </Button>
              )}
            </span>
          }
        />
      </div>
    );
  }
  if (!cloud || hidden) return null;
  return (
    <div className="notice-bar" role="status">
      <Alert
        type="warning"
        showIcon
        title={t('access.cloud', { name: pick(cloud.name) })}
        description={t('access.cloudText', { folder: access.folder })}
        closable={{
          'aria-label': t('close'),
          onClose: () => {
            sessionStorage.setItem(HIDDEN, '1');
            setHidden(true);
          },
        }}
      />
    </div>
  );
}
