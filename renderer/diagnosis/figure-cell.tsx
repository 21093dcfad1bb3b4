import { memo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorText } from '../components/error-text.ts';
import { useCanWrite } from '../state/can-write.ts';
import { flushSave, isWaiting, useSaves } from '../state/save-queue.ts';
import { cellKey, dropText, figureSaveKey } from './draft.ts';
import type { FigureColumn } from './figure-rows.ts';
import { cellText, readCell } from './grid-values.ts';

/** One cell of the yearly grid. It shows thousands separators until it is edited, and holds text that is no number. */
export const FigureCell = memo(function FigureCell(props: {
  enterpriseId: string;
  column: FigureColumn;
  year: number;
  value: number | null;
  held: string | undefined;
  /** The cell is one the standards read. */
  counted: boolean;
  onValue(column: FigureColumn, year: number, value: number | null): void;
  onHold(column: FigureColumn, year: number, text: string): void;
}) {
  const { column, year, value, held } = props;
  const { t } = useTranslation(['diagnosis', 'common']);
  const canWrite = useCanWrite();
  const saveKey = figureSaveKey(props.enterpriseId, cellKey(year, column));
  const save = useSaves((state) => state.fields[saveKey]);
  const [typing, setTyping] = useState<{ text: string } | null>(null);
  const [shown, setShown] = useState(value);
  // A value that comes from elsewhere (undo, paste, another window) replaces the text that is being typed.
  if (shown !== value) {
    setShown(value);
    const reading = typing && readCell(column, typing.text);
    if (typing && reading?.ok && reading.value !== value) setTyping({ text: cellText(column, value) });
  }
  const text = typing?.text ?? held ?? cellText(column, value);
  const reading = readCell(column, text);
  const problem = reading.ok ? null : t(`cellProblem.${reading.problem}`);
  const failed = save?.status === 'failed';
  const said = problem ?? (failed ? errorText(save.error) : undefined);
  const state = problem ? 'invalid' : (save?.status ?? 'idle');
  return (
    <td className={`cell cell-${state}${props.counted ? ' cell-key' : ''}`} title={said}>
      <input
        readOnly={!canWrite}
        className="num"
        inputMode="decimal"
        autoComplete="off"
        spellCheck={false}
        aria-label={`${t(`common:figure.${column}`)} ${t('common:unit.year', { year })}`}
        aria-invalid={problem !== null}
        data-walk-field={cellKey(year, column)}
        data-year={year}
        data-column={column}
        value={text}
        onFocus={(event) => {
          setTyping({ text: held ?? cellText(column, value) });
          event.target.select();
        }}
        onChange={(event) => {
          const next = event.target.value;
          setTyping({ text: next });
          const result = readCell(column, next);
          if (!result.ok) props.onHold(column, year, next);
          else props.onValue(column, year, result.value);
        }}
        onKeyDown={(event) => {
          const back = event.key.toLowerCase() === 'z' && (event.ctrlKey || event.metaKey) && !reading.ok;
          if (event.key !== 'Escape' && !back) return;
          // Text that is no number was never stored: the cell shows again what is.
          event.preventDefault();
          event.stopPropagation();
          dropText(props.enterpriseId, cellKey(year, column));
          setTyping({ text: cellText(column, value) });
        }}
        onBlur={() => {
          setTyping(null);
          if (isWaiting(saveKey)) void flushSave(props.enterpriseId, saveKey);
        }}
      />
      {said && (
        <span className="cell-note" role="alert">
          {said}
        </span>
      )}
    </td>
  );
});
