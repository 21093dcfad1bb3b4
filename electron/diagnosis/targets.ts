import type { FactCatalogue } from '../standards/fact-schema.ts';
import type { Rules } from './context.ts';
import { diagnose } from './diagnose.ts';
import { type OpenItem, openOf } from './open-items.ts';
import { shortLabel } from './part-facts.ts';
import { projectFacts } from './project.ts';
import { WINDOW } from './route-view.ts';
import { tell } from './route-words.ts';
import type { Diagnosis, FactSheet, Rung } from './shapes.ts';
import type { Outlook, Target, TargetYear } from './target-shape.ts';
import { decodeValue, encodeValue, flag, type Value } from './values.ts';
import { join } from './words.ts';

/** How many rounds of applications an outlook looks at, the next one included. */
export const OUTLOOK_YEARS = 5;

const YEARLY = /^(.+)_y1(_wan)?$/;
const TITLES = ['title_tech_innovative_valid', 'title_srdi_valid', 'title_little_giant_valid'] as const;

/** "rd_expense_y1_wan" → "rd_expense_wan"; a field that is not of the last closed year is its own name. */
export function targetFieldOf(sheetField: string): string {
  return sheetField.replace(YEARLY, '$1$2');
}

/** The field of the sheet that a target sets for the last closed year: "rd_expense_wan" → "rd_expense_y1_wan". */
export function sheetFieldOf(field: string, catalogue: FactCatalogue): string {
  const yearly = field.replace(/^(.+?)(_wan)?$/, '$1_y1$2');
  const known = (id: string) => catalogue.facts.some((fact) => fact.id === id);
  return known(yearly) || (!known(field) && shortLabel(yearly) !== undefined) ? yearly : field;
}

function valuesOf(sheet: FactSheet): Map<string, Value> {
  return new Map(Object.entries(sheet).map(([field, { value }]) => [field, decodeValue(value)]));
}

/**
 * The sheet as it will stand once fiscal year `closed` has closed: years to come repeat the last closed one except for
 * the targets set for them. A target stays reached in later years. Throws RangeError for a target that is not readable.
 */
export function sheetWithTargets(
  given: FactSheet,
  fiscalYear: number,
  targets: readonly Target[],
  closed: number,
  catalogue: FactCatalogue,
): FactSheet {
  let values = valuesOf(given);
  for (let year = fiscalYear + 1; year <= closed; year++) {
    values = projectFacts(values, 1);
    for (const target of targets) {
      if (target.year !== year) continue;
      values.set(sheetFieldOf(target.field, catalogue), decodeValue(target.value));
    }
  }
  return Object.fromEntries(
    [...values].map(([field, value]) => {
      const encoded = encodeValue(value);
      const kept = given[field];
      if (kept && kept.value === encoded) return [field, kept];
      return [field, { value: encoded, year: null, basis: 'declared' as const, source: null }];
    }),
  );
}

function bestOpen({ routes, best }: Rung): OpenItem[] {
  const route = routes[best];
  return route ? openOf(route) : [];
}

/**
 * What becomes of the ladder if the targets are reached, round by round. A title reached in one round is held in the
 * next. The firm's data must be judged as of their last closed year (`diagnosis`).
 */
export function outlookOf(diagnosis: Diagnosis, targets: readonly Target[], rules: Rules): Outlook {
  const { asOf, ladder } = diagnosis;
  const years: TargetYear[] = [];
  let held = ladder.current;
  let mayHold = held;
  for (let ahead = 0; years.length < OUTLOOK_YEARS; ahead++) {
    const closed = asOf.fiscalYear + ahead;
    const date = `${closed + 1}-${WINDOW}`;
    if (date < asOf.applicationDate && ahead > 0) continue;
    if (ahead > 60) break;
    const sheet = sheetWithTargets(diagnosis.given, asOf.fiscalYear, targets, closed, rules.facts);
    for (const title of TITLES.slice(0, held))
      sheet[title] ??= { value: true, year: null, basis: 'derived', source: null };
    for (const title of TITLES.slice(ladder.current, held))
      sheet[title] = { value: encodeValue(flag(true)), year: null, basis: 'derived', source: null };
    // A title that may have been won by then is neither held nor missing.
    for (const title of TITLES.slice(held, mayHold)) delete sheet[title];
    const applicationDate = date < asOf.applicationDate ? asOf.applicationDate : date;
    const then = diagnose({
      sheet,
      asOf: { fiscalYear: closed, factsDate: applicationDate, applicationDate },
      review: [],
      rules,
    });
    const heldBefore = held;
    years.push({
      year: Number(applicationDate.slice(0, 4)),
      date: applicationDate,
      rungs: then.rungs.map((rung) => ({
        rung: rung.rung,
        title: rung.title,
        held: rung.rung <= heldBefore,
        verdict: rung.verdict,
        reach: rung.reach,
        open: bestOpen(rung),
      })),
    });
    // The highest rung proved this year is held from the next round on.
    held = Math.max(held, ...then.rungs.filter((r) => r.reach === 'sure').map((r) => r.rung));
    mayHold = Math.max(mayHold, held, ...then.rungs.filter((r) => r.reach === 'possible').map((r) => r.rung));
  }
  const reached = diagnosis.rungs
    .filter(({ rung }) => rung > ladder.current)
    .map(({ rung, title }) => {
      const found = (good: (reach: TargetYear['rungs'][number]['reach']) => boolean) =>
        years.find((y) => y.rungs.some((r) => r.rung === rung && good(r.reach)));
      const first = found((reach) => reach !== 'impossible');
      return {
        rung,
        title,
        year: found((reach) => reach === 'sure')?.year ?? null,
        possible: first
          ? { year: first.year, open: first.rungs.find((r) => r.rung === rung)?.open.length ?? 0 }
          : null,
      };
    });
  return { years, reached, says: saysOf(reached, years) };
}

function saysOf(reached: Outlook['reached'], years: readonly TargetYear[]) {
  if (reached.length === 0) return tell('targetsTop');
  const sentences = reached.map(({ title, year, possible }) => {
    if (year !== null) return tell('targetsReach', { title, year });
    return possible
      ? tell('targetsPossible', { title, ...possible })
      : tell('targetsNotYet', { title, year: years.at(-1)?.year ?? '' });
  });
  return tell('targetsSay', { what: join(sentences, tell('partSeparator')) });
}
