import { describe, expect, test } from 'vitest';
import { passes } from '../../electron/diagnosis/compile.ts';
import { derive } from '../../electron/diagnosis/derive.ts';
import { compare } from '../../electron/diagnosis/exact.ts';
import { projectFacts } from '../../electron/diagnosis/project.ts';
import { type RouteUp, routeFor } from '../../electron/diagnosis/route-up.ts';
import { asNumber, encodeValue, type Values } from '../../electron/diagnosis/values.ts';
import { compiled } from './firm.ts';
import { bruteForce } from './route-brute.ts';
import { levers, pick, seeded, strong, valuesOf, weaker } from './route-firm.ts';

const TIERS = [
  ['cn-miit-2022-63', 'innovative'],
  ['cn-most-2017-115', 'tech_sme'],
  ['cn-miit-2022-63', 'srdi'],
  ['cn-miit-2022-63', 'little_giant'],
  ['cn-miit-2026-2', 'srdi'],
  ['cn-miit-2026-2', 'little_giant'],
] as const;
const DATE = '2028-05-25';
const CASES = 80;

/** A weakened firm and the few levers it may pull. */
function smallCase(seed: number, tierFields: ReadonlySet<string>) {
  const random = seeded(seed);
  const record = { ...strong };
  const mattering = weaker.filter(([field]) => /_wan$|staff/.test(field) || tierFields.has(field));
  const weak = new Set<string>();
  for (let i = 0; i < 5; i++) {
    const [field, values] = pick(mattering, random);
    const value = pick(values, random);
    if (value === null) delete record[field];
    else record[field] = value;
    weak.add(field);
  }
  const stems = [...weak].map((f) => f.replace(/_y[123](_wan)?$/, ''));
  const own = levers.levers.filter((l) => l.fields.some((f) => stems.includes(f)));
  const more = [pick(levers.levers, random), pick(levers.levers, random)];
  const pack = { ...levers, levers: [...new Set([...own, ...more])] };
  const ahead = Math.floor(random() * 4);
  return { record, pack, ahead, months: [0, 8, 18, 30][ahead] as number };
}

function rebuilt(route: RouteUp, given: Values, without: number): Values {
  const now = new Map(projectFacts(given, route.ahead));
  for (const [field, value] of route.assumed) now.set(field, value);
  route.changes.forEach((change, index) => {
    if (index !== without) for (const [field, value] of change.moves) now.set(field, value);
  });
  return derive(now).values;
}

describe.each(TIERS)('the route of %s/%s', (standard, tierId) => {
  const tier = compiled(standard, tierId);
  const cases = Array.from({ length: CASES }, (_, i) => smallCase(i * 7919 + tierId.length, tier.fields));

  test('costs what plain exhaustion finds', () => {
    let compared = 0;
    let reached = 0;
    for (const [index, { record, pack, ahead, months }] of cases.entries()) {
      const given = valuesOf(record);
      const least = bruteForce(given, tier, pack, ahead, months, DATE, 4_000);
      if (least === undefined) continue;
      const route = routeFor(given, tier, { levers: pack, ahead, months }, DATE);
      expect(route?.effort ?? Number.POSITIVE_INFINITY, `case ${index}`).toBeCloseTo(least, 6);
      compared++;
      if (route && route.effort > 0) reached++;
    }
    expect(compared).toBeGreaterThan(CASES / 2);
    expect(reached).toBeGreaterThan(5);
  });

  test('passes the rules, and not without any one of its changes', () => {
    let removed = 0;
    for (const { record, ahead, months } of cases) {
      const given = valuesOf(record);
      const route = routeFor(given, tier, { levers, ahead, months }, DATE);
      if (!route) continue;
      expect(passes(tier.run(route.after, DATE).verdict)).toBe(true);
      route.changes.forEach((_, index) => {
        removed++;
        expect(passes(tier.run(rebuilt(route, given, index), DATE).verdict)).toBe(false);
      });
    }
    expect(removed).toBeGreaterThan(10);
  });

  test('leaves closed years alone, never lets R&D exceed revenue and uses every lever once', () => {
    for (const { record, ahead, months } of cases) {
      const given = valuesOf(record);
      const route = routeFor(given, tier, { levers, ahead, months }, DATE);
      if (!route) continue;
      const closed = projectFacts(given, ahead);
      expect(new Set(route.changes.map((c) => c.lever.id)).size).toBe(route.changes.length);
      for (const { moves } of route.changes) {
        for (const field of moves.keys()) {
          const back = Number(/_y([123])/.exec(field)?.[1] ?? 0);
          if (back > ahead && closed.has(field)) {
            throw new Error(`${field} of a closed year is set to ${encodeValue(moves.get(field) as never)}`);
          }
        }
      }
      for (const year of [1, 2]) {
        const [rd, revenue] = [`rd_expense_y${year}_wan`, `revenue_y${year}_wan`].map((f) => {
          const value = route.after.get(f);
          return value && asNumber(value);
        });
        if (rd && revenue) expect(compare(rd, revenue)).toBeLessThanOrEqual(0);
      }
    }
  });
});
