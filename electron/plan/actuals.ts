import { compare, fraction, sign, subtract } from '../diagnosis/exact.ts';
import { quantityText, valueText } from '../diagnosis/number-text.ts';
import { partFact, shortLabel } from '../diagnosis/part-facts.ts';
import type { FactSheet } from '../diagnosis/shapes.ts';
import type { Target } from '../diagnosis/target-shape.ts';
import { sheetFieldOf } from '../diagnosis/targets.ts';
import { asNumber, decodeValue, type Value } from '../diagnosis/values.ts';
import type { FactCatalogue, FactDefinition } from '../standards/fact-schema.ts';
import type { Actual } from './progress-shapes.ts';
import type { Goal, PlanContent } from './shapes.ts';

export interface ActualsInput {
  readonly content: PlanContent;
  /** Targets the enterprise has set itself. */
  readonly targets: readonly Target[];
  /** The facts the plan was made from. */
  readonly before: FactSheet;
  /** The facts known today, judged as of the end of a fiscal year. */
  readonly sheetOf: (year: number) => FactSheet;
  readonly catalogue: FactCatalogue;
  /** YYYY-MM-DD */
  readonly today: string;
}

function valueIn(sheet: FactSheet, field: string): Value | null {
  const entry = sheet[field];
  return entry ? decodeValue(entry.value) : null;
}

/** Which way a target lies from where the firm stood: what has to be less is to be lowered. */
function directionOf(target: Value, before: Value | null): Goal['direction'] {
  const [to, from] = [asNumber(target), before && asNumber(before)];
  if (!to) return 'set';
  return from && compare(to, from) < 0 ? 'lower' : 'raise';
}

function reached(direction: Goal['direction'], actual: Value, target: Value): boolean {
  const [is, aim] = [asNumber(actual), asNumber(target)];
  if (direction === 'set' || !is || !aim) return JSON.stringify(actual, big) === JSON.stringify(target, big);
  return direction === 'raise' ? compare(is, aim) >= 0 : compare(is, aim) <= 0;
}

const big = (_: string, value: unknown) => (typeof value === 'bigint' ? String(value) : value);

function gapText(actual: Value, target: Value, fact: FactDefinition): Actual['gap'] {
  const [is, aim] = [asNumber(actual), asNumber(target)];
  if (!is || !aim) return null;
  const step = subtract(aim, is);
  return quantityText(sign(step) < 0 ? subtract(fraction(0), step) : step, fact);
}

/**
 * What was aimed at against what the figures say: the goals of the measures and the enterprise's own targets, year by
 * year. A year that has not closed is open, a closed one without the figure is unknown; neither counts as missed.
 */
export function actualsOf(input: ActualsInput): Actual[] {
  const { content, targets, before, sheetOf, catalogue, today } = input;
  const facts = new Map(catalogue.facts.map((fact) => [fact.id, fact]));
  const closed = Number(today.slice(0, 4)) - 1;
  const sheets = new Map<number, FactSheet>();
  const sheetIn = (year: number) => {
    const known = sheets.get(year) ?? sheetOf(year);
    sheets.set(year, known);
    return known;
  };
  const row = (
    goal: Pick<Goal, 'field' | 'year' | 'value'> & { direction?: Goal['direction'] },
    item: Actual['item'],
  ): Actual => {
    const field = sheetFieldOf(goal.field, catalogue);
    const fact = facts.get(field) ?? partFact(field);
    const target = decodeValue(goal.value);
    const was = valueIn(before, field);
    // Nothing can be known of the end of a year that has not begun.
    const actual = goal.year <= closed + 1 ? valueIn(sheetIn(goal.year), field) : null;
    const direction = goal.direction ?? directionOf(target, was);
    const done = actual !== null && reached(direction, actual, target);
    const over = goal.year <= closed;
    return {
      item,
      field: goal.field,
      year: goal.year,
      direction,
      label: shortLabel(field) ?? fact.label,
      before: was && valueText(was, fact),
      target: valueText(target, fact),
      actual: actual && valueText(actual, fact),
      gap: actual && !done ? gapText(actual, target, fact) : null,
      state: done ? 'reached' : over ? (actual ? 'short' : 'unknown') : 'open',
    };
  };
  const rows = [
    ...content.items.flatMap((item) =>
      item.goals.map((goal) => row(goal, { id: item.id, title: item.title })),
    ),
    ...targets.map((target) => row(target, null)),
  ];
  const seen = new Map<string, Actual>();
  for (const one of rows) {
    // Two measures for one number, or a target the firm took over from the plan, are one line.
    const key = JSON.stringify([one.field, one.year, one.target]);
    if (!seen.has(key)) seen.set(key, one);
  }
  return [...seen.values()].sort(
    (a, b) => a.year - b.year || (a.field < b.field ? -1 : a.field > b.field ? 1 : 0),
  );
}
