import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { GradeTag } from '../components/grade-tag.tsx';
import { VerdictTag } from '../components/verdict-tag.tsx';
import { pick } from '../i18n/i18n.ts';
import { type Diagnosis, itemKey, type Judged, markOf, pointsText, type Route } from './evaluation.ts';
import { openItem } from './item-store.ts';

const weight: Record<string, number> = { unmet: 0, unknown: 1, manual: 2, met: 3, not_applicable: 4 };

/** Conditions before indicators; short boards first in the order of the diagnosis, then by verdict; order of the document within. */
function sorted(diagnosis: Diagnosis, route: Route): Judged[] {
  const rank = (item: Judged) => {
    const at = diagnosis.shortBoards.findIndex(
      (board) => board.standard === route.standard && board.tier === route.tier && board.item === item.id,
    );
    const scored = item.kind === 'indicator' ? 1_000_000 : 0;
    return scored + (at >= 0 ? at : 1000 * (1 + (weight[item.verdict] ?? 0)));
  };
  return route.items
    .map((item, at) => ({ item, at }))
    .sort((a, b) => rank(a.item) - rank(b.item) || a.at - b.at)
    .map(({ item }) => item);
}

/** The items of a route as a table: verdict, item and clause, formula with its numbers, distance, source grade. */
export function GatesTable(props: { diagnosis: Diagnosis; rung: number; route: Route }) {
  const { diagnosis, rung, route } = props;
  const { t } = useTranslation('diagnosis');
  return (
    <table className="gates">
      <thead>
        <tr>
          <th scope="col">{t('column.verdict')}</th>
          <th scope="col">{t('column.item')}</th>
          <th scope="col">{t('column.formula')}</th>
          <th scope="col">{t('column.gap')}</th>
          <th scope="col">{t('column.grade')}</th>
        </tr>
      </thead>
      <tbody>
        {sorted(diagnosis, route).map((item, at, items) => {
          const open = () => openItem(rung, itemKey(route, item));
          const row = (
            <tr key={item.id} data-item={item.id} data-verdict={item.verdict} onClick={open}>
              <td>
                <VerdictTag verdict={markOf(item)} size="small" />
                {item.points && (
                  <span className="gate-points num">{`${pointsText(item.points)} / ${item.points.cap}`}</span>
                )}
              </td>
              <td>
                <button type="button" className="gate-title" onClick={open}>
                  {pick(item.title)}
                </button>
                <span className="muted gate-clause">
                  {t(`dimension.${item.dimension}`)}
                  {' \u00b7 '}
                  {pick(item.clause)}
                </span>
              </td>
              <td className="formula">{pick(item.formula)}</td>
              <td className="item-gap">
                {item.gap && item.verdict !== 'met' ? (
                  pick(item.gap)
                ) : (
                  <span className="muted">{'\u2014'}</span>
                )}
              </td>
              <td>
                <GradeTag grade={item.grade} />
              </td>
            </tr>
          );
          if (item.kind !== 'indicator' || items[at - 1]?.kind === 'indicator') return row;
          return (
            <Fragment key={item.id}>
              <tr className="gates-part">
                <th scope="colgroup" colSpan={5}>
                  {t('scored')}
                </th>
              </tr>
              {row}
            </Fragment>
          );
        })}
      </tbody>
    </table>
  );
}
