import { describe, expect, test } from 'vitest';
import { classifySize, sizeIndustry } from '../../electron/diagnosis/size-class.ts';
import { decodeValue } from '../../electron/diagnosis/values.ts';
import { rules } from './firm.ts';
import { sizeBounds } from './naive-rubric.ts';

const FIELDS = {
  staff_X: 'staff_total_y1',
  revenue_Y_wan: 'revenue_y1_wan',
  assets_Z_wan: 'assets_y1_wan',
} as const;
type Metric = keyof typeof FIELDS;
const NAMES = ['large', 'medium', 'small'] as const;

function classify(code: string | undefined, facts: Partial<Record<Metric, number | undefined>>) {
  const values = new Map(
    Object.entries(facts).flatMap(([metric, value]) =>
      value === undefined ? [] : [[FIELDS[metric as Metric], decodeValue(String(value))] as const],
    ),
  );
  return classifySize(rules.size, code, values);
}

describe.each(sizeBounds)('industry $id', ({ id, metrics }) => {
  const industry = rules.size.industries.find((i) => i.id === id)!;
  const code = industry.codes[0]!;
  const bounds = Object.entries(metrics) as [Metric, [number, number, number]][];
  const at = (index: number) => Object.fromEntries(bounds.map(([metric, b]) => [metric, b[index]!]));

  test('the bounds are those of the research file, and every code leads back here', () => {
    const ours = industry.metrics;
    expect({ staff_X: ours.staff, revenue_Y_wan: ours.revenueWan, assets_Z_wan: ours.assetsWan }).toEqual({
      staff_X: undefined,
      revenue_Y_wan: undefined,
      assets_Z_wan: undefined,
      ...metrics,
    });
    for (const listed of industry.codes) expect(sizeIndustry(rules.size, listed)?.id).toBe(id);
  });
  test.each(NAMES.map((name, index) => ({ name, index })))(
    '$name needs every bound; one short drops a class',
    ({ name, index }) => {
      expect(classify(code, at(index)).class).toBe(name);
      for (const [metric, b] of bounds) {
        const short = metric === 'staff_X' ? b[index]! - 1 : b[index]! - 0.0001;
        const below = (['medium', 'small', 'micro'] as const)[index]!;
        expect(classify(code, { ...at(index), [metric]: short }).class).toBe(below);
        // However large the rest is: the smallest metric decides.
        const rest = Object.fromEntries(bounds.map(([m]) => [m, 9e8]));
        expect(classify(code, { ...rest, [metric]: short }).class).toBe(below);
        expect(classify(code, { ...rest, [metric]: short }).isSme).toBe(true);
      }
      expect(classify(code, at(index)).isSme).toBe(name !== 'large');
    },
  );
  test('micro by one metric alone, SME by one metric alone, undecided otherwise', () => {
    for (const [metric, [large, , small]] of bounds) {
      const alone = (value: number) => classify(code, { [metric]: value });
      expect(alone(small - 1).class).toBe('micro');
      expect(alone(small - 1).isSme).toBe(true);
      const known = bounds.length === 1;
      expect(alone(large - 1).class).toBe(known ? 'medium' : null);
      expect(alone(large - 1).isSme).toBe(true);
      expect(alone(large).class).toBe(known ? 'large' : null);
      expect(alone(large).isSme).toBe(known ? false : null);
    }
    const nothing = classify(code, {});
    expect([nothing.class, nothing.isSme]).toEqual([null, null]);
    expect(nothing.reason.zh).toContain('划型还缺');
  });
});

test('a class or group of its own beats its division; sections and longer codes are read', () => {
  const of = (code: string) => sizeIndustry(rules.size, code)?.id;
  expect(of('59')).toBe(7);
  expect(of('591')).toBe(6);
  expect(of('5911')).toBe(6);
  expect(of('C3922')).toBe(2);
  expect(of('7010')).toBe(13);
  expect(of('7020')).toBe(14);
});
test.each(['66', '83', '94', '53', '00', '97'])('division %s is in no industry of the table', (code) => {
  const result = classify(code, { staff_X: 10, revenue_Y_wan: 100 });
  expect([result.class, result.isSme, result.industry]).toEqual([null, null, null]);
  expect(result.reason.zh).toContain('300 号文');
  expect(result.reason.en).not.toMatch(/[一-鿿]/);
});
test('without an industry there is no class', () => {
  expect(classify(undefined, { staff_X: 10 }).reason.zh).toContain('尚未选择行业');
});
test('the reason names the metrics with all their bounds', () => {
  const { reason } = classify('39', { staff_X: 299, revenue_Y_wan: 19_813.64 });
  expect(reason.zh).toContain('从业人员 299 人（大型 ≥ 1,000 人，中型 ≥ 300 人，小型 ≥ 20 人）');
  expect(reason.zh).toContain('划为小型企业');
  expect(reason.en).toContain('classed as small');
});
