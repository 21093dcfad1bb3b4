import { tell } from './route-words.ts';
import type { Judged, Route } from './shapes.ts';

/** What stands between a firm and a title. */
export type OpenItem = Pick<Judged, 'id' | 'title' | 'verdict' | 'gap'>;

/** Where only the points decide, they are one item under this id. */
const SCORE = 'score';

/**
 * The items of a route that are unmet or not settled; none where it is proved. Single indicators are no conditions: a
 * pass rule over points counts as one item, and only where nothing but it decides. Every number of open items that is
 * told comes from here.
 */
export function openOf({ items, reach, verdict }: Pick<Route, 'items' | 'reach' | 'verdict'>): OpenItem[] {
  if (reach === 'sure') return [];
  const open: OpenItem[] = items
    .filter(({ kind }) => kind !== 'direct' && kind !== 'indicator')
    .filter((item) => item.verdict !== 'met' && item.verdict !== 'not_applicable')
    // Where the title may still be had, another branch makes good what is unmet.
    .filter((item) => item.verdict !== 'unmet' || verdict === 'unmet')
    .map((item) => ({ id: item.id, title: item.title, verdict: item.verdict, gap: item.gap }));
  const decided = open.some((item) => (item.verdict === 'unmet') === (verdict === 'unmet'));
  return decided ? open : [...open, { id: SCORE, title: tell('score'), verdict, gap: null }];
}
