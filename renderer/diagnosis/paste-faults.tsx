import { Button, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import type { PastedCell } from './grid-values.ts';

/** A pasted block that was not taken: every cell as it came, with what is wrong. Nothing of it is written. */
export function PasteFaults({ cells, onClose }: { cells: PastedCell[] | null; onClose(): void }) {
  const { t } = useTranslation(['diagnosis', 'common']);
  const rows = [...new Set((cells ?? []).map((cell) => cell.row))];
  const wrong = (cells ?? []).filter((cell) => !cell.reading.ok).length;
  return (
    <Modal
      open={cells !== null}
      width={760}
      title={t('pasteFaultsTitle', { wrong })}
      onCancel={onClose}
      footer={
        <Button type="primary" onClick={onClose}>
          {t('common:close')}
        </Button>
      }
    >
      <p>{t('pasteFaultsText')}</p>
      <div className="paste-faults">
        <table>
          <tbody>
            {rows.map((row) => {
              const mine = cells!.filter((cell) => cell.row === row);
              const column = mine.find((cell) => cell.column)?.column;
              return (
                <tr key={row}>
                  <th scope="row">{column ? t(`common:figure.${column}`) : t('pasteBelow')}</th>
                  {mine.map((cell, at) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: cells of a pasted line have no identity but their place
                    <td key={at} className={cell.reading.ok ? 'num' : 'num paste-wrong'}>
                      {cell.year !== null && <span className="muted">{cell.year} </span>}
                      {cell.text}
                      {!cell.reading.ok && <em>{t(`cellProblem.${cell.reading.problem}`)}</em>}
                    </td>
                  ))}
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </Modal>
  );
}
