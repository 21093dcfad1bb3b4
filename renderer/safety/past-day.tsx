import { HistoryOutlined } from '@ant-design/icons';
import { App, Button, DatePicker } from 'antd';
import type { Dayjs } from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../api.ts';
import { errorText } from '../components/error-text.ts';
import { go } from '../state/place.ts';
import { flushAll } from '../state/save-queue.ts';
import { useAccess } from './access-store.ts';

/** Opens the library as it was at the end of a day (YYYY-MM-DD). What is being typed is stored first. Throws CallError. */
async function openPastDay(day: string): Promise<void> {
  await flushAll();
  await call('access.past', { day });
  // What is open now may not have been there then.
  go({ screen: 'library' });
  location.reload();
}

/** Settings: the way to the library as it was on a past day. */
export function PastDay() {
  const { t } = useTranslation('safety');
  const { message } = App.useApp();
  const [day, setDay] = useState<Dayjs | null>(null);
  const [busy, setBusy] = useState(false);
  const inPast = useAccess((state) => state.access?.readOnly?.reason === 'past');
  if (inPast) return null;
  const open = async () => {
    if (!day) return;
    setBusy(true);
    try {
      await openPastDay(day.format('YYYY-MM-DD'));
    } catch (error) {
      void message.error(errorText(error), 8);
      setBusy(false);
    }
  };
  return (
    <section className="panel settings-part" aria-labelledby="settings-past">
      <div className="settings-head">
        <div>
          <h2 id="settings-past" tabIndex={-1}>
            {t('access.pastTitle')}
          </h2>
          <p className="muted">{t('access.pastText')}</p>
        </div>
        <span className="backup-actions">
          <DatePicker
            value={day}
            onChange={setDay}
            disabledDate={(date) => date.isAfter(new Date(), 'day')}
            placeholder={t('asOf.day')}
            aria-label={t('asOf.day')}
          />
          <Button icon={<HistoryOutlined />} disabled={!day} loading={busy} onClick={() => void open()}>
            {t('access.pastOpen')}
          </Button>
        </span>
      </div>
    </section>
  );
}
