import { documentNumber } from '../diagnosis/document-number.ts';
import type { Diagnosis, Judged, Route, Rung } from '../diagnosis/shapes.ts';

/** What the plan is for: the rung aimed at, whether it is a review of a title held, and its best route. */
export interface Aim {
  readonly rung: Rung;
  readonly route: Route;
  readonly review: boolean;
}

/**
 * The rung a plan is made for: the one asked for, else the next one, else (the top is held) the top, as a review.
 * Null only for a diagnosis without any rung. `by` names the standard's tier where the plan goes by another route of
 * the rung than the one that stands best.
 */
export function aimOf(
  diagnosis: Diagnosis,
  targetRung?: number,
  by?: { standard: string; tier: string } | null,
): Aim | null {
  const wanted = targetRung ?? diagnosis.ladder.next ?? diagnosis.ladder.current;
  const rung = diagnosis.rungs.find((r) => r.rung === wanted) ?? diagnosis.rungs.at(-1);
  const named = rung?.routes.find((r) => r.standard === by?.standard && r.tier === by.tier);
  const route = named ?? rung?.routes[rung.best] ?? rung?.routes[0];
  if (!rung || !route) return null;
  return { rung, route, review: rung.held || rung.kind === 'review' };
}

export interface Gaps {
  readonly unmet: Judged[];
  readonly unknown: Judged[];
  readonly manual: Judged[];
  /** Indicators that lose points on a route that can still be met: no condition fails, but points can be gained. */
  readonly points: Judged[];
}

const rank: Record<Judged['kind'], number> = { base: 0, exclusion: 0, gate: 1, indicator: 2, direct: 3 };

/** Points that can no longer be had on what is known. */
export function lostPoints(judged: Judged): number {
  return judged.points ? Math.max(0, judged.points.cap - judged.points.max) : 0;
}

/**
 * What keeps a route from being met. Basic conditions come first because nothing helps while one fails, then the
 * gates farthest from their line, which need the earliest start. Lost points are a gap where the route fails, else
 * something to gain. Direct conditions are other ways in, no gaps. On a route already met nothing is lost.
 */
export function gapsOf(route: Route): Gaps {
  const counted = route.items.filter(
    (i) => i.kind !== 'direct' && (i.kind !== 'indicator' || route.verdict !== 'met'),
  );
  const lost = counted.filter((i) => i.kind === 'indicator' && lostPoints(i) > 0);
  lost.sort((a, b) => lostPoints(b) - lostPoints(a));
  const failing = counted.filter((i) => i.kind !== 'indicator' && i.verdict === 'unmet');
  failing.sort((a, b) => rank[a.kind] - rank[b.kind] || (a.closeness ?? 0) - (b.closeness ?? 0));
  const unmet = route.verdict === 'unmet' ? [...failing, ...lost] : failing;
  const rest = counted.filter((i) => !failing.includes(i) && !lost.includes(i));
  return {
    unmet,
    unknown: rest.filter((i) => i.verdict === 'unknown'),
    manual: rest.filter((i) => i.verdict === 'manual'),
    points: route.verdict === 'unmet' ? [] : lost,
  };
}

/** The lens's short boards, the most points first. */
export function lensBoards(diagnosis: Diagnosis): Judged[] {
  return (diagnosis.lens?.items ?? [])
    .filter((i) => i.kind === 'indicator' && lostPoints(i) > 0)
    .sort((a, b) => lostPoints(b) - lostPoints(a));
}

/** The document's number: in English as the clauses write it, e.g. "MIIT SME [2026] No. 2". */
export function numberOf(route: Route): { zh: string; en: string } {
  return documentNumber(route.number, route.items);
}
