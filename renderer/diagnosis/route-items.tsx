import { useTranslation } from 'react-i18next';
import { VerdictIcon } from '../components/verdict-tag.tsx';
import { pick } from '../i18n/i18n.ts';
import { itemKey, type Judged, markOf, pointsText, type Route } from './evaluation.ts';
import { openItem } from './item-store.ts';

export const dimensions: readonly Judged['dimension'][] = [
  'specialized',
  'refined',
  'distinctive',
  'innovative',
  'chain',
  'product',
  'overall',
  'compliance',
];

/** The items of a route grouped by dimension, with verdict, distance and points; a click opens the explanation. */
export function RouteItems(props: { rung: number; route: Route; changed: ReadonlySet<string> }) {
  const { rung, route, changed } = props;
  const { t } = useTranslation('diagnosis');
  return (
    <>
      {dimensions.map((dimension) => {
        const items = route.items.filter((item) => item.dimension === dimension);
        if (items.length === 0) return null;
        return (
          <section key={dimension} className="dimension">
            <h4>{t(`dimension.${dimension}`)}</h4>
            {items.map((item) => {
              const key = itemKey(route, item);
              return (
                <button
                  key={key}
                  type="button"
                  className={changed.has(key) ? 'item-row flash' : 'item-row'}
                  data-item={item.id}
                  data-verdict={item.verdict}
                  onClick={() => openItem(rung, key)}
                >
                  <VerdictIcon verdict={markOf(item)} />
                  <span className="item-title">{pick(item.title)}</span>
                  {item.points && (
                    <span className="item-points">{`${pointsText(item.points)}/${item.points.cap}`}</span>
                  )}
                  {item.gap && item.verdict !== 'met' && <span className="item-gap">{pick(item.gap)}</span>}
                </button>
              );
            })}
          </section>
        );
      })}
    </>
  );
}
