import { EyeInvisibleOutlined } from '@ant-design/icons';
import { App, Button, Popconfirm, Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import { errorText } from '../components/error-text.ts';
import { beginGuest, endGuest, useGuest } from '../state/guest.ts';
import './safety.css';

/** Hides all other enterprises before guests look at the screen. */
export function GuestButton({ id }: { id: string }) {
  const { t } = useTranslation('guest');
  const { message } = App.useApp();
  const watching = useGuest((state) => state.id !== null);
  if (watching) return null;
  return (
    <Tooltip title={t('begin')}>
      <Button
        type="text"
        icon={<EyeInvisibleOutlined aria-hidden />}
        aria-label={t('begin')}
        onClick={() => void beginGuest(id).catch((error: unknown) => message.error(errorText(error)))}
      />
    </Tooltip>
  );
}

/** Says that guests are watching and what they can see, and ends it after a question. */
export function GuestBar() {
  const { t } = useTranslation('guest');
  const { message } = App.useApp();
  const { id, name } = useGuest();
  if (id === null) return null;
  return (
    <div className="guest-bar" role="status">
      <EyeInvisibleOutlined aria-hidden />
      <span className="ellipsis">{t('bar', { name })}</span>
      <Popconfirm
        title={t('endSure')}
        okText={t('endYes')}
        cancelText={t('cancel')}
        placement="bottomRight"
        onConfirm={() => void endGuest().catch((error: unknown) => message.error(errorText(error)))}
      >
        <Button size="small">{t('end')}</Button>
      </Popconfirm>
    </div>
  );
}
