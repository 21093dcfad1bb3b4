import { CheckCircleFilled, CloseOutlined, InfoCircleFilled, WarningFilled } from '@ant-design/icons';
import { Button } from 'antd';
import type { TFunction } from 'i18next';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorText } from '../components/error-text.ts';
import { actionWord, changedFields, subjectWords } from '../library/history-words.ts';
import { goTo } from '../state/place.ts';
import { type Reference, useReference } from '../state/reference.ts';
import { placeOfChange } from './spot-place.ts';
import { type Undone, undoStep, useUndo, type Way } from './undo-store.ts';
import './safety.css';

/** How long the message stays, in milliseconds; longer while the pointer is on it. */
const STAYS = 7000;
/** Values named in the message; more are counted. */
const NAMED = 2;

/** What a step did, one line a value: from what to what. */
function linesOf(undone: Undone, way: Way, reference: Reference | null, t: TFunction): string[] {
  const empty = t('library:history.none');
  return undone.changes.flatMap((change) => {
    const fields = changedFields(change, reference, t);
    const subject = subjectWords(change, reference, t);
    const listed = change.entity === 'figure' || change.entity === 'enterprise';
    if (!listed && (fields.length !== 1 || change.fields.removedAt))
      return [`${subject}: ${actionWord(change, t)}`];
    return fields.map((field) => {
      const [from, to] = way === 'back' ? [field.new, field.old] : [field.old, field.new];
      const label =
        change.entity === 'fact'
          ? subject
          : change.entity === 'figure'
            ? `${subject} \u00b7 ${field.label}`
            : field.label;
      return `${label}: ${from ?? empty} \u2192 ${to ?? empty}`;
    });
  });
}

/** Whether a step took away the enterprise itself, so that there is nothing to be shown. */
function isGone(undone: Undone, way: Way): boolean {
  return undone.changes.some(({ entity, fields }) => {
    const name = entity === 'enterprise' ? fields.name : undefined;
    return name !== undefined && (way === 'back' ? name.old : name.new) === null;
  });
}

/** Says what was taken back or done again, below the page, with a way to the place of it and the way back. */
export function UndoMessage() {
  const { t } = useTranslation(['safety', 'library', 'common']);
  const { last, turn } = useUndo();
  const reference = useReference((state) => state.reference);
  const [hidden, setHidden] = useState(true);
  const [held, setHeld] = useState(false);
  useEffect(() => {
    setHidden(turn === 0);
  }, [turn]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the time begins anew with each step
  useEffect(() => {
    if (hidden || held) return;
    const timer = setTimeout(() => setHidden(true), STAYS);
    return () => clearTimeout(timer);
  }, [hidden, held, turn]);
  if (hidden || !last) return null;
  const { way, undone, error } = last;
  const lines = undone ? linesOf(undone, way, reference, t) : [];
  const target = undone && placeOfChange(undone.enterpriseId, undone.changes[0], reference);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the message only waits while the pointer is on it
    <div className="undo-place" onMouseEnter={() => setHeld(true)} onMouseLeave={() => setHeld(false)}>
      <div className="undo-message" role={error ? 'alert' : 'status'}>
        {error ? (
          <WarningFilled className="save-failed" aria-hidden />
        ) : undone ? (
          <CheckCircleFilled className="save-saved" aria-hidden />
        ) : (
          <InfoCircleFilled className="muted" aria-hidden />
        )}
        <span className="undo-text">
          <span className="undo-head">
            <strong>
              {error ? errorText(error) : t(undone ? `undo.done.${way}` : `undo.nothing.${way}`)}
            </strong>
            {undone?.enterpriseName && <span className="muted ellipsis">{undone.enterpriseName}</span>}
          </span>
          {lines.slice(0, NAMED).map((line) => (
            <span key={line} className="undo-line ellipsis" title={line}>
              {line}
            </span>
          ))}
          {lines.length > NAMED && (
            <span className="muted">{t('backup.andMore', { count: lines.length - NAMED })}</span>
          )}
        </span>
        {target && undone && !isGone(undone, way) && (
          <Button size="small" onClick={() => goTo(target.place, target.field)}>
            {t('undo.show')}
          </Button>
        )}
        {undone && (
          <Button size="small" onClick={() => void undoStep(way === 'back' ? 'again' : 'back')}>
            {t(way === 'back' ? 'undo.redo' : 'undo.undo')}
          </Button>
        )}
        <Button
          size="small"
          type="text"
          icon={<CloseOutlined />}
          aria-label={t('close')}
          onClick={() => {
            setHeld(false);
            setHidden(true);
          }}
        />
      </div>
    </div>
  );
}
