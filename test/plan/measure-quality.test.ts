import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type IndustryGroup, industryGroupShape } from '../../electron/library/reference-schema.ts';
import { type Measure, type sizeClassShape, stageShape } from '../../electron/plan/measure-schema.ts';
import { loadStandards } from '../../electron/standards/loader.ts';
import { measures, resources } from './plan-fixture.ts';

const { standards } = loadStandards(join(resources, 'standards'));
const packs = [...standards.values()].map(({ standard }) => standard);
const asked = packs.flatMap(({ base, tiers }) => [
  ...base,
  ...tiers.flatMap(({ gates, direct, groups }) => [
    ...gates,
    ...direct,
    ...groups.flatMap((g) => g.indicators),
  ]),
]);
const groups = industryGroupShape.options.filter((group) => group !== 'other');

function fits({ context }: Measure, group: IndustryGroup, stage: string, size: string): boolean {
  return (
    (!context?.industries || context.industries.includes(group)) &&
    (!context?.stages || (context.stages as readonly string[]).includes(stage)) &&
    (!context?.sizes || (context.sizes as readonly string[]).includes(size))
  );
}

describe('the measures reach', () => {
  test('every gate, condition and indicator for every industry, stage and size', () => {
    const bare = asked.flatMap(({ id }) =>
      groups.flatMap((group) =>
        stageShape.options.flatMap((stage) =>
          (['micro', 'small', 'medium'] satisfies (typeof sizeClassShape.options)[number][]).flatMap(
            (size) =>
              measures.some((m) => m.serves.includes(id) && fits(m, group, stage, size))
                ? []
                : [`${id} ${group} ${stage} ${size}`],
          ),
        ),
      ),
    );
    expect(bare).toEqual([]);
  });

  test('the numbers and judgements of tiers 2 and 3 with something made for each industry', () => {
    const current = packs.find(({ id }) => id === 'cn-miit-2026-2')!;
    // Years in the niche are proven the same way everywhere.
    const ids = current.tiers
      .flatMap(({ gates }) => gates.map(({ id }) => id))
      .filter((id) => !id.endsWith('26-1'));
    expect(ids.length).toBeGreaterThan(14);
    const bare = ids.flatMap((id) =>
      groups.flatMap((group) =>
        measures.some((m) => m.serves.includes(id) && m.context?.industries?.includes(group))
          ? []
          : [`${id} ${group}`],
      ),
    );
    expect(bare).toEqual([]);
  });
});

function pairs(text: string): Set<string> {
  return new Set(Array.from({ length: text.length - 1 }, (_, at) => text.slice(at, at + 2)));
}

function alike(a: Set<string>, b: Set<string>): number {
  let both = 0;
  for (const pair of a) if (b.has(pair)) both++;
  return both / (a.size + b.size - both);
}

describe('no two measures say the same', () => {
  const inTwos = <T>(list: readonly T[], tell: (a: T, b: T) => string[]) =>
    list.flatMap((a, at) => list.slice(at + 1).flatMap((b) => tell(a, b)));

  test('by title and steps', () => {
    const said = measures.map((m) => ({
      id: m.id,
      pairs: pairs(m.title.zh + m.steps.map(({ zh }) => zh).join('')),
    }));
    expect(inTwos(said, (a, b) => (alike(a.pairs, b.pairs) > 0.17 ? [`${a.id} ${b.id}`] : []))).toEqual([]);
  });

  test('by any one step', () => {
    const said = measures.flatMap((m) => m.steps.map(({ zh }) => ({ id: m.id, zh, pairs: pairs(zh) })));
    expect(
      inTwos(said, (a, b) => (a.id !== b.id && alike(a.pairs, b.pairs) > 0.45 ? [`${a.zh} = ${b.zh}`] : [])),
    ).toEqual([]);
  });
});

describe('each measure', () => {
  const texts = (m: Measure) => [
    m.title,
    ...(m.cause ? [m.cause] : []),
    ...m.steps,
    ...m.moves.map(({ how }) => how),
    ...m.evidence,
    ...m.materials,
    ...m.pitfalls,
  ];

  test('has three to seven steps to act on, evidence, papers and a pitfall', () => {
    const thin = measures.filter(
      (m) =>
        m.steps.length < 3 ||
        m.steps.some(({ zh, en }) => zh.length < 10 || en.split(' ').length < 5) ||
        m.materials.length === 0 ||
        m.pitfalls.length === 0,
    );
    expect(thin.map(({ id }) => id)).toEqual([]);
  });

  test('is complete in English: no clipped lists, the same shares in both languages', () => {
    const clipped = measures.flatMap((m) =>
      [...m.steps, ...m.evidence, ...m.materials, ...m.pitfalls].flatMap(({ zh, en }) =>
        en.split(' ').length / zh.length < 0.22 ? [`${m.id}: ${en}`] : [],
      ),
    );
    expect(clipped).toEqual([]);
    const shares = (text: string) =>
      [...text.matchAll(/(\d+(?:\.\d+)?)\s?[%％]/g)]
        .map(([, n]) => n)
        .sort()
        .join();
    const differ = measures.flatMap((m) =>
      texts(m).flatMap(({ zh, en }) =>
        shares(zh) &&
        !shares(zh)
          .split(',')
          .every((n) => en.includes(n))
          ? [`${m.id}: ${zh}`]
          : [],
      ),
    );
    expect(differ).toEqual([]);
  });

  /** Working figures: 1,000,000 / 3 %, and two margins that the measures call internal. */
  const own = new Set(['3333万元', '3.5%', '92%']);

  test('names no line that no standard draws', () => {
    const lines = new Set<number>();
    const walk = (node: unknown): void => {
      if (typeof node === 'number') lines.add(node).add(Math.round(node * 100_000) / 1000);
      else if (node && typeof node === 'object') for (const child of Object.values(node)) walk(child);
    };
    walk(packs);
    const strange = measures.flatMap((m) =>
      texts(m).flatMap(({ zh }) =>
        [...zh.matchAll(/(\d+(?:\.\d+)?)(万元|亿元|万|亿|%|％|分(?!钟))/g)].flatMap(
          ([figure, number, unit]) => {
            const value = Number(number) * (unit!.startsWith('亿') ? 10_000 : 1);
            return lines.has(value) || own.has(figure) ? [] : [`${figure} ${m.id}: ${zh}`];
          },
        ),
      ),
    );
    expect(strange).toEqual([]);
  });

  test('that takes something for granted names the cause, by facts there are', () => {
    const catalogue = new Set(loadStandards(join(resources, 'standards')).facts!.facts.map(({ id }) => id));
    const wrong = measures.flatMap((m) => {
      const signs = [...(m.needs ?? []), ...(m.shown ?? [])];
      const fields = signs.flatMap(({ field, moreThan }) => [field, ...(moreThan ? [moreThan] : [])]);
      return fields.every((field) => catalogue.has(field)) && (m.cause || !(m.shown || m.usual))
        ? []
        : [m.id];
    });
    expect(wrong).toEqual([]);
    expect(measures.filter((m) => m.shown).length).toBeGreaterThan(25);
    // Every gate has one that needs no cause confirmed first, so that a plan never begins with a guess.
    const gates = packs.flatMap(({ tiers }) => tiers.flatMap((tier) => tier.gates)).map(({ id }) => id);
    const guessed = gates.filter(
      (id) => !measures.some((m) => m.serves.includes(id) && !m.context && (!m.cause || m.usual || m.shown)),
    );
    expect(guessed).toEqual([]);
  });
});
