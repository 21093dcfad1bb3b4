import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Candidate, type Demand, solveTargets } from '../../electron/cohort/target-solver.ts';

/** Tries every choice: the most that can be there by each demand, the earliest first, then the least effort. */
function byTrying(candidates: readonly Candidate[], demands: readonly Demand[]) {
  const sorted = [...demands].sort((a, b) => a.year - b.year);
  let best: { had: number[]; effort: number } | undefined;
  const walk = (i: number, picked: { year: number; effort: number }[]) => {
    if (i === candidates.length) {
      const had = sorted.map(({ year, count }) =>
        Math.min(count, picked.filter((p) => p.year <= year).length),
      );
      const effort = picked.reduce((sum, p) => sum + p.effort, 0);
      const order = best ? compareLists(had, best.had) : 1;
      if (order > 0 || (order === 0 && best && effort < best.effort)) best = { had, effort };
      return;
    }
    walk(i + 1, picked);
    for (const option of candidates[i]?.options ?? []) walk(i + 1, [...picked, option]);
  };
  walk(0, []);
  return best as { had: number[]; effort: number };
}

function compareLists(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return (a[i] as number) - (b[i] as number);
  return 0;
}

const candidate = fc.uniqueArray(
  fc.record({ year: fc.integer({ min: 2027, max: 2030 }), effort: fc.integer({ min: 0, max: 12 }) }),
  { maxLength: 3, selector: (o) => o.year },
);
const demands = fc.uniqueArray(
  fc.record({ year: fc.integer({ min: 2027, max: 2030 }), count: fc.integer({ min: 0, max: 6 }) }),
  { maxLength: 3, selector: (d) => d.year },
);

describe('the least effort to a target', () => {
  test('is what trying every choice finds, also where the target cannot be reached', () => {
    fc.assert(
      fc.property(fc.array(candidate, { maxLength: 6 }), demands, (options, asked) => {
        const candidates = options.map((o, i) => ({ id: String(i), options: o }));
        const solved = solveTargets(candidates, asked);
        const tried = byTrying(candidates, asked);
        expect(solved.demands.map((d) => Math.min(d.had, d.asked))).toEqual(tried.had);
        expect(solved.effort).toBeCloseTo(tried.effort, 6);
        // Nobody is chosen twice, and everyone by a way that exists.
        expect(new Set(solved.chosen.map((c) => c.id)).size).toBe(solved.chosen.length);
        for (const { id, year, effort } of solved.chosen)
          expect(options[Number(id)]).toContainEqual({ year, effort });
      }),
      { numRuns: 400, seed: 56789 },
    );
  });

  test('says how many there can be at most', () => {
    const candidates = [
      { id: 'a', options: [{ year: 2028, effort: 5 }] },
      { id: 'b', options: [{ year: 2027, effort: 9 }] },
      { id: 'c', options: [] },
    ];
    const { demands, chosen } = solveTargets(candidates, [
      { year: 2027, count: 2 },
      { year: 2028, count: 4 },
    ]);
    expect(demands).toEqual([
      { year: 2027, asked: 2, had: 1, most: 1 },
      { year: 2028, asked: 4, had: 2, most: 2 },
    ]);
    expect(chosen.map((c) => c.id)).toEqual(['b', 'a']);
  });

  test('waits for a cheaper year where the demand allows it, and not where it does not', () => {
    const both = [
      {
        id: 'a',
        options: [
          { year: 2027, effort: 9 },
          { year: 2028, effort: 2 },
        ],
      },
    ];
    expect(solveTargets(both, [{ year: 2028, count: 1 }]).chosen[0]).toMatchObject({ year: 2028, effort: 2 });
    expect(solveTargets(both, [{ year: 2027, count: 1 }]).chosen[0]).toMatchObject({ year: 2027, effort: 9 });
  });

  test('a city is solved in a blink', () => {
    const many = Array.from({ length: 20_000 }, (_, i) => ({
      id: String(i),
      options: [2027, 2028, 2029, 2030].map((year, y) => ({ year, effort: ((i * 7919) % 997) / (y + 1) })),
    }));
    const { demands } = solveTargets(
      many,
      [2027, 2028, 2029, 2030].map((year, y) => ({ year, count: 300 * (y + 1) })),
    );
    expect(demands.every((d) => d.had >= d.asked)).toBe(true);
  });
});
