import { describe, expect, test } from 'vitest';
import { usccFor } from '../library/scratch.ts';
import { startService } from '../service/start-service.ts';

/** The library without its log and derived lines, with no times of change. */
function shown(content: Record<string, unknown[]>) {
  const { change: _, standing: _1, taken_back: _2, setting: _3, sqlite_sequence: _4, ...rest } = content;
  return JSON.parse(JSON.stringify(rest).replace(/"updated_at":"[^"]*"/g, '"updated_at":""')) as typeof rest;
}

async function withFirms(...profiles: { name: string; uscc?: string | null; brief?: string }[]) {
  const app = startService();
  const ids: string[] = [];
  for (const profile of profiles) ids.push((await app.ask('enterprise.create', profile)).id);
  const groups = async () =>
    (await app.ask('duplicates.list', {})).groups.map(({ reason, members }) => [
      reason,
      ...members.map(({ id }) => ids.indexOf(id)).sort(),
    ]);
  return { ...app, ids, groups };
}

describe('what may be the same is found', () => {
  test('by the name however it is written, by its form, by a former name, and never in the trash', async () => {
    const { ask, ids, groups } = await withFirms(
      { name: '武汉（光谷）芯片有限公司' },
      { name: '武汉光谷芯片有限公司', uscc: usccFor(1) },
      { name: '武汉长江激光有限公司' },
      { name: '武汉长江激光股份有限公司', uscc: usccFor(2) },
      { name: '武汉东湖软件有限公司' },
      { name: '武汉南湖软件有限公司' },
    );
    expect(await groups()).toEqual([
      ['sameName', 0, 1],
      ['nameVariant', 2, 3],
    ]);
    await ask('enterprise.update', { id: ids[4] as string, changes: { name: '东湖数智有限公司' } });
    await ask('enterprise.update', { id: ids[5] as string, changes: { name: '武汉东湖软件有限公司' } });
    expect(await groups()).toContainEqual(['renamed', 4, 5]);
    await ask('duplicates.apart', { ids: [ids[2] as string, ids[3] as string] });
    await ask('bulk.apply', { selection: { ids: [ids[0] as string] }, operation: { do: 'trash' } });
    expect(await groups()).toEqual([['renamed', 4, 5]]);
  });

  test('two credit codes are two firms', async () => {
    const { groups } = await withFirms(
      { name: '同名有限公司', uscc: usccFor(1) },
      { name: '同名 有限公司', uscc: usccFor(2) },
      { name: '异名有限公司', uscc: usccFor(3) },
      { name: '异名股份有限公司', uscc: usccFor(4) },
    );
    expect(await groups()).toEqual([['otherCode', 0, 1]]);
  });
});

describe('merged', () => {
  async function pair() {
    const app = await withFirms(
      { name: '武汉（光谷）芯片有限公司', brief: '旧简介' },
      { name: '武汉光谷芯片有限公司', uscc: usccFor(1), brief: '新简介' },
    );
    const [keep, gone] = app.ids as [string, string];
    const title = {
      kind: 'hightech' as const,
      name: '高新技术企业',
      number: 'GR1',
      issuer: null,
      issuedOn: '2024',
      expiresOn: null,
      basis: 'declared' as const,
      source: null,
    };
    for (const [id, revenue, staffTotal] of [
      [keep, 100, undefined],
      [gone, 200, 30],
    ] as const)
      await app.ask('figures.set', {
        enterpriseId: id,
        years: [{ year: 2025, values: { revenue, ...(staffTotal ? { staffTotal } : {}) } }],
      });
    await app.ask('figures.set', { enterpriseId: gone, years: [{ year: 2024, values: { revenue: 7 } }] });
    await app.ask('facts.set', {
      enterpriseId: keep,
      facts: [
        { factId: 'has_own_brand', year: null, value: null },
        { factId: 'in_abnormal_list', year: null, value: false },
      ],
    });
    await app.ask('facts.set', {
      enterpriseId: gone,
      facts: [
        { factId: 'has_own_brand', year: null, value: true },
        { factId: 'in_abnormal_list', year: null, value: true },
      ],
    });
    await app.ask('titles.save', { enterpriseId: keep, title });
    await app.ask('titles.save', { enterpriseId: gone, title });
    await app.ask('titles.save', { enterpriseId: gone, title: { ...title, kind: 'srdi', number: 'Z2' } });
    await app.ask('diagnosis.save', { enterpriseId: gone });
    return { ...app, keep, gone };
  }

  test('field by field, year by year; what has an id of its own changes hands, the rest stays in the trash', async () => {
    const { ask, keep, gone } = await pair();
    const compared = await ask('duplicates.compare', { keep, gone });
    expect(compared.choices.map(({ key }) => key).sort()).toEqual([
      'enterprise::brief',
      'enterprise::name',
      'fact:in_abnormal_list:value',
      'figure:2025:revenue',
    ]);
    expect(compared.filled.map(({ key }) => key).sort()).toEqual([
      'enterprise::uscc',
      'fact:has_own_brand:value',
      'figure:2024:revenue',
      'figure:2025:staffTotal',
    ]);
    expect(compared.moved).toEqual({ title: 1, diagnosis: 1 });
    await ask('duplicates.merge', { keep, gone, take: ['enterprise::brief', 'figure:2025:revenue'] });
    const file = await ask('enterprise.get', { id: keep });
    expect(file.enterprise).toMatchObject({
      name: '武汉（光谷）芯片有限公司',
      uscc: usccFor(1),
      brief: '新简介',
      archivedAt: null,
    });
    expect(file.figures.map(({ year, values }) => [year, values])).toEqual([
      [2024, { revenue: 7 }],
      [2025, { revenue: 200, staffTotal: 30 }],
    ]);
    expect(file.facts.map(({ factId, value }) => [factId, value])).toEqual([
      ['has_own_brand', true],
      ['in_abnormal_list', false],
    ]);
    expect(file.titles.map(({ number }) => number).sort()).toEqual(['GR1', 'Z2']);
    expect(await ask('diagnosis.list', { enterpriseId: keep })).toHaveLength(1);
    // Nothing is lost: what was not taken is in the trash.
    const left = await ask('enterprise.get', { id: gone });
    expect(left.enterprise.trashedAt).not.toBeNull();
    expect(left.facts.find(({ factId }) => factId === 'in_abnormal_list')?.value).toBe(true);
    expect(left.titles.map(({ number }) => number)).toEqual(['GR1']);
    expect(await ask('library.summary', {})).toMatchObject({ total: 1, trashed: 1 });
    expect((await ask('duplicates.list', {})).total).toBe(0);
  });

  test('undone as one step it is as before, and done again as after', async () => {
    const { ask, refusal, keep, gone, content } = await pair();
    const before = shown(content());
    const take = ['enterprise::name', 'figure:2025:revenue', 'fact:in_abnormal_list:value'];
    await ask('duplicates.merge', { keep, gone, take });
    const after = shown(content());
    expect((await ask('undo.back', {}))?.action).toBe('enterprise.merge');
    expect(shown(content())).toEqual(before);
    await ask('undo.again', {});
    expect(shown(content())).toEqual(after);
    expect(await refusal('duplicates.merge', { keep, gone, take: [] })).toMatchObject({
      key: 'mergeTrashed',
    });
    expect(await refusal('duplicates.merge', { keep, gone: keep, take: [] })).toMatchObject({
      key: 'mergeItself',
    });
  });
});
