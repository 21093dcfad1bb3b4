import { expect, test } from 'vitest';
import { type Occasion, resolveStandard } from '../../electron/standards/resolver.ts';
import type { Selection } from '../../electron/standards/schema.ts';
import { loaded } from './folder.ts';

const selection = loaded.selection as Selection;
const resolve = (rung: Occasion['rung'], kind: Occasion['kind'], date: string) => {
  const found = resolveStandard(selection, { rung, kind, date });
  return (
    found &&
    `${found.use.map((u) => `${u.standard}/${u.tier}`).join(' or ')}${found.expected ? ' (expected)' : ''}`
  );
};

test.each([
  [1, 'new', '2026-03-31', 'cn-miit-2022-63/innovative or cn-most-2017-115/tech_sme'],
  [1, 'review', '2026-11-24', 'cn-miit-2022-63/innovative or cn-most-2017-115/tech_sme'],
  [2, 'new', '2026-03-31', 'cn-miit-2022-63/srdi'],
  [2, 'new', '2026-04-01', 'cn-miit-2026-2/srdi'],
  [2, 'review', '2026-03-31', 'cn-miit-2022-63/srdi'],
  [2, 'review', '2026-04-01', 'cn-miit-2026-2/srdi'],
  [3, 'new', '2026-03-31', 'cn-miit-2022-63/little_giant'],
  [3, 'new', '2026-04-01', 'cn-miit-2026-2/little_giant'],
  [3, 'review', '2026-03-31', 'cn-miit-2022-63/little_giant'],
  [3, 'review', '2026-04-01', 'cn-miit-2022-63/little_giant'],
  [3, 'review', '2026-12-31', 'cn-miit-2022-63/little_giant'],
  [3, 'review', '2027-01-01', 'cn-miit-2026-2/little_giant (expected)'],
  [3, 'new', '2027-01-01', 'cn-miit-2026-2/little_giant'],
  [2, 'new', '2022-07-31', undefined],
  [2, 'new', '2022-08-01', 'cn-miit-2022-63/srdi'],
] as const)('rung %i, %s on %s', (rung, kind, date, expected) => {
  expect(resolve(rung, kind, date)).toBe(expected);
});

test('every day since the first measure has exactly one row for each rung and kind', () => {
  for (let day = Date.UTC(2022, 7, 1); day <= Date.UTC(2028, 0, 1); day += 86_400_000) {
    const date = new Date(day).toISOString().slice(0, 10);
    for (const rung of [1, 2, 3] as const) {
      for (const kind of ['new', 'review'] as const) {
        const rows = selection.rows.filter(
          (r) =>
            r.rung === rung &&
            (r.kind === 'any' || r.kind === kind) &&
            (r.from ?? '') <= date &&
            date <= (r.to ?? '9'),
        );
        expect(rows.length, `${rung} ${kind} ${date}`).toBe(1);
      }
    }
  }
});

test('the first matching row wins and says why', () => {
  const [row] = selection.rows;
  if (!row) throw new Error('no row');
  const first = { ...row, reason: { zh: '先', en: 'first' } };
  expect(
    resolveStandard({ ...selection, rows: [first, row] }, { rung: 1, kind: 'new', date: '2026-05-01' })
      ?.reason.en,
  ).toBe('first');
});
