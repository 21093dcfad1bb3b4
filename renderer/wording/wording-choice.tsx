import { EditOutlined } from '@ant-design/icons';
import { App, Button, Select, Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import { errorText } from '../components/error-text.ts';
import { useCanWrite } from '../state/can-write.ts';
import { useSettings } from '../state/settings.ts';
import { useWordingList } from './wording-settings.tsx';
import { addWording, chooseWording, openWording } from './wording-store.ts';
import './wording.css';

const USUAL = 'usual';

/** Which words the paper is printed in, with the way to edit them; preview and every export follow it. */
export function WordingChoice({ editing = true }: { editing?: boolean }) {
  const { t } = useTranslation('wording');
  const { message } = App.useApp();
  const canWrite = useCanWrite();
  const { profiles } = useWordingList();
  const chosen = useSettings((state) => state.settings?.wording ?? null);
  const current = profiles?.find(({ id }) => id === chosen);
  const tell = (work: Promise<unknown>) =>
    void work.catch((fault: unknown) => void message.error(errorText(fault)));
  return (
    <span className="wording-choice">
      <Select
        size="small"
        aria-label={t('choose')}
        disabled={!canWrite}
        value={current?.id ?? USUAL}
        options={[
          { value: USUAL, label: t('usual') },
          ...(profiles ?? []).map(({ id, name }) => ({ value: id, label: name })),
        ]}
        popupMatchSelectWidth={false}
        onChange={(id) => tell(chooseWording(id === USUAL ? null : id))}
      />
      {editing && (
        <Tooltip title={t(current ? 'manage' : 'add')}>
          <Button
            type="text"
            size="small"
            icon={<EditOutlined />}
            aria-label={t(current ? 'manage' : 'add')}
            disabled={!canWrite || !profiles}
            onClick={() => (current ? openWording(current) : tell(addWording(t('newName'))))}
          />
        </Tooltip>
      )}
    </span>
  );
}
