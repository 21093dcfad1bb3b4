import { describe, expect, test } from 'vitest';
import {
  archiveEnterprise,
  createEnterprise,
  getEnterprise,
  updateEnterprise,
} from '../../electron/library/enterprises.ts';
import type { Db } from '../../electron/library/open.ts';
import type { Profile } from '../../electron/library/shapes.ts';
import { dump, scratchLibrary, usccFor, writeAs } from './scratch.ts';

const create = (db: Db, profile: Partial<Profile> & { name: string }) =>
  writeAs(db, 'enterprise.create', (tx) => createEnterprise(tx, profile));
const update = (db: Db, id: string, changes: Partial<Profile>) =>
  writeAs(db, 'enterprise.update', (tx) => updateEnterprise(tx, id, changes));

test('what is not given is unknown, not empty and not zero', async () => {
  const db = await scratchLibrary();
  const enterprise = getEnterprise(db, create(db, { name: '甲' }));
  expect(enterprise).toMatchObject({
    name: '甲',
    uscc: null,
    registeredCapital: null,
    tags: [],
    isSample: false,
    snapshotYear: null,
    archivedAt: null,
  });
  expect(getEnterprise(db, create(db, { name: '乙', registeredCapital: 0 })).registeredCapital).toBe(0);
});

test('ids rise with time (UUIDv7)', async () => {
  const db = await scratchLibrary();
  const ids = ['甲', '乙', '丙'].map((name) => create(db, { name }));
  expect(ids).toEqual([...ids].sort());
  expect(ids[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7/);
});

test('spaces at the ends go, a field emptied is unknown, free text stays as it was written', async () => {
  const db = await scratchLibrary();
  const id = create(db, {
    name: '  甲公司 ',
    district: ' 江夏区 ',
    notes: '一行\n二行 ',
    niche: 'x',
    tags: [' a ', 'a', ''],
  });
  update(db, id, { niche: '   ' });
  expect(getEnterprise(db, id)).toMatchObject({
    name: '甲公司',
    district: '江夏区',
    notes: '一行\n二行 ',
    niche: null,
    tags: ['a'],
  });
});

test('markup and odd characters are kept as the text they are', async () => {
  const db = await scratchLibrary();
  const name = '<script>alert(1)</script> #set page(width: 1pt) *粗* "引号" \\ 𠮷';
  const id = create(db, { name, brief: '#panic("x") $ 1/0 $ {{path}}' });
  expect(getEnterprise(db, id)).toMatchObject({ name, brief: '#panic("x") $ 1/0 $ {{path}}' });
});

describe('the credit code', () => {
  test('is normalized', async () => {
    const db = await scratchLibrary();
    const uscc = usccFor(1);
    const id = create(db, { name: '甲', uscc: ` ${uscc.toLowerCase().slice(0, 8)} ${uscc.slice(8)}` });
    expect(getEnterprise(db, id).uscc).toBe(uscc);
  });

  test.each([
    ['123', 'usccLength', { length: 3 }],
    [`${usccFor(1).slice(0, 17)}?`, 'usccCharacter', { position: 18, found: '?' }],
    [`91A${usccFor(1).slice(3)}`, 'usccDigit', { position: 3, found: 'A' }],
    [usccFor(1).slice(0, 17) + (usccFor(1).endsWith('0') ? '1' : '0'), 'usccCheck', { position: 18 }],
  ])('%s is refused with the reason', async (uscc, key, details) => {
    const db = await scratchLibrary();
    expect(() => create(db, { name: '甲', uscc })).toThrow(
      expect.objectContaining({
        code: 'invalid-input',
        key,
        details: expect.objectContaining({ path: 'uscc', ...details }),
      }),
    );
  });

  test('of another enterprise is refused, and says whose it is; keeping one’s own is fine', async () => {
    const db = await scratchLibrary();
    const first = create(db, { name: '甲', uscc: usccFor(1) });
    expect(() => create(db, { name: '乙', uscc: usccFor(1) })).toThrow(
      expect.objectContaining({
        code: 'duplicate',
        key: 'usccTaken',
        details: expect.objectContaining({ holder: '甲', holderId: first }),
      }),
    );
    const second = create(db, { name: '乙' });
    expect(() => update(db, second, { uscc: usccFor(1) })).toThrow(
      expect.objectContaining({ key: 'usccTaken' }),
    );
    update(db, first, { uscc: usccFor(1), name: '甲甲' });
    expect(getEnterprise(db, first).name).toBe('甲甲');
  });
});

describe('the same name', () => {
  test('is refused, however it is written', async () => {
    const db = await scratchLibrary();
    create(db, { name: '武汉(光谷)公司' });
    for (const name of ['武汉(光谷)公司', '武汉（光谷）公司', ' 武汉 (光谷) 公司'])
      expect(() => create(db, { name })).toThrow(
        expect.objectContaining({ code: 'duplicate', key: 'nameTaken' }),
      );
    const other = create(db, { name: '另一家' });
    expect(() => update(db, other, { name: '武汉（光谷）公司' })).toThrow(
      expect.objectContaining({ key: 'nameTaken' }),
    );
  });

  test('is fine where both credit codes are known and differ', async () => {
    const db = await scratchLibrary();
    const first = create(db, { name: '同名', uscc: usccFor(1) });
    expect(() => create(db, { name: '同名' })).toThrow(expect.objectContaining({ key: 'nameTaken' }));
    const second = create(db, { name: '同名', uscc: usccFor(2) });
    expect(second).not.toBe(first);
    expect(() => update(db, second, { uscc: null })).toThrow(expect.objectContaining({ key: 'nameTaken' }));
    expect(getEnterprise(db, second).uscc).toBe(usccFor(2));
  });
});

test.each([['2023-02-29'], ['2024-04-31'], ['1234'], ['2300-01-01']])('%s is no date', async (foundedOn) => {
  const db = await scratchLibrary();
  expect(() => create(db, { name: '甲', foundedOn })).toThrow(
    expect.objectContaining({ key: 'dateInvalid' }),
  );
});
test.each([['2024-02-29'], ['2024-02'], ['1998']])('%s is one', async (foundedOn) => {
  const db = await scratchLibrary();
  expect(getEnterprise(db, create(db, { name: '甲', foundedOn })).foundedOn).toBe(foundedOn);
});

test('an archived enterprise keeps everything and comes back', async () => {
  const db = await scratchLibrary();
  const id = create(db, { name: '甲' });
  const archive = (archived: boolean) =>
    writeAs(db, 'enterprise.archive', (tx) => archiveEnterprise(tx, id, archived));
  archive(true);
  expect(getEnterprise(db, id).archivedAt).toBe('2026-06-15T04:00:00.000Z');
  archive(false);
  expect(getEnterprise(db, id)).toMatchObject({ name: '甲', archivedAt: null });
});

test('an unknown id is not found, and a refused write leaves no trace', async () => {
  const db = await scratchLibrary();
  create(db, { name: '甲', uscc: usccFor(1) });
  const before = dump(db);
  const missing = '01a20bcf-0000-7000-8000-00000000dead';
  expect(() => update(db, missing, { name: '乙' })).toThrow(expect.objectContaining({ code: 'not-found' }));
  expect(() =>
    writeAs(db, 'two', (tx) => {
      createEnterprise(tx, { name: '乙' });
      createEnterprise(tx, { name: '丙', uscc: usccFor(1) });
    }),
  ).toThrow(expect.objectContaining({ key: 'usccTaken' }));
  expect(dump(db)).toEqual(before);
});
