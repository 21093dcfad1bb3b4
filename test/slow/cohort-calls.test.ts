import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSheet } from 'read-excel-file/node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { closeLibrary } from '../../electron/library/open.ts';
import file from '../../resources/i18n/zh-CN/cohort-file.json' with { type: 'json' };
import { cohortLibrary, TODAY } from '../cohort/cohort-library.ts';
import { startService } from '../service/start-service.ts';

const SIZE = 150;
const clearings: (() => unknown)[] = [];
let at: ReturnType<typeof startService>;
let ids: readonly string[];
let folder: string;
let today = `${TODAY}T04:00:00Z`;

beforeAll(async () => {
  const library = await cohortLibrary(SIZE, 31);
  closeLibrary(library.db);
  ids = library.ids;
  folder = library.folder;
  clearings.push(library.clear);
  at = startService({ dataDir: folder, now: () => new Date(today) }, (clear) => clearings.push(clear));
});
afterAll(async () => {
  for (const clear of clearings.reverse()) await clear();
});

const screen = (date = TODAY) => at.ask('cohort.screen', { rung: 2, date, routes: false });
const looks = { locale: 'zh', dark: false } as const;

describe('screenings as dated lists', () => {
  let first: string;

  test('one is kept, read back as it was, and not altered by later edits', async () => {
    const { id, summary } = await screen();
    const saved = await at.ask('cohort.saveScreening', { id, name: ' 去年名单 ' });
    first = saved.id;
    expect([saved.name, saved.madeOn, saved.summary]).toEqual(['去年名单', TODAY, summary]);
    const page = { reach: ['possible' as const], offset: 0, limit: 50 };
    const before = await at.ask('cohort.screeningPage', { id, ...page, fresh: false });
    const [firm] = before.rows;
    const { field } = firm?.ask ?? { field: '' };
    expect(field).not.toBe('');
    await at.ask('enterprise.update', { id: firm?.id ?? '', changes: { notes: 'x' } });
    await at.ask('cohort.openScreening', { id: first });
    const again = await at.ask('cohort.screeningPage', { id: first, ...page, fresh: false });
    expect(again).toEqual(before);
  });

  test('what entered, left, rose and fell is told with the reason', async () => {
    today = '2026-12-10T04:00:00Z';
    const page = await at.ask('cohort.screeningPage', {
      id: first,
      reach: ['possible'],
      offset: 0,
      limit: 100,
      fresh: false,
    });
    const open = page.rows.filter((row) => row.unmet.length === 0);
    const [falls, titled, archived] = open;
    if (!falls || !titled || !archived) throw new Error('too few');
    await at.ask('facts.set', {
      enterpriseId: falls.id,
      facts: [{ factId: 'in_serious_dishonest_list', year: null, value: true }],
    });
    await at.ask('titles.save', {
      enterpriseId: titled.id,
      title: {
        kind: 'srdi',
        name: '专精特新中小企业',
        number: null,
        issuer: null,
        issuedOn: '2026-12-01',
        expiresOn: null,
        basis: 'documented',
        source: null,
      },
    });
    await at.ask('enterprise.archive', { id: archived.id, archived: true });
    const fresh = await at.ask('enterprise.create', { name: '新来的企业' });
    const { id } = await screen('2026-12-10');
    const compared = await at.ask('cohort.compareScreenings', { from: first, to: id, kept: false });
    const of = (firm: string) => compared.rows.find((row) => row.id === firm);
    expect(of(falls.id)).toMatchObject({ kind: 'down', from: 'possible', to: 'impossible', why: 'items' });
    expect(of(falls.id)?.fresh.length).toBeGreaterThan(0);
    expect(of(titled.id)).toMatchObject({ kind: 'left', to: null, why: 'titled' });
    expect(of(archived.id)).toMatchObject({ kind: 'left', why: 'archived' });
    expect(of(fresh.id)).toMatchObject({ kind: 'entered', from: null, why: 'added' });
    const { up, down, entered, left } = compared.counts;
    expect([entered, left]).toEqual([1, 2]);
    expect(compared.rows.length).toBe(up + down + entered + left);
    for (const item of of(falls.id)?.fresh ?? [])
      expect(compared.titles[item]?.zh).toMatch(/[\u4e00-\u9fff]/);

    const path = join(folder, 'moved.csv');
    await at.ask('cohort.exportTable', {
      of: { kind: 'moved', from: first, to: id, kept: false },
      path,
      locale: 'zh',
    });
    const text = readFileSync(path, 'utf8');
    expect(text).toContain(file.why_titled);
    expect(text.trimEnd().split('\r\n').length - 1).toBe(compared.rows.length);
  });

  test('lists of different tiers are not compared; what is gone is told', async () => {
    const { id } = await at.ask('cohort.screen', { rung: 3, date: TODAY, routes: false });
    expect(await at.refusal('cohort.compareScreenings', { from: first, to: id, kept: false })).toMatchObject({
      code: 'conflict',
      key: 'screeningRungs',
    });
    const gone = '019f0000-0000-7000-8000-00000000dead';
    for (const name of ['cohort.openScreening', 'cohort.removeScreening'])
      expect(await at.refusal(name, { id: gone })).toMatchObject({ code: 'not-found', key: 'screeningGone' });
    expect(await at.refusal('cohort.saveScreening', { id: gone, name: 'x' })).toMatchObject({
      key: 'screeningGone',
    });
  });

  test('a kept list is removed, and the log tells of both', async () => {
    expect(await at.ask('cohort.screenings', {})).toHaveLength(1);
    expect(await at.ask('cohort.removeScreening', { id: first })).toEqual([]);
    const log = (at.content().change as { action: string }[]).map((row) => row.action);
    expect(log).toContain('cohort.saveScreening');
    expect(log).toContain('cohort.removeScreening');
  });

  test('taking a list away, and keeping it, is undone and done again; its rows are there as before', async () => {
    const page = { reach: ['possible' as const], offset: 0, limit: 50, fresh: false };
    const { id } = await screen();
    const { id: kept } = await at.ask('cohort.saveScreening', { id, name: '第二份' });
    await at.ask('cohort.openScreening', { id: kept });
    const before = await at.ask('cohort.screeningPage', { id: kept, ...page });
    await at.ask('cohort.removeScreening', { id: kept });
    expect(await at.refusal('cohort.openScreening', { id: kept })).toMatchObject({ key: 'screeningGone' });
    expect((await at.ask('undo.back', {}))?.action).toBe('cohort.removeScreening');
    await at.ask('cohort.openScreening', { id: kept });
    expect(await at.ask('cohort.screeningPage', { id: kept, ...page })).toEqual(before);
    expect((await at.ask('undo.back', {}))?.action).toBe('cohort.saveScreening');
    expect(await at.ask('cohort.screenings', {})).toEqual([]);
    expect((await at.ask('undo.again', {}))?.action).toBe('cohort.saveScreening');
    expect((await at.ask('cohort.screenings', {})).map((s) => s.name)).toEqual(['第二份']);
    // After a season nobody wants it back: its rows go.
    await at.ask('cohort.removeScreening', { id: kept });
    const rows = () => (at.content().screening as { id: string }[]).filter((row) => row.id === kept).length;
    expect(rows()).toBe(1);
    const was = today;
    today = '2027-04-01T04:00:00Z';
    const { id: later } = await screen('2027-04-01');
    await at.ask('cohort.removeScreening', {
      id: (await at.ask('cohort.saveScreening', { id: later, name: 'x' })).id,
    });
    expect(rows()).toBe(0);
    today = was;
  });
});

describe('files', () => {
  test('a list and a screening as workbooks, row by row as on the screen', async () => {
    const condition = { heldBelow: 2 };
    const listed = await at.ask('cohort.list', { condition, offset: 0, limit: 1 });
    const path = join(folder, 'list.xlsx');
    await at.ask('cohort.exportTable', { of: { kind: 'list', condition }, path, locale: 'zh' });
    const rows = (await readSheet(readFileSync(path))) as unknown[][];
    expect(rows.length - 1).toBe(listed.total);
    const { id, summary } = await screen();
    await at.ask('cohort.exportTable', {
      of: { kind: 'screening', id, reach: ['impossible'], fresh: true },
      path,
      locale: 'zh',
    });
    const screened = (await readSheet(readFileSync(path))) as unknown[][];
    expect(screened.length - 1).toBe(summary.counts.impossible);
    expect(screened[0]?.[6]).toBe(file.unmet);
    expect(screened.slice(1).every((row) => String(row[6] ?? '') !== '')).toBe(true);
    expect(
      await at.refusal('cohort.exportTable', { of: { kind: 'list', condition }, path, locale: 'zh' }),
    ).toMatchObject({ code: 'forbidden' });
  });

  test('a target and its solution survive: stored, counted, written', async () => {
    await at.ask('cohort.setTarget', { year: 2027, rung: 2, district: '洪山区', count: 30 });
    await at.ask('cohort.setTarget', { year: 2023, rung: 1, district: null, count: null });
    const { targets } = await at.ask('cohort.pipeline', { condition: {}, ...looks });
    expect(targets.map((t) => [t.year, t.rung, t.district, t.count])).toEqual([
      [2023, 2, null, 500],
      [2023, 3, null, 260],
      [2027, 2, '洪山区', 30],
    ]);
    const ask = { condition: {}, rung: 2, targets: [{ year: 2028, count: 60 }], renewals: 'kept' as const };
    const solved = await at.ask('cohort.solve', ask);
    const path = join(folder, 'solved.xlsx');
    await at.ask('cohort.exportTable', { of: { kind: 'solved', ask }, path, locale: 'en' });
    const rows = (await readSheet(readFileSync(path))) as unknown[][];
    expect(rows.length - 1).toBe(solved.chosen.length);
  });

  test('check-ups of many are stored one by one, and those that are gone are counted', async () => {
    const some = [...ids.slice(0, 9), '019f0000-0000-7000-8000-00000000dead'];
    expect(await at.ask('cohort.diagnoseAll', { ids: some })).toEqual({ saved: 9, gone: 1 });
    expect(await at.ask('diagnosis.list', { enterpriseId: ids[0] ?? '' })).toHaveLength(1);
  });
});

describe('beside other work', () => {
  test('calls are answered while routes are worked out, and what is cancelled says so', async () => {
    const forecast = at.service.call('cohort.forecast', { condition: {}, ...looks }, 'window');
    const info = await at.ask('app.info', {});
    expect(info.enterprises).toBe(SIZE + 1);
    const facets = await at.ask('cohort.facets', {});
    expect(facets.total).toBe(SIZE);
    expect((await at.ask('cohort.cancel', {})).cancelled).toBe(1);
    expect(await forecast).toMatchObject({ ok: false, error: { key: 'batchCancelled' } });
    const again = await at.ask('cohort.forecast', { condition: { district: ['洪山区'] }, ...looks });
    expect(again.rungs).toHaveLength(3);
  });
});
