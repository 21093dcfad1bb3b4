import { useTranslation } from 'react-i18next';
import { formatPercent } from '../components/money.ts';
import { useEvaluation } from './evaluation.ts';
import { derivedRows } from './figure-rows.ts';

/** Ratios that follow from the cells above, in grey: they are computed, never typed here. */
export function DerivedRows({ years, fiscalYear }: { years: readonly number[]; fiscalYear: number }) {
  const { t } = useTranslation('diagnosis');
  const sheet = useEvaluation((state) => state.diagnosis?.sheet);
  const textOf = (fields: Record<number, string>, year: number): string => {
    const entry = sheet?.[fields[fiscalYear - year] ?? ''];
    return entry?.basis === 'derived' && typeof entry.value === 'string' ? formatPercent(entry.value) : '';
  };
  return (
    <tbody className="grid-derived">
      <tr className="grid-group">
        <th scope="rowgroup" colSpan={years.length + 1}>
          {t('figureGroup.derived')}
        </th>
      </tr>
      {derivedRows.map((row) => (
        <tr key={row.id}>
          <th scope="row">{t(`derived.${row.id}`)}</th>
          {years.map((year) => (
            <td key={year} className="num">
              {textOf(row.fields, year)}
            </td>
          ))}
        </tr>
      ))}
    </tbody>
  );
}
