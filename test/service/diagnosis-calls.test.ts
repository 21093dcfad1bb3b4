import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { Database } from '../../electron/library/sqlite-driver.ts';
import { overlayDraft } from '../../electron/service/draft.ts';
import { resourcesDir, startService } from './start-service.ts';

async function withSamples(options = {}) {
  const running = startService(options);
  await running.ask('samples.load', {});
  const { rows } = await running.ask('library.list', { query: 'xtxk' });
  return { ...running, id: rows[0]!.id };
}

/** Resources of its own, to be changed. */
function ownResources(): string {
  const folder = mkdtempSync(join(tmpdir(), 'cultivar-resources-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  cpSync(resourcesDir, folder, { recursive: true });
  return folder;
}

test('samples come with their figures to the yuan, sources, notice and snapshot year', async () => {
  const { ask, id } = await withSamples();
  const file = await ask('enterprise.get', { id });
  expect(file.enterprise).toMatchObject({
    isSample: true,
    snapshotYear: 2018,
    name: '武汉兴图新科电子股份有限公司',
  });
  expect(file.enterprise.sampleNotice?.en).toContain('2018');
  const last = file.figures.find((f) => f.year === 2018);
  expect(last?.values).toEqual({
    revenue: 198_136_400,
    netProfit: 42_213_800,
    rdExpense: 28_342_800,
    totalAssets: 292_183_800,
  });
  expect(last?.backing.revenue).toMatchObject({ basis: 'documented' });
  expect(file.facts).toContainEqual(
    expect.objectContaining({ factId: 'rd_ratio', year: 2016, value: '0.1999' }),
  );
  expect(file.titles.map((t) => t.number)).toEqual(['GR201442000473', 'GR201742002138']);
  expect(file.remarks.some((r) => r.source?.startsWith('https://'))).toBe(true);
  expect((await ask('history.list', { enterpriseId: id })).map((c) => c.action)).toEqual(['samples.load']);
});

test('a sample is judged as of its own year, another enterprise as of the last closed year', async () => {
  const { ask, id } = await withSamples();
  expect((await ask('diagnosis.evaluate', { enterpriseId: id })).asOf).toMatchObject({
    fiscalYear: 2018,
    factsDate: '2018-12-31',
  });
  const mine = await ask('enterprise.create', { name: '甲' });
  expect((await ask('diagnosis.evaluate', { enterpriseId: mine.id })).asOf).toEqual({
    fiscalYear: 2025,
    factsDate: '2026-06-15',
    applicationDate: '2026-06-15',
  });
});

test('unsaved edits are judged and not stored', async () => {
  const { ask, content, id } = await withSamples();
  const before = content();
  const judged = await ask('diagnosis.evaluate', {
    enterpriseId: id,
    draft: {
      figures: [{ year: 2018, values: { rdExpense: 0, revenue: null } }],
      facts: [{ factId: 'has_qms_certificate', year: null, value: null }],
      profile: { industryDivision: '65' },
    },
  });
  expect(judged.given.rd_expense_y1_wan).toMatchObject({ value: '0', basis: 'declared' });
  expect(judged.given.revenue_y1_wan).toBeUndefined();
  expect(judged.given.has_qms_certificate).toBeUndefined();
  expect(content()).toEqual(before);
});

test('a draft lies over the file without changing it', async () => {
  const { ask, id } = await withSamples();
  const file = await ask('enterprise.get', { id });
  const copy = structuredClone(file);
  const laid = overlayDraft(file, {
    figures: [
      { year: 2018, values: { revenue: 198_136_400, sales: 5 } },
      { year: 2015, values: { revenue: 1 } },
    ],
  });
  expect(file).toEqual(copy);
  expect(laid.figures.map((f) => f.year)).toEqual([2015, 2016, 2017, 2018]);
  expect(laid.figures[3]?.backing.revenue).toMatchObject({ basis: 'documented' });
  expect(overlayDraft(file, undefined)).toBe(file);
});

test('a stored check-up is listed, read and proved again', async () => {
  const { ask, id } = await withSamples();
  const saved = await ask('diagnosis.save', { enterpriseId: id });
  const [line, ...more] = await ask('diagnosis.list', { enterpriseId: id });
  expect(more).toEqual([]);
  expect(line).toMatchObject({
    id: saved.id,
    actor: 'tester',
    asOf: { fiscalYear: 2018 },
    says: saved.diagnosis.ladder.says,
  });
  expect(await ask('diagnosis.get', { id: saved.id })).toMatchObject({
    enterpriseId: id,
    diagnosis: JSON.parse(JSON.stringify(saved.diagnosis)),
  });
  expect(await ask('diagnosis.verify', { id: saved.id })).toEqual({ same: true, differences: [] });
});

test('a stored check-up is proved by the standard it was made with, long after the standard changed', async () => {
  const first = await withSamples();
  const { id: saved } = await first.ask('diagnosis.save', { enterpriseId: first.id });
  await first.service.close();
  const changed = ownResources();
  const file = join(changed, 'standards', 'cn-miit-2022-63.json');
  // Another document number stands for any change of the rules: it shows in every judged item.
  writeFileSync(file, readFileSync(file, 'utf8').replaceAll('〔2022〕63号', '〔2030〕99号'));
  const second = startService({ dataDir: first.dataDir, resourcesDir: changed });
  expect(JSON.stringify(await second.ask('diagnosis.evaluate', { enterpriseId: first.id }))).toContain(
    '〔2030〕99号',
  );
  expect(await second.ask('diagnosis.verify', { id: saved })).toEqual({ same: true, differences: [] });
});

test('a snapshot that was tampered with is told', async () => {
  const { ask, id, dataDir } = await withSamples();
  const { id: saved } = await ask('diagnosis.save', { enterpriseId: id });
  const db = new Database(join(dataDir, 'library.sqlite'));
  db.prepare("UPDATE diagnosis SET snapshot = json_set(snapshot, '$.ladder.current', 3)").run();
  db.close();
  expect(await ask('diagnosis.verify', { id: saved })).toEqual({
    same: false,
    differences: ['snapshot', 'ladder.current'],
  });
});

test('other rules judge the whole library again after the start, while calls are answered', async () => {
  const first = await withSamples();
  const marks = () =>
    new Set((first.content().standing as { rules_hash: string }[]).map((row) => row.rules_hash));
  const [old] = marks();
  await first.service.close();
  const changed = ownResources();
  const file = join(changed, 'standards', 'facts.json');
  writeFileSync(file, `${readFileSync(file, 'utf8')}\n`);
  let told: () => void = () => undefined;
  const refreshed = new Promise<void>((resolve) => {
    told = resolve;
  });
  const second = startService({ dataDir: first.dataDir, resourcesDir: changed, emit: () => told() });
  expect((await second.ask('library.list', {})).total).toBe(8);
  await refreshed;
  const now = marks();
  expect(now.size).toBe(1);
  expect(now.has(old!)).toBe(false);
});

test('a new year judges an enterprise again without an edit', async () => {
  let now = new Date('2026-06-15T04:00:00Z');
  const first = startService({ now: () => now });
  const { id } = await first.ask('enterprise.create', { name: '甲' });
  await first.ask('titles.save', {
    enterpriseId: id,
    title: {
      kind: 'srdi',
      name: '专精特新',
      number: null,
      issuer: null,
      issuedOn: '2024-01',
      expiresOn: '2026-07',
      basis: 'declared',
      source: null,
    },
  });
  expect((await first.ask('library.list', {})).rows[0]?.currentRung).toBe(2);
  await first.service.close();
  now = new Date('2026-08-02T04:00:00Z');
  let told: () => void = () => undefined;
  const refreshed = new Promise<void>((resolve) => {
    told = resolve;
  });
  const second = startService({ dataDir: first.dataDir, now: () => now, emit: () => told() });
  await refreshed;
  expect((await second.ask('library.list', {})).rows[0]?.currentRung).toBe(0);
});

test('charts come as plain data, with figures where the enterprise is named', async () => {
  const { ask, id } = await withSamples();
  const diagnosis = await ask('diagnosis.evaluate', { enterpriseId: id });
  const charts = await ask('diagnosis.charts', { diagnosis, locale: 'zh', dark: true, enterpriseId: id });
  expect(JSON.parse(JSON.stringify(charts))).toEqual(charts);
  expect(charts.figures).toBeDefined();
  expect((await ask('diagnosis.charts', { diagnosis, locale: 'en', dark: false })).figures).toBeUndefined();
});
