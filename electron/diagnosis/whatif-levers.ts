import type { FactDefinition } from '../standards/fact-schema.ts';
import { passes, type TierVerdict } from './compile.ts';
import { derivationOf, primitives } from './derive.ts';
import { approximate, ceil, compare, divide, type Exact, exactText, fraction, multiply } from './exact.ts';
import { partFact, shortLabel } from './part-facts.ts';
import { completed } from './project.ts';
import type { Ruleset } from './ruleset.ts';
import type { Diagnosis, Judged, Rung, Verdict } from './shapes.ts';
import { targetFieldOf } from './targets.ts';
import { asNumber, decodeValue, encodeValue, flag, number, type Value } from './values.ts';
import type { WhatIfLever } from './whatif-shape.ts';

/** Years that are closed cannot be tried out. */
const CLOSED = /_y[23](_wan)?$/;
const ZERO = fraction(0);
const ORDER: Readonly<Record<Verdict, number>> = {
  unmet: 0,
  unknown: 1,
  manual: 2,
  met: 3,
  not_applicable: 4,
};
const MOST_STEPS = 400;

interface Scale {
  readonly step: Exact;
  readonly steps: number;
}

type Run = (field: string, value: Value) => TierVerdict | undefined;

/** The rung's best route as a function of one fact, everything else as diagnosed. */
function runOf(diagnosis: Diagnosis, rung: Rung, ruleset: Ruleset): Run {
  const route = rung.routes[rung.best];
  const tier = route && ruleset.find(route.standard, route.tier);
  const given = new Map(Object.entries(diagnosis.given).map(([id, { value }]) => [id, decodeValue(value)]));
  const review = rung.kind === 'review';
  const sme = diagnosis.sheet.is_sme;
  if (sme && !given.has('is_sme')) given.set('is_sme', decodeValue(sme.value));
  return (field, value) => {
    if (!tier) return undefined;
    const values = completed(new Map(given).set(field, value));
    values.set('is_review', flag(review)).set('growth_waived_for_review', flag(review));
    return tier.run(values, review ? '' : diagnosis.asOf.applicationDate);
  };
}

/** A gate is passed; an indicator has all its points. */
function isGood(result: TierVerdict, item: Judged): boolean {
  const points = result.indicators[item.id];
  if (points && item.points) return points.min >= item.points.cap;
  const verdict = result.base[item.id] ?? result.gates[item.id];
  return verdict !== undefined && passes(verdict);
}

/** 1, 2 or 5 times a power of ten that is not below a size. */
function roundStep(size: number): Exact {
  const power = Math.floor(Math.log10(size));
  const lead = [1, 2, 5, 10].find((n) => n * 10 ** power >= size * 0.999) ?? 10;
  const scaled = fraction(lead);
  return power >= 0 ? multiply(scaled, fraction(10 ** power)) : divide(scaled, fraction(10 ** -power));
}

function scaleOf(fact: FactDefinition, current: Exact | undefined): Scale {
  const now = Math.abs(current ? approximate(current) : 0);
  switch (fact.type) {
    case 'ratio':
    case 'growth':
      return { step: fraction(1, 1000), steps: Math.min(1000, Math.max(400, Math.ceil(now * 1500))) };
    case 'money': {
      const step = roundStep(Math.max(now * 2, 1000) / MOST_STEPS);
      return { step, steps: Math.ceil(Math.max(now * 2, 1000) / approximate(step)) };
    }
    case 'score':
      return { step: fraction(1, 2), steps: (fact.max ?? 100) * 2 };
    case 'years':
      return { step: fraction(1, 2), steps: Math.max(24, Math.ceil(now * 3)) };
    case 'level':
    case 'rank':
      return { step: fraction(1), steps: fact.max ?? 10 };
    default: {
      const step = roundStep(Math.max(1, (now * 2) / MOST_STEPS));
      return { step, steps: Math.max(10, Math.ceil((now * 2) / approximate(step))) };
    }
  }
}

/** The step on the scale where an item turns, if it turns just once on it. */
function turn(good: (step: number) => boolean, steps: number, better: number): number | undefined {
  const [low, high] = [good(0), good(steps)];
  if (low === high || better > 0 !== high) return undefined;
  let [bad, fine] = better > 0 ? [0, steps] : [steps, 0];
  while (Math.abs(fine - bad) > 1) {
    const middle = Math.trunc((bad + fine) / 2);
    if (good(middle)) fine = middle;
    else bad = middle;
  }
  return fine;
}

function numberLever(fact: FactDefinition, value: Value | undefined, items: readonly Judged[], run: Run) {
  const current = value && asNumber(value);
  let scale = scaleOf(fact, current);
  const gates = items.filter((item) => item.kind !== 'exclusion');
  const at = (step: number) => multiply(scale.step, fraction(step));
  const good = (item: Judged) => (step: number) => {
    const result = run(fact.id, number(at(step)));
    return result !== undefined && isGood(result, item);
  };
  const never = gates.some((item) => item.verdict !== 'met' && fact.better > 0 && !good(item)(scale.steps));
  // The line may lie far beyond today's value: look up to fifty times as far.
  if (never && fact.type === 'money') {
    for (const times of [5, 50]) {
      const wider = { step: multiply(scale.step, fraction(times)), steps: scale.steps };
      const before = scale;
      scale = wider;
      if (gates.some((item) => item.verdict !== 'met' && good(item)(scale.steps))) break;
      scale = before;
    }
  }
  const lines = gates.flatMap((item) => {
    const step = turn(good(item), scale.steps, fact.better);
    return step === undefined ? [] : [{ item: item.id, title: item.title, at: exactText(at(step)) }];
  });
  const beyond = current && compare(current, at(scale.steps)) > 0;
  const steps = beyond ? Number(ceil(divide(current, scale.step))) : scale.steps;
  return { step: exactText(scale.step), steps, lines };
}

/** A computed field with known parts is moved by its parts; a fact of a closed year not at all. */
function triedFields(item: Judged, diagnosis: Diagnosis): string[] {
  return item.fields.flatMap((field) => {
    if (!derivationOf(field)) return [field];
    const parts = [...new Set(primitives(field))];
    const known = parts.every((part) => part in diagnosis.sheet);
    return known || !(field in diagnosis.sheet) ? parts : [field];
  });
}

/**
 * The facts worth trying out for a rung: those its gates and indicators read, the ones of unmet items first, each with
 * its value, its scale and the values at which a gate turns. Empty where no standard applies.
 */
export function whatIfLevers(diagnosis: Diagnosis, rungNumber: number, ruleset: Ruleset): WhatIfLever[] {
  const rung = diagnosis.rungs.find((r) => r.rung === rungNumber);
  const route = rung?.routes[rung.best];
  if (!rung || !route) return [];
  const run = runOf(diagnosis, rung, ruleset);
  const reads = new Map<string, Judged[]>();
  for (const item of [...route.items].sort((a, b) => ORDER[a.verdict] - ORDER[b.verdict])) {
    if (item.kind === 'direct') continue;
    for (const field of new Set(triedFields(item, diagnosis))) {
      if (CLOSED.test(field)) continue;
      reads.set(field, [...(reads.get(field) ?? []), item]);
    }
  }
  return [...reads].flatMap(([field, items]): WhatIfLever[] => {
    const fact = ruleset.facts.get(field) ?? partFact(field);
    if (fact.origin === 'option' || field === 'is_sme') return [];
    const entry = diagnosis.sheet[field];
    const value = entry && decodeValue(entry.value);
    const yearly = /_y([01])(_wan)?$/.exec(field);
    const scaled =
      fact.type === 'bool' || fact.type === 'enum'
        ? { step: exactText(ZERO), steps: 0, lines: [] }
        : numberLever({ ...fact, id: field }, value, items, run);
    return [
      {
        field,
        target: targetFieldOf(field),
        label: shortLabel(field) ?? fact.label,
        year: yearly ? diagnosis.asOf.fiscalYear + 1 - Number(yearly[1]) : null,
        type: fact.type,
        dimension: items[0]!.dimension,
        value: value ? encodeValue(value) : null,
        min: fact.min ?? null,
        max: fact.max ?? null,
        options: (fact.options ?? []).map((option) => ({ ...option })),
        items: items.map(({ id, title, verdict }) => ({ id, title, verdict })),
        ...scaled,
      },
    ];
  });
}
