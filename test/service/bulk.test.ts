import { describe, expect, test } from 'vitest';
import { usccFor } from '../library/scratch.ts';
import { startService } from './start-service.ts';

/** What people see of the library: everything but the log, derived lines and times of change. */
function shown(content: Record<string, unknown[]>) {
  const { change: _, standing: _1, taken_back: _2, setting: _3, sqlite_sequence: _4, ...rest } = content;
  return JSON.parse(JSON.stringify(rest).replace(/"updated_at":"[^"]*"/g, '"updated_at":""')) as typeof rest;
}

async function three() {
  const app = startService();
  const ids: string[] = [];
  for (const [i, name] of ['甲公司', '乙公司', '丙公司'].entries())
    ids.push(
      (
        await app.ask('enterprise.create', {
          name,
          uscc: usccFor(i),
          district: i === 2 ? '江夏区' : '洪山区',
          tags: i === 0 ? ['种子'] : [],
        })
      ).id,
    );
  return { ...app, ids, select: (...at: number[]) => ({ ids: at.map((i) => ids[i] as string) }) };
}

describe('a change of many', () => {
  test('is shown before, done as one step, and undone as one', async () => {
    const { ask, ids, content } = await three();
    const selection = { list: { filter: {} } };
    const changes = { fields: { district: '江夏区' }, tags: { add: ['重点'], remove: ['种子'] } };
    const preview = await ask('bulk.preview', { selection, changes });
    expect(preview).toMatchObject({ selected: 3, changing: 3 });
    expect(preview.samples.find(({ id }) => id === ids[0])?.fields).toEqual([
      { field: 'district', old: '洪山区', new: '江夏区' },
      { field: 'tags', old: ['种子'], new: ['重点'] },
    ]);
    expect(preview.samples.find(({ id }) => id === ids[2])?.fields).toEqual([
      { field: 'tags', old: [], new: ['重点'] },
    ]);
    const before = shown(content());
    expect(await ask('bulk.apply', { selection, operation: { do: 'edit', changes } })).toEqual({
      selected: 3,
      changed: 3,
    });
    expect((await ask('library.list', { filter: { district: ['江夏区'], tags: ['重点'] } })).total).toBe(3);
    // A second time there is nothing left to change.
    expect((await ask('bulk.preview', { selection, changes })).changing).toBe(0);
    const undone = await ask('undo.back', {});
    expect(undone?.action).toBe('enterprise.bulk');
    expect(shown(content())).toEqual(before);
    expect((await ask('library.list', { query: '种子' })).total).toBe(1);
    await ask('undo.again', {});
    expect((await ask('library.list', { filter: { tags: ['重点'] } })).total).toBe(3);
  });

  test('names all of a list but some', async () => {
    const { ask, ids } = await three();
    const selection = { list: { filter: { district: ['洪山区'] } }, except: [ids[1] as string] };
    expect(await ask('library.ids.get', { selection })).toEqual({ ids: [ids[0]] });
    const operation = { do: 'archive' as const, archived: true };
    expect(await ask('bulk.apply', { selection, operation })).toEqual({ selected: 1, changed: 1 });
    expect(await ask('library.summary', {})).toMatchObject({ total: 2, archived: 1 });
  });

  test('keeps an industry in its section, and refuses one that is none', async () => {
    const { ask, refusal, ids, select } = await three();
    const edit = (industryDivision: string) => ({
      selection: select(0, 1),
      operation: { do: 'edit' as const, changes: { fields: { industryDivision } } },
    });
    await ask('bulk.apply', edit('39'));
    const { enterprise } = await ask('enterprise.get', { id: ids[1] as string });
    expect([enterprise.industryDivision, enterprise.industrySection]).toEqual(['39', 'C']);
    expect(await refusal('bulk.apply', edit('00'))).toMatchObject({ key: 'industryUnknown' });
  });
});

describe('the trash', () => {
  test('takes out of every list, gives back to where it was, and frees the name but not the code', async () => {
    const { ask, refusal, ids, select } = await three();
    await ask('enterprise.archive', { id: ids[1] as string, archived: true });
    const trash = { selection: select(0, 1), operation: { do: 'trash' as const } };
    expect(await ask('bulk.apply', trash)).toEqual({ selected: 2, changed: 2 });
    expect(await ask('library.summary', {})).toMatchObject({ total: 1, archived: 0, trashed: 2 });
    expect(
      (await ask('library.list', { filter: { trash: true } })).rows.map(({ trashed }) => trashed),
    ).toEqual([true, true]);
    expect(await refusal('enterprise.create', { name: '丁公司', uscc: usccFor(0) })).toMatchObject({
      key: 'usccInTrash',
    });
    const again = await ask('enterprise.create', { name: '甲公司' });
    await ask('bulk.apply', { selection: { ids: [again.id] }, operation: { do: 'trash' } });
    await ask('bulk.apply', { selection: select(0, 1), operation: { do: 'restore' } });
    expect(await ask('library.summary', {})).toMatchObject({ total: 2, archived: 1, trashed: 1 });
    await ask('undo.back', {});
    expect(await ask('library.summary', {})).toMatchObject({ total: 1, archived: 0, trashed: 3 });
  });

  test('emptied, nothing is left of it but the log, and undo goes on with what is left', async () => {
    const { ask, ids, select, content, dataDir } = await three();
    const id = ids[0] as string;
    await ask('figures.set', { enterpriseId: id, years: [{ year: 2025, values: { revenue: 5 } }] });
    await ask('facts.set', {
      enterpriseId: id,
      facts: [{ factId: 'has_own_brand', year: null, value: true }],
    });
    await ask('diagnosis.save', { enterpriseId: id });
    await ask('plan.create', { enterpriseId: id, locale: 'zh' } as never).catch(() => undefined);
    await ask('enterprise.update', { id: ids[2] as string, changes: { brief: '一' } });
    await ask('bulk.apply', { selection: select(0), operation: { do: 'trash' } });
    expect(await ask('trash.empty', { selection: select(1) })).toEqual({ deleted: 0 });
    expect(await ask('trash.empty', {})).toEqual({ deleted: 1 });
    const left = Object.entries(content())
      .filter(([table]) => !['change', 'long_value'].includes(table))
      .flatMap(([table, rows]) => (JSON.stringify(rows).includes(id) ? [table] : []));
    expect(left).toEqual([]);
    expect(await ask('library.summary', {})).toMatchObject({ total: 2, trashed: 0 });
    await ask('enterprise.create', { name: '甲公司', uscc: usccFor(0) });
    await ask('undo.back', {});
    expect((await ask('undo.back', {}))?.enterpriseId).toBe(ids[2]);
    expect(dataDir).not.toBe('');
  });
});
