import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { judgeRows, rowJudge } from '../../electron/cohort/judge-rows.ts';
import { VERDICTS } from '../../electron/diagnosis/batch.ts';
import { derive } from '../../electron/diagnosis/derive.ts';
import { rulesetOf } from '../../electron/diagnosis/ruleset.ts';
import { decodeValue, encodeValue, flag, type Value } from '../../electron/diagnosis/values.ts';
import { readFile } from '../../electron/library/enterprise-file.ts';
import { buildFactSheet } from '../../electron/library/fact-sheet.ts';
import { closeLibrary, type Db } from '../../electron/library/open.ts';
import { openLibrary } from '../../electron/library/open-library.ts';
import { asOfFor, diagnoseEnterprise } from '../../electron/service/diagnose-enterprise.ts';
import { generate } from '../bench/generate.ts';
import { rules } from '../diagnosis/firm.ts';

const TODAY = '2026-11-24';
const SIZE = 150;
let folder: string;
let db: Db;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cultivar-batch-'));
  db = await openLibrary(join(folder, 'library.sqlite'), new Date('2026-11-24T00:00:00Z'));
  generate(db, SIZE, 20_261_124, 2025);
  const put = db.prepare(
    "INSERT OR REPLACE INTO fact (enterprise_id, fact_id, year, value, basis, updated_at) VALUES (?,?,?,?,'declared','')",
  );
  const ids = db.prepare('SELECT id FROM enterprise ORDER BY id').pluck().all() as string[];
  // Edges that random figures do not hit: numbers no double holds, words, an older sample, an archived firm.
  put.run(ids[0], 'market_share_domestic', null, '"0.100000000001"');
  put.run(ids[1], 'market_share_domestic', null, '"123456789012.123456789012"');
  put.run(ids[2], 'rd_institution_level', null, '"provincial"');
  put.run(ids[3], 'sci_award_provincial_3y_rank', null, '"2"');
  put.run(ids[3], 'sci_award_national_3y_rank', null, '"0"');
  db.prepare('UPDATE enterprise SET snapshot_year = 2024 WHERE id = ?').run(ids[4]);
  db.prepare("UPDATE enterprise SET archived_at = '2026-01-01' WHERE id = ?").run(ids[5]);
  const exact = db.prepare(
    'UPDATE figure SET revenue = ?, rd_expense = ?, main_revenue = ? WHERE enterprise_id = ?',
  );
  exact.run(50_000_000, 1_500_000, 45_000_000, ids[6]);
  exact.run(9_007_199_254_740, 270_215_977_643, 8_106_479_329_266, ids[7]);
});

afterAll(() => {
  closeLibrary(db);
  rmSync(folder, { recursive: true, force: true });
});

describe('judging a library row by row', () => {
  test('gives the verdicts of the check-up for every enterprise that is not archived', () => {
    const seen = new Set<string>();
    const verdicts = new Set<string>();
    for (const { row, rungs } of judgeRows(db, rules, TODAY)) {
      const diagnosis = diagnoseEnterprise(readFile(db, row.id), rules, { today: TODAY });
      const mine = rungs.map((code) => VERDICTS[code]);
      expect(mine, row.name).toEqual(diagnosis.rungs.map((r) => r.verdict));
      expect(row.held, row.name).toBe(diagnosis.ladder.current);
      expect(row.fiscalYear).toBe(diagnosis.asOf.fiscalYear);
      seen.add(row.id);
      for (const verdict of mine) verdicts.add(String(verdict));
    }
    expect(seen.size).toBe(SIZE - 1);
    expect([...verdicts].sort()).toEqual(
      ['manual', 'met', 'unknown', 'unmet'].filter((v) => verdicts.has(v)),
    );
    expect(verdicts.size).toBeGreaterThanOrEqual(3);
  });

  test('gives every item and every point of every tier of every standard as the interactive path does', () => {
    const ruleset = rulesetOf(rules);
    const wanted = [...rules.standards.values()].flatMap(({ standard }) =>
      standard.tiers.map((tier) => ({ standard: standard.id, tier: tier.id })),
    );
    const judge = rowJudge(rules, wanted, TODAY);
    expect(judge.tiers.length).toBe(wanted.length);
    let facts = 0;
    for (const row of judge.rows(db)) {
      const file = readFile(db, row.id);
      const sheet = buildFactSheet(file, rules.facts, asOfFor(file, { today: TODAY }));
      const given = new Map(
        Object.entries(sheet).map(([field, { value }]): [string, Value] => [field, decodeValue(value)]),
      );
      const { values } = derive(given);
      const sized = diagnoseEnterprise(file, rules, { today: TODAY }).size.isSme;
      if (!values.has('is_sme') && sized !== null) values.set('is_sme', flag(sized));
      values.set('is_review', flag(false)).set('growth_waived_for_review', flag(false));
      for (const tier of judge.tiers) {
        tier.run();
        const expected = ruleset.find(tier.tier.standard.id, tier.tier.tier.id)?.run(values, TODAY);
        expect(tier.verdict(), `${row.name} ${tier.tier.tier.id}`).toEqual(expected);
        for (const field of tier.tier.fields) {
          const mine = judge.slots.value(judge.slots.slot(field));
          const theirs = values.get(field);
          expect(mine && encodeValue(mine), `${row.name} ${field}`).toBe(theirs && encodeValue(theirs));
          if (mine) facts++;
        }
      }
    }
    expect(facts).toBeGreaterThan(SIZE * 50);
  });
});
