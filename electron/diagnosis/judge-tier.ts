import type { Indicator, Item, Text } from '../standards/schema.ts';
import { every, type Interval, passes } from './compile.ts';
import { derivationOf, primitives } from './derive.ts';
import { distanceOf, gapText } from './distance.ts';
import { conditionText, type Explaining } from './explain-condition.ts';
import type { Judged, Route, Score, Verdict } from './shapes.ts';
import { join, say } from './words.ts';

/** The facts a condition reads, in order of appearance. */
export function fieldsOf(condition: unknown, refs: Record<string, unknown> = {}): string[] {
  const found = new Set<string>();
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) for (const child of node) walk(child);
    else if (typeof node === 'object' && node !== null) {
      for (const [key, value] of Object.entries(node)) {
        if ((key === 'field' || key === 'judgement') && typeof value === 'string') found.add(value);
        else if (key === 'ref' && typeof value === 'string') walk(refs[value]);
        else walk(value);
      }
    }
  };
  walk(condition);
  return [...found];
}

/** Of these fields, what a person would have to find out: the missing parts of what is computed. */
export function missingOf(fields: readonly string[], e: Explaining): string[] {
  const missing = new Set<string>();
  for (const field of fields) {
    if (e.values.has(field)) continue;
    const parts = derivationOf(field) ? primitives(field).filter((part) => !e.values.has(part)) : [field];
    for (const part of parts.length > 0 ? parts : [field]) missing.add(part);
  }
  return [...missing];
}

function judgementOf(condition: Item['when']): string | null {
  return 'manual' in condition ? (condition.judgement ?? null) : null;
}

function judgedItem(item: Item, kind: Judged['kind'], verdict: Verdict, e: Explaining): Judged {
  const fields = fieldsOf(item.when, e.tier.tier.refs);
  const distance = distanceOf(item.when, e);
  const open = verdict === 'unknown' || verdict === 'manual';
  const failed = verdict === 'unmet';
  return {
    id: item.id,
    kind,
    dimension: item.dimension,
    title: item.title,
    says: item.says,
    clause: item.clause,
    grade: item.source.grade,
    refs: item.source.refs,
    checked: item.source.checked,
    note: item.note ?? item.source.note ?? null,
    verdict,
    formula: conditionText(item.when, e),
    gap: failed ? gapText(distance) : null,
    shortfalls: failed ? distance.shortfalls : [],
    closeness: passes(verdict) ? 1 : open ? null : distance.closeness,
    fields,
    missing: open ? missingOf(fields, e) : [],
    judgement: judgementOf(item.when),
    points: null,
  };
}

function optionTexts(indicator: Indicator, e: Explaining): Text[] {
  const lists =
    indicator.mode === 'best_of'
      ? indicator.variants.map((v) => v.options)
      : 'options' in indicator
        ? [indicator.options]
        : [];
  return lists.flatMap((options) => {
    const all = indicator.mode === 'sum_capped';
    const met = options.filter((o) => passes(e.tier.judge(o.when, e.values)));
    return (all ? met : met.slice(0, 1)).map((o) =>
      say('pointsOption', {
        title: 'otherwise' in o.when ? o.title : conditionText(o.when, e),
        points: o.points,
      }),
    );
  });
}

function judgedIndicator(indicator: Indicator, interval: Interval, e: Explaining): Judged {
  const { min, max } = interval;
  const fields = fieldsOf(indicator, e.tier.tier.refs);
  const settled = min === max;
  const head = settled
    ? say('points', { points: min, cap: indicator.max })
    : say('pointsOpen', { min, max, cap: indicator.max });
  const options = settled ? optionTexts(indicator, e) : [];
  const verdict: Verdict = settled ? (min === indicator.max ? 'met' : 'unmet') : 'unknown';
  return {
    id: indicator.id,
    kind: 'indicator',
    dimension: indicator.dimension,
    title: indicator.title,
    says: indicator.says,
    clause: indicator.clause,
    grade: indicator.source.grade,
    refs: indicator.source.refs,
    checked: indicator.source.checked,
    note: indicator.note ?? indicator.source.note ?? null,
    verdict,
    formula: join([head, ...options], say('and')),
    gap: verdict === 'unmet' ? say('gapPoints', { points: indicator.max - min }) : null,
    shortfalls: [],
    closeness: settled ? min / indicator.max : null,
    fields,
    missing: settled ? [] : missingOf(fields, e),
    judgement: null,
    points: { min, max, cap: indicator.max },
  };
}

/** The scored table of a tier; null where it has none. */
export function scoreOf(e: Explaining): Score | null {
  const { groups } = e.tier.tier;
  const total = e.result.scores.total;
  if (!total) return null;
  return {
    min: total.min,
    max: total.max,
    cap: groups.reduce((sum, group) => sum + group.max, 0),
    groups: groups.map((group) => ({
      id: group.id,
      title: group.title,
      cap: group.max,
      min: e.result.scores[group.id]?.min ?? 0,
      max: e.result.scores[group.id]?.max ?? group.max,
    })),
  };
}

/** Every indicator of a tier in words. */
export function judgedIndicators(e: Explaining): Judged[] {
  return e.tier.tier.groups.flatMap((group) =>
    group.indicators.map((i) => judgedIndicator(i, e.result.indicators[i.id] ?? { min: 0, max: i.max }, e)),
  );
}

/** Judges a tier and explains every item in both languages. */
export function judgeTier(e: Explaining, hash: string): Route {
  const { standard, tier } = e.tier;
  const { result } = e;
  const list = (items: readonly Item[], verdicts: Record<string, Verdict>, kind: Judged['kind']) =>
    items.flatMap((item) => {
      const verdict = verdicts[item.id];
      return verdict === undefined ? [] : [judgedItem(item, kind, verdict, e)];
    });
  const exclusions = tier.rounds.flatMap((round) => list(round.exclusions, result.exclusions, 'exclusion'));
  const items = [
    ...list(tier.gates, result.gates, 'gate'),
    ...judgedIndicators(e),
    ...list(tier.direct, result.direct, 'direct'),
    ...list(tier.ownBase ? [] : standard.base, result.base, 'base'),
    ...exclusions,
  ];
  const counts = { met: 0, unmet: 0, unknown: 0, manual: 0, not_applicable: 0 };
  for (const item of items) if (item.kind !== 'direct' && item.kind !== 'indicator') counts[item.verdict]++;
  const verdict = every([result.verdict]);
  return {
    standard: standard.id,
    version: standard.version,
    hash,
    tier: tier.id,
    rung: tier.rung,
    title: tier.title,
    number: standard.document.number,
    documentTitle: standard.document.title,
    annex: tier.annex,
    grade: tier.source.grade,
    effectiveFrom: standard.effective.from,
    verdict,
    reach: reachOf(verdict),
    items,
    score: scoreOf(e),
    counts,
  };
}

/** sure: proved; impossible: disproved; possible: depends on what is still open. */
export function reachOf(verdict: Verdict): Route['reach'] {
  return passes(verdict) ? 'sure' : verdict === 'unmet' ? 'impossible' : 'possible';
}
