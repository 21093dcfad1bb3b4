import type { Text } from '../standards/schema.ts';
import { industryCodeOf } from './diagnose.ts';
import { ceil, compare, divide, type Exact, floor, fraction, multiply } from './exact.ts';
import type { Lever, LeverPack } from './lever-schema.ts';
import { valueText } from './number-text.ts';
import { partFact, shortLabel } from './part-facts.ts';
import { stemOf, yearsBack } from './route-effort.ts';
import { type DatedRoute, type PathStep, pathUp } from './route-path.ts';
import type { RouteChoice, RouteStep } from './route-shape.ts';
import type { RouteUp } from './route-up.ts';
import { type RouteWord, tell } from './route-words.ts';
import type { Ruleset } from './ruleset.ts';
import type { Diagnosis } from './shapes.ts';
import { classifySize } from './size-class.ts';
import { asNumber, decodeValue, encodeValue, flag, number, type Value } from './values.ts';
import { join } from './words.ts';

/** Applications are filed by late May (the 2026 round: 25 April to 25 May, MIIT letter [2026] No. 117). */
export const WINDOW = '05-25';
/** How many years ahead the way up is looked for. */
export const HORIZON = 4;

interface View {
  readonly ruleset: Ruleset;
  readonly fiscalYear: number;
}

function factOf(field: string, { ruleset }: View) {
  return ruleset.facts.get(field) ?? partFact(field);
}

/** The label with the fiscal year a yearly field stands for at an application `ahead` years from now. */
function labelOf(field: string, ahead: number, view: View): Text {
  const back = yearsBack(field);
  if (back === 0) return factOf(field, view).label;
  const label = shortLabel(field) ?? factOf(field, view).label;
  return tell('yearOf', { label, year: view.fiscalYear + ahead + 1 - back });
}

/** Targets are shown on the safe side: amounts to 100 yuan, shares to 0.01 point, heads and counts whole. */
function safely(value: Value, from: Value | undefined, field: string, view: View): Value {
  const [to, old] = [asNumber(value), from && asNumber(from)];
  if (value.kind !== 'number' || !to) return value;
  const { type } = factOf(field, view);
  const scale = fraction(type === 'money' ? 100 : type === 'ratio' || type === 'growth' ? 10_000 : 1);
  const scaled = multiply(to, scale);
  const down = old !== undefined && compare(to, old) < 0;
  const whole: Exact = fraction(down ? floor(scaled) : ceil(scaled));
  return number(divide(whole, scale));
}

/** What a lever sets, without a profit that only rises along with revenue. */
function shown(lever: Lever, moves: ReadonlyMap<string, Value>, { before }: RouteUp): [string, Value][] {
  return [...moves].filter(([field, value]) => {
    if (lever.fields.includes(stemOf(field)) || stemOf(field) !== 'net_profit') return true;
    const [to, from] = [asNumber(value), asNumber(before.get(field) ?? value)];
    return !to || !from || compare(to, from) < 0;
  });
}

function choiceOf({ route, tier, date, months }: DatedRoute, view: View): RouteChoice {
  const year = view.fiscalYear + route.ahead + 1;
  const words = { low: 'costLow', medium: 'costMedium', high: 'costHigh' } as const satisfies Record<
    string,
    RouteWord
  >;
  return {
    year,
    date,
    standard: tier.standard.id,
    tier: tier.tier.id,
    number: tier.standard.document.number,
    months,
    effort: Math.round(route.effort * 10) / 10,
    changes: route.changes.map(({ lever, moves }) => {
      const years = [...moves.keys()].filter((f) => yearsBack(f) > 0).map((f) => year - yearsBack(f));
      return {
        lever: lever.id,
        label: lever.label,
        moves: shown(lever, moves, route).map(([field, value]) => {
          const from = route.before.get(field);
          const target = safely(value, from, field, view);
          const fact = factOf(field, view);
          return {
            field,
            label: labelOf(field, route.ahead, view),
            from: from ? valueText(from, fact) : tell('unknown'),
            to: valueText(target, fact),
            target: encodeValue(target),
          };
        }),
        year: years.length > 0 ? Math.max(...years) : year,
        months: lever.months,
        cost: lever.cost,
        costLabel: tell(words[lever.cost]),
      };
    }),
    confirm: route.confirm.map((field) => {
      const assumed = route.assumed.get(field);
      const expected = assumed
        ? valueText(safely(assumed, undefined, field, view), factOf(field, view))
        : null;
      return { field, label: labelOf(field, route.ahead, view), expected };
    }),
  };
}

function reasonOf(step: PathStep, view: View): Text | null {
  const year = view.fiscalYear + 1 + HORIZON;
  if (step.blocked === null) return null;
  if (step.blocked === 'rule') return tell('noRule');
  if (step.blocked === 'title') return tell('needsTitle', { year });
  const { tier } = step;
  const named = new Map(
    [
      ...(tier?.standard.base ?? []),
      ...(tier?.tier.gates ?? []),
      ...(tier?.tier.rounds ?? []).flatMap((round) => round.exclusions),
    ].map((item) => [item.id, item.title]),
  );
  const titles = step.items.flatMap((id) => named.get(id) ?? []);
  return titles.length === 0
    ? tell('together', { year })
    : tell('blocked', { year, items: join(titles, tell('listSeparator')) });
}

function stepOf(step: PathStep, view: View, title: Text): RouteStep {
  const [first, ...later] = step.routes;
  const better = later
    .filter((l) => first && l.route.effort < first.route.effort - 0.05)
    .sort((a, b) => a.route.effort - b.route.effort)[0];
  return {
    rung: step.rung,
    kind: step.kind,
    title,
    earliest: first ? choiceOf(first, view) : null,
    cheaperLater: better ? choiceOf(better, view) : null,
    impossibleReason: reasonOf(step, view),
  };
}

/**
 * The way up from a diagnosis, in words of both languages: for each rung above the held one, and for each
 * title under review, the earliest least-effort route, a cheaper later one if there is, or why there is none. Old figures count as the latest ones.
 */
export function routeOf(diagnosis: Diagnosis, ruleset: Ruleset, levers: LeverPack): RouteStep[] {
  const { asOf } = diagnosis;
  const given = new Map(
    Object.entries(diagnosis.given).map(([field, { value }]) => [field, decodeValue(value)]),
  );
  const size = classifySize(ruleset.rules.size, industryCodeOf(diagnosis.given), given);
  if (!given.has('is_sme') && size.isSme !== null) given.set('is_sme', flag(size.isSme));
  given.set('is_review', flag(false)).set('growth_waived_for_review', flag(false));
  // Old figures are rehearsed as if their last year had just closed, by the standard of the day of application.
  const fiscalYear = Math.max(asOf.fiscalYear, Number(asOf.applicationDate.slice(0, 4)) - 1);
  const view = { ruleset, fiscalYear };
  const steps = pathUp({
    ruleset,
    levers,
    given,
    fiscalYear,
    today: asOf.applicationDate,
    applicationDate: asOf.applicationDate,
    window: WINDOW,
    horizon: HORIZON,
    current: diagnosis.ladder.current,
    review: diagnosis.review,
  });
  return steps.map((step) => {
    const title = diagnosis.rungs.find((r) => r.rung === step.rung)?.title;
    return stepOf(step, view, title ?? tell('noRule'));
  });
}
