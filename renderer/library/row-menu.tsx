import { MoreOutlined } from '@ant-design/icons';
import { App, Button, Dropdown } from 'antd';
import { useTranslation } from 'react-i18next';
import { call } from '../api.ts';
import { errorText } from '../components/error-text.ts';
import { useCanWrite } from '../state/can-write.ts';
import { type EnterpriseTab, go } from '../state/place.ts';
import { startPacking } from './case-store.ts';
import type { ListRow } from './list-store.ts';
import { useBulk } from './use-bulk.tsx';

const tabs: EnterpriseTab[] = ['walk', 'result', 'plan', 'profile'];

/** Archives or restores an enterprise and offers to undo it. Failures are said in a message; nothing changes then. */
export function useArchive(): (enterprise: { id: string; name: string }, archived: boolean) => Promise<void> {
  const { t } = useTranslation('library');
  const { notification, message } = App.useApp();
  return async function archive(enterprise, archived) {
    try {
      await call('enterprise.archive', { id: enterprise.id, archived });
    } catch (error) {
      message.error(errorText(error));
      return;
    }
    const key = `archive-${enterprise.id}`;
    notification.success({
      key,
      title: t(archived ? 'archivedDone' : 'restoredDone', { name: enterprise.name }),
      duration: 8,
      actions: (
        <Button
          size="small"
          onClick={() => {
            notification.destroy(key);
            void call('enterprise.archive', { id: enterprise.id, archived: !archived }).catch(
              (error: unknown) => message.error(errorText(error)),
            );
          }}
        >
          {t('undo')}
        </Button>
      ),
    });
  };
}

/** What can be done with a line of the library besides opening it. */
export function RowMenu({ row }: { row: ListRow }) {
  const canWrite = useCanWrite();
  const { t } = useTranslation(['library', 'lists', 'case']);
  const archive = useArchive();
  const bulk = useBulk();
  return (
    // Keeps a click on the menu from opening the enterprise.
    // biome-ignore lint/a11y/noStaticElementInteractions: only stops the click
    // biome-ignore lint/a11y/useKeyWithClickEvents: only stops the click
    <span onClick={(event) => event.stopPropagation()}>
      <Dropdown
        trigger={['click']}
        menu={{
          items: [
            ...tabs.map((key) => ({ key, label: t(`tab.${key}`) })),
            { type: 'divider' as const },
            ...(row.trashed
              ? [{ key: 'restore', label: t('lists:bulk.restore'), disabled: !canWrite }]
              : [
                  { key: 'pack', label: t('case:pack') },
                  { key: 'archive', label: t(row.archived ? 'restore' : 'archive'), disabled: !canWrite },
                  { key: 'trash', label: t('lists:bulk.trash'), disabled: !canWrite },
                ]),
          ],
          onClick: ({ key }) => {
            if (key === 'pack') startPacking([row.id], row.shortName ?? row.name);
            else if (key === 'archive') void archive(row, !row.archived);
            else if (key === 'trash' || key === 'restore') void bulk({ ids: [row.id] }, { do: key });
            else go({ screen: 'enterprise', id: row.id, tab: key as EnterpriseTab });
          },
        }}
      >
        <Button
          type="text"
          size="small"
          icon={<MoreOutlined />}
          aria-label={t('moreFor', { name: row.name })}
        />
      </Dropdown>
    </span>
  );
}
