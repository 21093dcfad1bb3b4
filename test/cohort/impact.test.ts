import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CallInput, type CallName, type CallOutput, calls, type Events } from '../../electron/api.ts';
import { impactOf } from '../../electron/cohort/impact.ts';
import { judgedBy } from '../../electron/diagnosis/compare-standards.ts';
import { diagnose } from '../../electron/diagnosis/diagnose.ts';
import { readFile } from '../../electron/library/enterprise-file.ts';
import { buildFactSheet } from '../../electron/library/fact-sheet.ts';
import { closeLibrary, type Db } from '../../electron/library/open.ts';
import { openLibrary } from '../../electron/library/open-library.ts';
import { asOfFor } from '../../electron/service/diagnose-enterprise.ts';
import { createService, type Service } from '../../electron/service/service.ts';
import { generate } from '../bench/generate.ts';
import { rules, ruleset } from '../diagnosis/firm.ts';

const TODAY = '2026-11-24';
const root = join(import.meta.dirname, '../..');
const FROM = { standard: 'cn-miit-2022-63', tier: 'little_giant' };
const TO = { standard: 'cn-miit-2026-2', tier: 'little_giant' };
const SIZE = 120;
let folder: string;
let db: Db;
let service: Service | undefined;
const progress: Events['progress'][] = [];

/** Answers that make a firm a little giant of 2022, and all but one of those of 2026. */
const YES = [
  'registered_in_prc',
  'established_in_prc',
  'independent_legal_person',
  'is_sme',
  'judge_l_2a',
  'has_management_system_cert',
  'has_own_brand',
  'product_fills_chain_gap',
  'product_in_six_bases',
  'has_rd_institution_self_or_joint',
  'ip1_applied_with_benefit',
  'at_key_chain_link',
  'title_srdi_valid',
];
const NO = [
  'in_abnormal_list',
  'in_serious_dishonest_list',
  'product_prohibited_or_eliminated',
  'major_incident_3y_2022def',
  'major_incident_3y_2026def',
  'is_single_champion',
  'controls_or_controlled_by_little_giant',
  'group_similar_product_recognised',
];
const NUMBERS = {
  ip1_count: '4',
  ip1_original_top3_count: '4',
  market_share_domestic: '0.2',
  it_supported_core_business_count: '2',
};

function addFirm(id: string, name: string, score: string, brand: boolean): void {
  const at = '2026-01-01T00:00:00.000Z';
  db.prepare(
    "INSERT INTO enterprise (id, name, niche_since, name_key, name_pinyin, name_initials, created_at, updated_at) VALUES (?,?,'2010-01',?,'','',?,?)",
  ).run(id, name, name, at, at);
  const figure = db.prepare(
    'INSERT INTO figure (enterprise_id, year, revenue, main_revenue, rd_expense, total_assets, total_liabilities, equity_new) VALUES (?,?,?,?,?,?,?,0)',
  );
  figure.run(id, 2025, 120_000_000, 114_000_000, 8_000_000, 100_000_000, 40_000_000);
  figure.run(id, 2024, 110_000_000, 104_000_000, 7_000_000, 90_000_000, 40_000_000);
  figure.run(id, 2023, 100_000_000, 95_000_000, 6_000_000, 90_000_000, 40_000_000);
  const fact = db.prepare(
    "INSERT INTO fact (enterprise_id, fact_id, year, value, basis, updated_at) VALUES (?,?,?,?,'declared','')",
  );
  for (const field of YES) fact.run(id, field, null, String(field === 'has_own_brand' ? brand : true));
  for (const field of NO) fact.run(id, field, null, 'false');
  for (const [field, value] of Object.entries(NUMBERS)) fact.run(id, field, null, JSON.stringify(value));
  fact.run(id, 'eval_score', 2026, JSON.stringify(score));
}

async function call<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>> {
  const result = await (service as Service).call(name, input, 'window');
  if (!result.ok) throw new Error(`${name}: ${JSON.stringify(result.error)}`);
  return calls[name].output.parse(result.value) as CallOutput<N>;
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cultivar-impact-'));
  db = await openLibrary(join(folder, 'library.sqlite'), new Date(`${TODAY}T00:00:00Z`));
  generate(db, SIZE, 7, 2025);
  addFirm('019f0000-0000-7000-8000-000000000001', '只差评价得分', '59.9', true);
  addFirm('019f0000-0000-7000-8000-000000000002', '两套都过', '60', true);
  addFirm('019f0000-0000-7000-8000-000000000003', '原来没有品牌', '60', false);
});

afterAll(async () => {
  await service?.close();
  if (db.open) closeLibrary(db);
  rmSync(folder, { recursive: true, force: true });
});

describe('the impact of other rules', () => {
  test('names who loses and who gains, each by its clause', () => {
    const impact = impactOf(db, rules, { from: FROM, to: TO, today: TODAY, most: 1000 });
    const rows = impact?.rows.filter((r) => !r.name.startsWith('合成'));
    expect(rows).toEqual([
      expect.objectContaining({ name: '只差评价得分', from: 'met', to: 'unmet', clauses: ['L26-7'] }),
      expect.objectContaining({ name: '原来没有品牌', from: 'unmet', to: 'met', clauses: ['L-3b'] }),
    ]);
    expect(impact?.lostBy.find((c) => c.id === 'L26-7')?.enterprises).toBeGreaterThanOrEqual(1);
    expect(impact?.total).toBe(SIZE + 3);
  });

  test('counts what judging every enterprise by itself gives', () => {
    const impact = impactOf(db, rules, { from: FROM, to: TO, today: TODAY, most: 0 });
    const mine = {
      from: { met: 0, unmet: 0, unknown: 0, manual: 0 },
      to: { met: 0, unmet: 0, unknown: 0, manual: 0 },
    };
    let [gained, lost] = [0, 0];
    for (const id of db.prepare('SELECT id FROM enterprise').pluck().all() as string[]) {
      const file = readFile(db, id);
      const asOf = asOfFor(file, { today: TODAY });
      const diagnosis = diagnose({ sheet: buildFactSheet(file, rules.facts, asOf), asOf, review: [], rules });
      const [a, b] = [
        judgedBy(diagnosis, FROM, ruleset)?.verdict,
        judgedBy(diagnosis, TO, ruleset)?.verdict,
      ] as ('met' | 'unmet' | 'unknown' | 'manual')[];
      if (!a || !b) throw new Error('no verdict');
      mine.from[a]++;
      mine.to[b]++;
      if (a === 'met' && b === 'unmet') lost++;
      if (a === 'unmet' && b === 'met') gained++;
    }
    expect(impact?.under).toEqual(mine);
    expect([impact?.gained, impact?.lost]).toEqual([gained, lost]);
    expect(impact?.rows).toEqual([]);
  });

  test('ends where it is told to, and knows no tier that is not there', () => {
    expect(
      impactOf(db, rules, { from: FROM, to: TO, today: TODAY, most: 1 }, (done) => done < 3),
    ).toBeUndefined();
    expect(
      impactOf(db, rules, { from: FROM, to: { ...TO, tier: 'none' }, today: TODAY, most: 1 }),
    ).toBeUndefined();
  });
});

describe('through the service, in a thread of its own', () => {
  beforeAll(() => {
    closeLibrary(db);
    service = createService({
      dataDir: folder,
      resourcesDir: join(root, 'resources'),
      now: () => new Date(`${TODAY}T09:00:00+08:00`),
      emit: (name, payload) => {
        if (name === 'progress') progress.push(payload as Events['progress']);
      },
    });
  });

  test('cohort.impact answers with progress while other calls go on', async () => {
    const [impact, info] = await Promise.all([
      call('cohort.impact', { from: FROM, to: TO }),
      call('app.info', {}),
    ]);
    expect(info.enterprises).toBe(SIZE + 3);
    expect(impact.rows.map((r) => r.name)).toContain('只差评价得分');
    expect(progress.at(-1)).toEqual({ job: 'judge', done: SIZE + 3, total: SIZE + 3 });
  });

  test('cohort.askNext says which fact decides the most', async () => {
    const questions = await call('cohort.askNext', {});
    const decides = questions.map((q) => q.proves + q.disproves);
    expect(decides[0]).toBeGreaterThan(0);
    expect(decides).toEqual([...decides].sort((a, b) => b - a));
    for (const q of questions) expect(Math.max(q.proves, q.disproves)).toBeLessThanOrEqual(q.open);
  });

  test('what is cancelled says so and leaves the library as it was', async () => {
    const asked = service?.call('cohort.impact', { from: FROM, to: TO }, 'window');
    await call('app.info', {});
    const { cancelled } = await call('cohort.cancel', {});
    expect(cancelled).toBe(1);
    expect(await asked).toMatchObject({ ok: false, error: { key: 'batchCancelled' } });
    expect((await call('cohort.cancel', {})).cancelled).toBe(0);
  });

  test('an unknown tier is refused', async () => {
    const result = await service?.call('cohort.impact', { from: FROM, to: { ...TO, tier: 'x' } }, 'window');
    expect(result).toMatchObject({ ok: false, error: { code: 'not-found', key: 'tierNotFound' } });
  });
});

describe('on the command line', () => {
  const run = (...args: string[]) =>
    spawnSync(process.execPath, [join(root, 'electron/cli.ts'), 'impact', ...args], {
      encoding: 'utf8',
      env: { ...process.env, LC_ALL: 'zh_CN.UTF-8' },
    });
  const names = ['--from', 'cn-miit-2022-63/little_giant', '--to', 'cn-miit-2026-2/little_giant'];

  test('prints the counts, the clauses and the enterprises', () => {
    const { stdout, status } = run('--data', folder, ...names);
    expect(status).toBe(0);
    expect(stdout).toContain(`共 ${SIZE + 3} 家企业`);
    expect(stdout).toMatch(/只差评价得分.*失去.*L26-7/);
    expect(stdout).toMatch(/原来没有品牌.*获得.*L-3b/);
  });

  test('wrong options and a missing library are told', () => {
    expect(run('--data', folder).status).toBe(2);
    expect(run('--data', folder, '--from', 'a/b', '--to', 'c/d').stderr).toContain('a/b');
    const missing = run('--data', join(folder, 'nowhere'), ...names);
    expect(missing.status).toBe(1);
    expect(missing.stderr).toContain('nowhere');
  });
});
