import { useEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { beforePrinting, usePrint } from '../state/print.ts';
import { formatNumber } from './money.ts';

/** Of more rows the first are printed and the rest is told: nobody reads them on paper. */
const MOST = 20_000;

export interface PrintedColumn<Row> {
  key: string;
  title: string;
  numeric?: boolean;
  /** What stands in the cell; a line break begins a new line. */
  text(row: Row): string;
}

/**
 * A list on paper: a plain table with every row, there only while it is printed, in place of the screen. Of several on a screen
 * the one that opened last is printed.
 */
export function PrintedList<Row>(props: {
  title: string;
  /** Lines below the title. */
  lines: readonly string[];
  columns: readonly PrintedColumn<Row>[];
  rowKey(row: Row): string;
  /** Rows from a place in the list on, and how many there are in all. */
  read(offset: number): Promise<{ total: number; rows: Row[] }>;
}) {
  const { t } = useTranslation('common');
  const printing = usePrint((state) => state.printing);
  const [found, setFound] = useState<{ rows: Row[]; total: number } | null>(null);
  const read = useRef(props.read);
  read.current = props.read;
  useEffect(
    () =>
      beforePrinting(async () => {
        const rows: Row[] = [];
        let total = 1;
        while (rows.length < Math.min(total, MOST)) {
          const next = await read.current(rows.length);
          total = next.total;
          rows.push(...next.rows);
          if (next.rows.length === 0) break;
        }
        setFound({ rows: rows.slice(0, MOST), total });
      }),
    [],
  );
  useEffect(() => {
    if (!printing) setFound(null);
  }, [printing]);
  if (!printing || !found) return null;
  const { columns, title, lines, rowKey } = props;
  const some = found.rows.length < found.total;
  return createPortal(
    <div className="print-list">
      <h1>{title}</h1>
      {lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
      {some && (
        <p>
          {t('printedOf', {
            count: found.rows.length,
            total: formatNumber(found.total),
          })}
        </p>
      )}
      <table>
        <thead>
          <tr>
            <th className="num">#</th>
            {columns.map((column) => (
              <th key={column.key} scope="col" className={column.numeric ? 'num' : undefined}>
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {found.rows.map((row, at) => (
            <tr key={rowKey(row)}>
              <td className="num">{at + 1}</td>
              {columns.map((column) => (
                <td key={column.key} className={column.numeric ? 'num' : undefined}>
                  {column.text(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>,
    document.body,
  );
}
