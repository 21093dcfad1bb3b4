import { App, Button } from 'antd';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { errorText } from '../components/error-text.ts';
import { actionWord, changedFields, subjectWords } from '../library/history-words.ts';
import { goTo } from '../state/place.ts';
import { useReference } from '../state/reference.ts';
import { placeOfChange } from './spot-place.ts';
import { undoStep, useUndo } from './undo-store.ts';

const KEY = 'undo';
/** Values named in the message; more are counted. */
const NAMED = 2;

/** Says what was taken back or done again, with a way to the place of it and the way back. */
export function UndoMessage() {
  const { t } = useTranslation(['safety', 'library', 'common']);
  const { message } = App.useApp();
  const { last, turn } = useUndo();
  const reference = useReference((state) => state.reference);
  // biome-ignore lint/correctness/useExhaustiveDependencies: one message for each step
  useEffect(() => {
    if (!last) return;
    const { way, undone, error } = last;
    if (error) {
      void message.open({ key: KEY, type: 'error', duration: 8, content: errorText(error) });
      return;
    }
    if (!undone) {
      void message.open({ key: KEY, type: 'info', duration: 3, content: t(`undo.nothing.${way}`) });
      return;
    }
    const empty = t('library:history.none');
    const lines = undone.changes.flatMap((change) => {
      const fields = changedFields(change, reference, t);
      const subject = subjectWords(change, reference, t);
      if (change.entity !== 'figure' && change.entity !== 'enterprise' && fields.length !== 1)
        return [`${subject}: ${actionWord(change, t)}`];
      return fields.map((field) => {
        const [from, to] = way === 'back' ? [field.new, field.old] : [field.old, field.new];
        const named = change.entity === 'figure' || change.entity === 'fact' ? `${subject}, ` : '';
        const label = change.entity === 'fact' ? subject : `${named}${field.label}`;
        return `${label}: ${from ?? empty} \u2192 ${to ?? empty}`;
      });
    });
    const target = placeOfChange(undone.enterpriseId, undone.changes[0], reference);
    const gone = undone.changes.some(({ entity, fields }) => {
      const name = entity === 'enterprise' ? fields.name : undefined;
      return name !== undefined && (way === 'back' ? name.old === null : name.new === null);
    });
    void message.open({
      key: KEY,
      type: 'success',
      duration: 7,
      className: 'undo-message',
      content: (
        <span className="undo-text">
          <strong>{t(`undo.done.${way}`)}</strong>
          {undone.enterpriseName && <span className="muted">{undone.enterpriseName}</span>}
          <span className="undo-lines">
            {lines.slice(0, NAMED).map((line) => (
              <span key={line} className="ellipsis" title={line}>
                {line}
              </span>
            ))}
            {lines.length > NAMED && (
              <span className="muted">{t('backup.andMore', { count: lines.length - NAMED })}</span>
            )}
          </span>
          {target && !gone && (
            <Button type="link" size="small" onClick={() => goTo(target.place, target.field)}>
              {t('undo.show')}
            </Button>
          )}
          <Button type="link" size="small" onClick={() => void undoStep(way === 'back' ? 'again' : 'back')}>
            {t(way === 'back' ? 'undo.redo' : 'undo.undo')}
          </Button>
        </span>
      ),
    });
  }, [turn]);
  return null;
}
