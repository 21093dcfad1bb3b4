import { App, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { CallInput } from '../../electron/api.ts';
import { call } from '../api.ts';
import { formatNumber } from '../components/money.ts';
import { tellFailure } from '../components/tell-failure.ts';
import { undoStep } from '../safety/undo-store.ts';
import { clearSelection, type Selection } from './selection.ts';

type Operation = CallInput<'bulk.apply'>['operation'];

function doneKey(operation: Operation): string {
  if (operation.do === 'archive') return operation.archived ? 'doneArchive' : 'doneUnarchive';
  return { edit: 'doneEdit', trash: 'doneTrash', restore: 'doneRestore' }[operation.do];
}

/** Does one thing to many enterprises and offers to undo it; says whether it was done. Failures are told, nothing changes then. */
export function useBulk(): (selection: Selection, operation: Operation) => Promise<boolean> {
  const { t } = useTranslation('lists');
  const { notification, message } = App.useApp();
  return async (selection, operation) => {
    try {
      const { changed } = await call('bulk.apply', { selection, operation });
      clearSelection();
      const key = 'bulk';
      notification.success({
        key,
        title: t(`bulk.${doneKey(operation)}`, { number: formatNumber(changed) }),
        duration: 8,
        actions:
          changed > 0 ? (
            <Button
              size="small"
              onClick={() => {
                notification.destroy(key);
                void undoStep('back');
              }}
            >
              {t('bulk.undo')}
            </Button>
          ) : null,
      });
      return true;
    } catch (error) {
      tellFailure(message, error);
      return false;
    }
  };
}
