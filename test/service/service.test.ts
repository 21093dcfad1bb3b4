import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startService } from './start-service.ts';

describe('who may ask what', () => {
  test.each(['no.such.call', '', '__proto__', 'constructor', 'toString', 'library'])(
    '%s is no call',
    async (name) => {
      const { refusal } = startService();
      expect(await refusal(name, {})).toMatchObject({ code: 'unknown-call', key: 'unknownCall' });
    },
  );

  test('a file is only written on behalf of the shell, whatever the input', async () => {
    const { refusal, dataDir } = startService();
    const path = join(dataDir, 'x.pdf');
    const input = { planId: '01a20bcf-0000-7000-8000-000000000001', locale: 'zh', path };
    expect(await refusal('plan.exportFile', input)).toMatchObject({ code: 'forbidden', key: 'shellOnly' });
    expect(await refusal('plan.exportFile', undefined)).toMatchObject({ code: 'forbidden' });
    expect(await refusal('plan.exportFile', input, 'shell')).toMatchObject({
      code: 'not-found',
      key: 'planNotFound',
    });
  });

  test('after closing, calls are answered and nothing is opened again', async () => {
    const { service, refusal } = startService();
    await service.ready;
    await service.close();
    await service.close();
    expect(await refusal('library.list', {})).toMatchObject({
      code: 'service-restarted',
      key: 'serviceStopped',
    });
  });
});

describe('a library that cannot be opened', () => {
  test('is told with every call, and the file stays as it is', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'cultivar-service-'));
    onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
    const file = join(dataDir, 'library.sqlite');
    writeFileSync(file, 'nothing of ours');
    const { service, refusal } = startService({ dataDir });
    await service.ready;
    for (const name of ['app.info', 'library.list', 'samples.load'])
      expect(await refusal(name, {})).toMatchObject({ code: 'library', key: 'libraryForeign' });
    expect(await refusal('enterprise.create', { name: 5 })).toMatchObject({ code: 'invalid-input' });
    expect(readFileSync(file, 'utf8')).toBe('nothing of ours');
  });

  test('missing resources are no fault of the library and give no path away', async () => {
    const { refusal } = startService({ resourcesDir: '/nowhere/at/all' });
    const error = await refusal('library.list', {});
    expect(error).toEqual({ code: 'internal', key: 'internal', details: { call: 'library.list' } });
  });
});

describe('the product as a whole', () => {
  test('says what it is and what is in it', async () => {
    const { ask, dataDir } = startService();
    expect(await ask('app.info', {})).toMatchObject({
      libraryPath: join(dataDir, 'library.sqlite'),
      enterprises: 0,
      samplesLoaded: false,
      faults: [],
    });
    const { samplesAvailable } = await ask('app.info', {});
    expect(await ask('samples.load', {})).toEqual({ added: samplesAvailable, skipped: 0 });
    expect(await ask('samples.load', {})).toEqual({ added: 0, skipped: samplesAvailable });
    expect(await ask('app.info', {})).toMatchObject({ enterprises: samplesAvailable, samplesLoaded: true });
  });

  test('hands out reference data, facts and standards', async () => {
    const { ask } = startService();
    const reference = await ask('reference.get', {});
    expect(reference.sections).toHaveLength(20);
    expect(reference.divisions).toHaveLength(97);
    expect(reference.districts.map((d) => d.name.zh)).toContain('江夏区');
    expect(reference.standards.map((s) => s.id)).toContain('cn-miit-2026-2');
    expect(reference.facts.length).toBeGreaterThan(50);
  });

  test('keeps settings across a restart; those never set have defaults', async () => {
    const first = startService({ locale: 'en' });
    expect(await first.ask('settings.get', {})).toMatchObject({ locale: 'en', theme: 'system', logo: null });
    await first.ask('settings.set', { consultant: '李工', theme: 'dark' });
    expect(first.events).toContainEqual(['changed', { topic: 'settings' }]);
    await first.service.close();
    const second = startService({ dataDir: first.dataDir });
    expect(await second.ask('settings.get', {})).toMatchObject({
      consultant: '李工',
      theme: 'dark',
      locale: 'zh-CN',
    });
  });

  test('signs changes with the consultant of the settings', async () => {
    const { ask } = startService({ actor: undefined });
    await ask('settings.set', { consultant: '李工' });
    const { id } = await ask('enterprise.create', { name: '甲' });
    expect((await ask('history.list', { enterpriseId: id }))[0]?.actor).toBe('李工');
  });
});

describe('an enterprise', () => {
  test('is created, found, changed, archived; the window is told', async () => {
    const { ask, events } = startService();
    const { id } = await ask('enterprise.create', { name: '武汉光谷样板', industryDivision: '39' });
    expect(await ask('enterprise.get', { id })).toMatchObject({
      enterprise: { industrySection: 'C', name: '武汉光谷样板' },
      figures: [],
      facts: [],
      titles: [],
      ipRights: [],
      remarks: [],
    });
    expect((await ask('library.list', { query: 'whgg' })).rows.map((row) => row.id)).toEqual([id]);
    await ask('enterprise.update', { id, changes: { name: '武汉东湖样板' } });
    expect((await ask('library.list', { query: 'whgg' })).total).toBe(0);
    expect((await ask('library.list', { query: '东湖' })).total).toBe(1);
    await ask('enterprise.archive', { id, archived: true });
    expect(await ask('library.summary', {})).toEqual({
      total: 0,
      archived: 1,
      trashed: 0,
      byRung: [0, 0, 0, 0],
      districts: [],
    });
    expect(events).toContainEqual(['changed', { topic: 'enterprise', id }]);
    expect(events).toContainEqual(['changed', { topic: 'library', id }]);
  });

  test('lies in the section its division lies in', async () => {
    const { ask, refusal } = startService();
    const { id } = await ask('enterprise.create', { name: '甲', industryDivision: '65' });
    expect(
      (await ask('enterprise.update', { id, changes: { industryDivision: '39' } })).industrySection,
    ).toBe('C');
    expect(await refusal('enterprise.update', { id, changes: { industryDivision: '00' } })).toMatchObject({
      key: 'industryUnknown',
    });
    expect(await refusal('enterprise.update', { id, changes: { industrySection: 'I' } })).toMatchObject({
      key: 'industrySection',
    });
    expect((await ask('enterprise.get', { id })).enterprise).toMatchObject({
      industryDivision: '39',
      industrySection: 'C',
    });
  });

  test('takes no date that lies ahead from a person, and undo still brings an old one back', async () => {
    let later: string | null = null;
    const { ask, refusal } = startService({ now: () => new Date(later ?? '2026-06-15T04:00:00Z') });
    const ahead = { code: 'invalid-input', key: 'dateInFuture' };
    const about = (path: string) => ({ ...ahead, details: { path, today: '2026-06-15' } });
    const create = { name: '武汉来日有限公司', foundedOn: '2026-06-16' };
    expect(await refusal('enterprise.create', create)).toMatchObject(about('foundedOn'));
    const { id } = await ask('enterprise.create', { ...create, foundedOn: '2026-06-15', nicheSince: '2026' });
    for (const changes of [{ foundedOn: '2026-07' }, { nicheSince: '2027' }])
      expect(await refusal('enterprise.update', { id, changes })).toMatchObject(ahead);
    const title = {
      kind: 'srdi',
      name: '专精特新中小企业',
      number: null,
      issuer: null,
      issuedOn: '2026-05-01',
      expiresOn: '2029-05-01',
      basis: 'declared',
      source: null,
    } as const;
    const late = { ...title, issuedOn: '2026-07-01' };
    expect(await refusal('titles.save', { enterpriseId: id, title: late })).toMatchObject(about('issuedOn'));
    const [saved] = await ask('titles.save', { enterpriseId: id, title });
    const right = {
      name: '一种装置',
      number: null,
      kind: 'invention',
      acquired: null,
      holderRank: null,
      grantedOn: '2027-01',
      forMainProduct: null,
      applied: null,
    } as const;
    expect(await refusal('ip.save', { enterpriseId: id, right })).toMatchObject(about('grantedOn'));
    await ask('ip.save', { enterpriseId: id, right: { ...right, grantedOn: '2026-06' } });

    // As if an earlier version had taken them: what is there can stay beside other edits, and comes back by undo.
    later = '2027-03-01T04:00:00Z';
    await ask('enterprise.update', { id, changes: { foundedOn: '2027-02-01' } });
    await ask('titles.save', { enterpriseId: id, title: { ...saved!, issuedOn: '2027-01-01' } });
    await ask('enterprise.update', { id, changes: { foundedOn: '2010' } });
    later = null;
    await ask('undo.back', {});
    const file = await ask('enterprise.get', { id });
    expect([file.enterprise.foundedOn, file.titles[0]?.issuedOn]).toEqual(['2027-02-01', '2027-01-01']);
    await ask('titles.save', { enterpriseId: id, title: { ...file.titles[0]!, number: 'A1' } });
    await ask('enterprise.update', { id, changes: { foundedOn: '2027-02-01', niche: '来日' } });
  });

  test('stands where its titles and figures put it, at once', async () => {
    const { ask } = startService();
    const { id } = await ask('enterprise.create', { name: '甲' });
    const row = async () => (await ask('library.list', {})).rows[0]!;
    expect(await row()).toMatchObject({ currentRung: 0, nextRung: 1, revenue: null });
    const title = {
      kind: 'srdi' as const,
      name: '专精特新',
      number: null,
      issuer: null,
      issuedOn: '2025-01',
      expiresOn: '2028-01',
      basis: 'documented' as const,
      source: null,
    };
    const [saved] = await ask('titles.save', { enterpriseId: id, title });
    expect(await row()).toMatchObject({ currentRung: 2, nextRung: 3 });
    await ask('titles.save', { enterpriseId: id, title: { ...title, id: saved!.id, expiresOn: '2026-05' } });
    expect(await row()).toMatchObject({ currentRung: 0 });
    await ask('titles.remove', { enterpriseId: id, id: saved!.id });
    await ask('figures.set', { enterpriseId: id, years: [{ year: 2025, values: { revenue: 80_000_000 } }] });
    expect(await row()).toMatchObject({ currentRung: 0, revenue: { year: 2025, yuan: 80_000_000 } });
  });

  test('has rights, each with its own id; another enterprise cannot change them', async () => {
    const { ask, refusal } = startService();
    const { id } = await ask('enterprise.create', { name: '甲' });
    const other = await ask('enterprise.create', { name: '乙' });
    const right = {
      name: '一种装置',
      number: 'ZL1',
      kind: 'invention' as const,
      acquired: null,
      holderRank: 1,
      grantedOn: '2024-02-29',
      forMainProduct: null,
      applied: false,
    };
    const [saved] = await ask('ip.save', { enterpriseId: id, right });
    expect(saved).toMatchObject(right);
    expect(
      await refusal('ip.save', { enterpriseId: other.id, right: { ...right, id: saved!.id } }),
    ).toMatchObject({ key: 'ipRightNotFound' });
    expect(await refusal('ip.remove', { enterpriseId: other.id, id: saved!.id })).toMatchObject({
      key: 'ipRightNotFound',
    });
    expect(await ask('ip.remove', { enterpriseId: id, id: saved!.id })).toEqual([]);
  });
});
