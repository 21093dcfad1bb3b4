import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createEnterprise } from '../../electron/library/enterprises.ts';
import { clearFact, type FactInput, listFacts, setFacts } from '../../electron/library/facts.ts';
import { yearlyFactIds } from '../../electron/library/sample-schema.ts';
import type { FactRecord } from '../../electron/library/shapes.ts';
import { loadStandards } from '../../electron/standards/loader.ts';
import { scratchLibrary, writeAs } from './scratch.ts';

const catalogue = loadStandards(join(import.meta.dirname, '../../resources/standards')).facts!;

async function start() {
  const db = await scratchLibrary();
  const id = writeAs(db, 'x', (tx) => createEnterprise(tx, { name: '甲' }));
  return {
    set: (...facts: FactInput[]) => writeAs(db, 'facts.set', (tx) => setFacts(tx, id, facts, catalogue)),
    clear: (factId: string, year: number | null = null) =>
      writeAs(db, 'facts.clear', (tx) => clearFact(tx, id, factId, year)),
    list: () => listFacts(db, id),
  };
}

test('an answer, an answer "unknown for now" and no answer are three things', async () => {
  const { set, list, clear } = await start();
  set(
    { factId: 'has_own_brand', year: null, value: false },
    { factId: 'in_abnormal_list', year: null, value: null },
  );
  expect(list().map((f) => [f.factId, f.value, f.basis])).toEqual([
    ['has_own_brand', false, 'declared'],
    ['in_abnormal_list', null, 'declared'],
  ]);
  clear('in_abnormal_list');
  expect(list().map((f) => f.factId)).toEqual(['has_own_brand']);
  expect(() => clear('in_abnormal_list')).toThrow(expect.objectContaining({ code: 'not-found' }));
});

test('a ratio is kept to the digit, by year', async () => {
  const { set, list } = await start();
  set(
    { factId: 'rd_ratio', year: 2024, value: '0.0300' },
    { factId: 'rd_ratio', year: 2025, value: '0.123456789012' },
  );
  set({ factId: 'rd_ratio', year: 2025, value: '0.03' });
  expect(list().map((f) => [f.year, f.value])).toEqual([
    [2024, '0.0300'],
    [2025, '0.03'],
  ]);
});

test('what backs an answer goes with the answer; a note stays', async () => {
  const { set, list } = await start();
  const backed = {
    factId: 'has_own_brand',
    year: null,
    value: true,
    basis: 'documented',
    source: '商标证',
    note: '看过',
  } as const;
  set(backed);
  set({ factId: 'has_own_brand', year: null, value: true });
  expect(list()[0]).toMatchObject({ basis: 'documented', source: '商标证', note: '看过' });
  set({ factId: 'has_own_brand', year: null, value: false });
  expect(list()[0]).toMatchObject({ value: false, basis: 'declared', source: null, note: '看过' });
});

type Bad = [factId: string, year: number | null, value: FactRecord['value'], key: string];
const bad: Bad[] = [
  ['no_such_fact', null, true, 'factUnknown'],
  ['revenue_y1_wan', null, '1', 'factUnknown'],
  ['rd_expense_avg2_wan', null, '1', 'factUnknown'],
  ['is_review', null, true, 'factUnknown'],
  ['rd_ratio_y1', 2025, '0.03', 'factUnknown'],
  ['rd_ratio', null, '0.03', 'factYearMissing'],
  ['has_own_brand', 2025, true, 'factYearNeedless'],
  ['rd_ratio', 2027, '0.03', 'yearInFuture'],
  ['has_own_brand', null, 'true', 'factYesNo'],
  ['rd_institution_level', null, 'galactic', 'factOption'],
  ['rd_institution_level', null, true, 'factOption'],
  ['rd_ratio', 2025, true, 'factNumber'],
  ['rd_ratio', 2025, '3%', 'factNumber'],
  ['rd_ratio', 2025, '1e-2', 'factNumber'],
  ['rd_ratio', 2025, '', 'factNumber'],
  ['rd_ratio', 2025, '-0.01', 'factTooLow'],
  ['main_ratio', 2025, '1.0001', 'factTooHigh'],
  ['market_share_domestic', null, '-0.1', 'factTooLow'],
  ['main_rev_growth', 2025, '-1.01', 'factTooLow'],
  ['market_rank_domestic', null, '1.5', 'factWhole'],
  ['market_rank_domestic', null, '-1', 'factWhole'],
  ['ip1_count', null, '2.0', 'factWhole'],
  ['digital_level', null, '5', 'factTooHigh'],
  ['eval_score', 2026, '100.01', 'factTooHigh'],
  ['eval_score', 2026, '-1', 'factTooLow'],
  ['local_feature_points', null, '16', 'factTooHigh'],
];
test.each(bad)('%s in %s cannot be %s: %s', async (factId, year, value, key) => {
  const { set, list } = await start();
  expect(() => set({ factId: 'has_own_brand', year: null, value: true }, { factId, year, value })).toThrow(
    expect.objectContaining({ code: 'invalid-input', key }),
  );
  expect(list()).toEqual([]);
});

test.each([
  ['main_ratio', 2025, '1'],
  ['debt_ratio', 2025, '1.3'],
  ['net_margin', 2025, '-0.5'],
  ['main_rev_growth', 2025, '-1'],
  ['market_rank_domestic', null, '0'],
  ['digital_level', null, '4'],
  ['eval_score', 2026, '100'],
  ['rd_institution_level', null, 'none'],
  ['title_srdi_valid', null, true],
] as const)('%s in %s can be %s', async (factId, year, value) => {
  const { set, list } = await start();
  set({ factId, year, value });
  expect(list()).toEqual([expect.objectContaining({ factId, year, value })]);
});

test('the same answer twice in one go is refused', async () => {
  const { set } = await start();
  const fact = { factId: 'has_own_brand', year: null, value: true };
  expect(() => set(fact, { ...fact, value: false })).toThrow(expect.objectContaining({ key: 'factTwice' }));
});

test('the catalogue and the samples agree on what is kept by year', () => {
  const yearly = catalogue.facts.filter((f) => f.origin === 'yearly').map((f) => f.stored);
  expect([...new Set(yearly)].sort()).toEqual([...yearlyFactIds].sort());
});
