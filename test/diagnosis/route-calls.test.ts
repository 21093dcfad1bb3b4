import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CallInput, type CallName, type CallOutput, calls } from '../../electron/api.ts';
import { createService, type Service } from '../../electron/service/service.ts';

const root = join(import.meta.dirname, '../..');
let folder: string;
let service: Service;
let id: string;

async function call<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>> {
  const result = await service.call(name, input, 'window');
  if (!result.ok) throw new Error(`${name}: ${JSON.stringify(result.error)}`);
  return calls[name].output.parse(result.value) as CallOutput<N>;
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cultivar-route-'));
  service = createService({
    dataDir: folder,
    resourcesDir: join(root, 'resources'),
    now: () => new Date('2026-11-24T09:00:00+08:00'),
    emit: () => undefined,
  });
  const made = await call('enterprise.create', {
    name: '江城精密部件有限公司',
    nicheSince: '2015-01',
    industryDivision: '34',
  });
  id = made.id;
  const years = [
    {
      year: 2025,
      values: {
        revenue: 48_000_000,
        mainRevenue: 44_000_000,
        rdExpense: 1_600_000,
        netProfit: 3_000_000,
        totalAssets: 60_000_000,
        totalLiabilities: 30_000_000,
        staffTotal: 120,
      },
    },
    { year: 2024, values: { revenue: 45_000_000, mainRevenue: 41_000_000, rdExpense: 1_500_000 } },
    { year: 2023, values: { revenue: 40_000_000, mainRevenue: 36_000_000 } },
  ];
  await call('figures.set', { enterpriseId: id, years });
});

afterAll(async () => {
  await service.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('route.get', () => {
  test('gives every rung above, in both languages, with figures of years to come', async () => {
    const steps = await call('route.get', { enterpriseId: id });
    expect(steps.map((s) => s.rung)).toEqual([1, 2, 3]);
    const little = steps[2]?.earliest;
    const spending = little?.changes.find((c) => c.lever === 'rd-spending');
    expect(spending?.moves[0]?.label.zh).toMatch(/20(26|27|28|29)年/);
    expect(spending?.moves[0]?.to.zh).toBe('600 万元');
    const listed = little?.confirm.find((c) => c.field === 'in_abnormal_list');
    expect(listed?.expected).toEqual({ zh: '否', en: 'no' });
    for (const step of steps)
      expect((step.earliest === null) !== (step.impossibleReason === null)).toBe(true);
  });

  test('an enterprise that is not there is refused', async () => {
    const result = await service.call(
      'route.get',
      { enterpriseId: '0197e1a0-0000-7000-8000-000000000000' },
      'window',
    );
    expect(result).toMatchObject({ ok: false, error: { code: 'not-found' } });
  });
});

describe('whatif.evaluate', () => {
  const gate = (out: CallOutput<'whatif.evaluate'>) =>
    out.diagnosis.rungs[1]?.routes[0]?.items.find((i) => i.id === 'S26-3')?.verdict;

  test('moves the verdict at once and stores nothing', async () => {
    expect(gate(await call('whatif.evaluate', { enterpriseId: id, facts: [] }))).toBe('met');
    const less = [{ field: 'rd_expense_y1_wan', value: '143.99' }];
    expect(gate(await call('whatif.evaluate', { enterpriseId: id, facts: less }))).toBe('unmet');
    const unknown = [{ field: 'rd_expense_y1_wan', value: null }];
    expect(gate(await call('whatif.evaluate', { enterpriseId: id, facts: unknown }))).toBe('unknown');
    expect(gate(await call('whatif.evaluate', { enterpriseId: id, facts: [] }))).toBe('met');
  });

  test('the targets of a route, put in as facts of the years they are for, make it shorter', async () => {
    const facts = [{ field: 'eval_score_y0', value: '80' }];
    const before = await call('route.get', { enterpriseId: id });
    const after = await call('whatif.evaluate', { enterpriseId: id, facts });
    const asked = (steps: CallOutput<'route.get'>) => steps[1]?.earliest?.confirm.map((c) => c.field) ?? [];
    expect(asked(before)).toContain('eval_score_y0');
    expect(asked(after.route)).not.toContain('eval_score_y0');
  });

  test.each([
    ['no_such_fact', '1'],
    ['rd_expense_y1_wan', 'much'],
    ['rd_expense_y1_wan', true],
    ['is_sme', '1'],
    ['revenue_y1_wan', '1/0'],
  ])('%s = %s is refused with its field', async (field, value) => {
    const result = await service.call(
      'whatif.evaluate',
      { enterpriseId: id, facts: [{ field, value }] },
      'window',
    );
    expect(result).toMatchObject({ ok: false, error: { code: 'invalid-input', details: { path: field } } });
  });
});

describe('standards.compare', () => {
  const a = { standard: 'cn-miit-2022-63', tier: 'innovative' };
  const b = { standard: 'cn-miit-2026-2', tier: 'little_giant' };

  test('says under which standard it passes and why it fails under the other', async () => {
    const answers = ['registered_in_prc', 'independent_legal_person', 'honor_hightech_valid'].map(
      (factId) => ({ factId, year: null, value: true }),
    );
    const noes = [
      'in_abnormal_list',
      'in_serious_dishonest_list',
      'product_prohibited_or_eliminated',
      'major_incident_3y_2022def',
    ].map((factId) => ({ factId, year: null, value: false }));
    await call('facts.set', { enterpriseId: id, facts: [...answers, ...noes] });
    const out = await call('standards.compare', { enterpriseId: id, a, b });
    for (const { en } of out.says) expect(en).not.toMatch(/\p{Script=Han}/u);
    expect(out.a.verdict).toBe('met');
    expect(out.b.verdict).toBe('unmet');
    expect(out.says).toHaveLength(1);
    expect(out.says[0]?.zh).toMatch(/63号.*通过.*2号.*不通过，因为/);
    expect(out.says[0]?.en).toMatch(/^Passes under .*fails under .* because/);
  });

  test('agrees with the diagnosis where both judge the same tier', async () => {
    const out = await call('standards.compare', { enterpriseId: id, a: b, b });
    const diagnosis = await call('diagnosis.evaluate', { enterpriseId: id });
    expect(out.a).toEqual(diagnosis.rungs[2]?.routes[0]);
    expect(out.says[0]).toMatchObject({ zh: expect.stringContaining('都不通过') });
  });

  test('a tier that is not there is refused', async () => {
    const result = await service.call(
      'standards.compare',
      { enterpriseId: id, a, b: { ...b, tier: 'none' } },
      'window',
    );
    expect(result).toMatchObject({ ok: false, error: { code: 'not-found', key: 'tierNotFound' } });
  });
});
