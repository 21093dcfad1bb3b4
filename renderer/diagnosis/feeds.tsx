import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { VerdictIcon } from '../components/verdict-tag.tsx';
import { pick } from '../i18n/i18n.ts';
import {
  bestRoute,
  type Diagnosis,
  itemKey,
  type Judged,
  markOf,
  type Route,
  useEvaluation,
} from './evaluation.ts';
import { openItem } from './item-store.ts';

export interface Fed {
  /** The rung and its best route; null for the table of 2022, which decides nothing today. */
  rung: number | null;
  route: Route | null;
  item: Judged;
}

/** For each fact the items it feeds, on the best route of every rung. */
function fedBy(diagnosis: Diagnosis): Map<string, Fed[]> {
  const feeds = new Map<string, Fed[]>();
  const add = (rung: number | null, route: Route | null, items: readonly Judged[]) => {
    for (const item of items) {
      for (const field of new Set([...item.fields, ...(item.judgement ? [item.judgement] : [])])) {
        feeds.set(field, [...(feeds.get(field) ?? []), { rung, route, item }]);
      }
    }
  };
  for (const rung of diagnosis.rungs) {
    const route = bestRoute(rung);
    if (route) add(rung.rung, route, route.items);
  }
  if (diagnosis.lens) add(null, null, diagnosis.lens.items);
  return feeds;
}

/** Which verdicts each answer feeds. */
export function useFeeds(): Map<string, Fed[]> {
  const diagnosis = useEvaluation((state) => state.diagnosis);
  return useMemo(() => (diagnosis ? fedBy(diagnosis) : new Map()), [diagnosis]);
}

const SHOWN = 4;

/** The verdicts an answer feeds, each one a way to its explanation. */
export function Feeds({ feeds }: { feeds: readonly Fed[] }) {
  const { t } = useTranslation(['diagnosis', 'common']);
  const changed = useEvaluation((state) => state.changed);
  if (feeds.length === 0) return null;
  return (
    <div className="feeds">
      <span className="muted">{t('feeds')}</span>
      {feeds.slice(0, SHOWN).map(({ rung, route, item }) => {
        if (!route || rung === null) {
          return (
            <span key={`lens ${item.id}`} className="feed" title={pick(item.title)}>
              <VerdictIcon verdict={markOf(item)} />
              <span className="muted">{t('lens')}</span>
              <span className="ellipsis">{pick(item.title)}</span>
            </span>
          );
        }
        const key = itemKey(route, item);
        return (
          <button
            key={`${rung} ${key}`}
            type="button"
            tabIndex={-1}
            className={changed.has(key) ? 'feed flash' : 'feed'}
            title={`${pick(route.title)}: ${pick(item.title)}`}
            onClick={() => openItem(rung, key)}
          >
            <VerdictIcon verdict={markOf(item)} />
            <span className="muted">{t(`common:tier.${rung}`)}</span>
            <span className="ellipsis">{pick(item.title)}</span>
          </button>
        );
      })}
      {feeds.length > SHOWN && <span className="muted">{t('andMore', { more: feeds.length - SHOWN })}</span>}
    </div>
  );
}
