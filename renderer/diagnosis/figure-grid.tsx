import { CloseOutlined } from '@ant-design/icons';
import { App, Dropdown } from 'antd';
import { type ClipboardEvent, type KeyboardEvent, useCallback, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { showEvidence } from '../evidence/evidence-store.ts';
import { showFieldHistory } from '../safety/field-history-store.ts';
import type { EnterpriseFile } from '../state/enterprise.ts';
import { DerivedRows } from './derived-rows.tsx';
import { cellKey, cellValue, editFigures, figureSaveKey, holdText, useDraft } from './draft.ts';
import { FigureCell } from './figure-cell.tsx';
import { cellOfField, type FigureColumn, figureColumns, figureGroups, isStaff } from './figure-rows.ts';
import './figure-grid.css';
import { layBlock, type PastedCell, splitBlock } from './grid-values.ts';
import { PasteFaults } from './paste-faults.tsx';
import type { Fact } from './topics.ts';

/** Where an arrow leads from a cell: rows are figures, columns are years. */
function neighbour(input: HTMLInputElement, key: string, shift: boolean): [number, number] | null {
  const all = input.selectionStart === 0 && input.selectionEnd === input.value.length;
  const atStart = all || (input.selectionStart === 0 && input.selectionEnd === 0);
  const atEnd =
    all || (input.selectionStart === input.value.length && input.selectionEnd === input.value.length);
  if (key === 'Enter') return [shift ? -1 : 1, 0];
  if (key === 'ArrowDown') return [1, 0];
  if (key === 'ArrowUp') return [-1, 0];
  if (key === 'ArrowRight' && atEnd && !shift) return [0, 1];
  if (key === 'ArrowLeft' && atStart && !shift) return [0, -1];
  return null;
}

/** The yearly figures: rows are figures, columns years; spreadsheet keys, paste of blocks, undo. */
export function FigureGrid(props: {
  file: EnterpriseFile;
  facts: readonly Fact[];
  years: readonly number[];
  fiscalYear: number;
  onRemoveYear(year: number): void;
}) {
  const { file, facts, years, fiscalYear } = props;
  const id = file.enterprise.id;
  const { t } = useTranslation(['diagnosis', 'common', 'safety', 'evidence']);
  const { message } = App.useApp();
  const draft = useDraft(id);
  const [faults, setFaults] = useState<PastedCell[] | null>(null);
  const table = useRef<HTMLTableElement>(null);
  const keyCells = new Set(
    facts.flatMap((fact) => {
      const cell = fact.origin === 'figure' ? cellOfField(fact.id, fiscalYear) : null;
      return cell ? [cellKey(cell.year, cell.column)] : [];
    }),
  );
  const [pointed, setPointed] = useState<{ column: FigureColumn; year: number } | null>(null);

  const onValue = useCallback(
    (column: FigureColumn, year: number, value: number | null) =>
      editFigures(id, { [cellKey(year, column)]: value }),
    [id],
  );
  const showHistory = (column: FigureColumn, year: number) =>
    showFieldHistory({
      enterpriseId: id,
      entity: 'figure',
      entityId: String(year),
      field: column,
      label: `${t(`common:figure.${column}`)} ${t('common:unit.year', { year })}`,
    });
  const onHold = useCallback(
    (column: FigureColumn, year: number, text: string) => {
      const key = cellKey(year, column);
      holdText(id, key, text, figureSaveKey(id, key));
    },
    [id],
  );

  const onPaste = (event: ClipboardEvent) => {
    const { column, year } = (event.target as HTMLElement).dataset;
    const block = splitBlock(event.clipboardData.getData('text/plain'));
    if (!block || !column || !year) return;
    event.preventDefault();
    const cells = layBlock(block, { column: column as FigureColumn, year: Number(year) }, years);
    if (cells.length === 0) return;
    if (cells.some((cell) => !cell.reading.ok)) {
      setFaults(cells);
      return;
    }
    const after = Object.fromEntries(
      cells.flatMap((cell) =>
        cell.reading.ok ? [[cellKey(cell.year!, cell.column!), cell.reading.value]] : [],
      ),
    );
    editFigures(id, after);
    void message.success(t('pasted', { cells: cells.length }));
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const input = event.target as HTMLInputElement;
    if (!input.dataset.column || event.nativeEvent.isComposing) return;
    if (event.altKey && event.code === 'KeyH') {
      event.preventDefault();
      showHistory(input.dataset.column as FigureColumn, Number(input.dataset.year));
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = neighbour(input, event.key, event.shiftKey);
    if (!step) return;
    event.preventDefault();
    event.stopPropagation();
    const row = figureColumns.indexOf(input.dataset.column as FigureColumn) + step[0];
    const at = years.indexOf(Number(input.dataset.year)) + step[1];
    const [column, year] = [figureColumns[row], years[at]];
    if (column && year !== undefined) focusCell(year, column);
  };
  const focusCell = (year: number, column: FigureColumn) =>
    table.current
      ?.querySelector<HTMLInputElement>(`[data-walk-field="${CSS.escape(cellKey(year, column))}"]`)
      ?.focus();

  const menu = {
    items: [
      { key: 'history', label: t('safety:fieldHistory.cell'), extra: 'Alt+H' },
      {
        key: 'evidence',
        label: t('evidence:title', { label: t('evidence:figures', { year: pointed?.year }) }),
      },
    ],
    onClick({ key }: { key: string }) {
      if (!pointed) return;
      const { column, year } = pointed;
      if (key === 'history') showHistory(column, year);
      else
        showEvidence({
          enterpriseId: id,
          entity: 'figure',
          entityId: String(year),
          label: t('evidence:figures', { year }),
        });
    },
  };
  return (
    <div className="grid-scroll panel">
      <Dropdown trigger={['contextMenu']} menu={menu} disabled={pointed === null}>
        <table
          className="figure-grid"
          ref={table}
          onPaste={onPaste}
          onKeyDown={onKeyDown}
          onPointerDown={(event) => {
            const { column, year } = (event.target as HTMLElement).dataset;
            setPointed(column && year ? { column: column as FigureColumn, year: Number(year) } : null);
          }}
        >
          <thead>
            <tr>
              <th scope="col">{t('figureHead')}</th>
              {years.map((year) => (
                <th key={year} scope="col" className={year === fiscalYear ? 'year-now' : undefined}>
                  {t('common:unit.year', { year })}
                  <button
                    type="button"
                    tabIndex={-1}
                    className="year-remove"
                    aria-label={t('removeYear', { year })}
                    title={t('removeYear', { year })}
                    onClick={() => props.onRemoveYear(year)}
                  >
                    <CloseOutlined aria-hidden />
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          {figureGroups.map((group) => (
            <tbody key={group.id}>
              <tr className="grid-group">
                <th scope="rowgroup" colSpan={years.length + 1}>
                  {t(`figureGroup.${group.id}`)}
                  <span className="muted">
                    {' '}
                    {t(isStaff(group.columns[0]!) ? 'common:unit.persons' : 'common:unit.wan')}
                  </span>
                </th>
              </tr>
              {group.columns.map((column) => (
                <tr key={column}>
                  <th scope="row">{t(`common:figure.${column}`)}</th>
                  {years.map((year) => {
                    const key = cellKey(year, column);
                    return (
                      <FigureCell
                        key={key}
                        enterpriseId={id}
                        column={column}
                        year={year}
                        value={cellValue(file, draft, year, column)}
                        held={draft.texts[key]}
                        counted={keyCells.has(key)}
                        onValue={onValue}
                        onHold={onHold}
                      />
                    );
                  })}
                </tr>
              ))}
            </tbody>
          ))}
          <DerivedRows years={years} fiscalYear={fiscalYear} />
        </table>
      </Dropdown>
      <PasteFaults cells={faults} onClose={() => setFaults(null)} />
    </div>
  );
}
