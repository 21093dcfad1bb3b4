import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canBeStored } from '../../electron/exchange/case-check.ts';
import { caseBytes, type OpenCase, readCase } from '../../electron/exchange/case-read.ts';
import { listCases, planFirm, takeBack, takeIn } from '../../electron/exchange/case-store.ts';
import { writeCase } from '../../electron/exchange/case-write.ts';
import { listConflicts, settleConflict } from '../../electron/exchange/conflicts.ts';
import { readFile } from '../../electron/library/enterprise-file.ts';
import { archiveEnterprise, createEnterprise, updateEnterprise } from '../../electron/library/enterprises.ts';
import { setFigures } from '../../electron/library/figures.ts';
import { type Db, userVersion } from '../../electron/library/open.ts';
import { setTargets } from '../../electron/library/targets.ts';
import { listTitles, removeTitle, saveTitle } from '../../electron/library/titles.ts';
import { write } from '../../electron/library/write.ts';
import { NOW, scratchFolder, scratchLibrary } from '../library/scratch.ts';

let minute = 0;
/** A write by a person, a minute after the one before; a clock that is wrong runs by `skew` hours. */
function by<T>(db: Db, actor: string, work: Parameters<typeof write<T>>[2], action = 'x', skew = 0): T {
  minute += 1;
  const now = new Date(NOW.getTime() + minute * 60_000 + skew * 3_600_000);
  return write(db, { action, actor, now }, work);
}

async function packed(db: Db, ids: string[], passphrase: string | null = null): Promise<string> {
  const path = join(scratchFolder(), 'package.cultivar-case');
  await writeCase(db, { ids, path, passphrase, sender: 'tester', now: NOW, progress: () => undefined });
  return path;
}

async function opened(db: Db, path: string, passphrase: string | null = null): Promise<OpenCase> {
  const read = await readCase(caseBytes(path), { passphrase, libraryFormat: userVersion(db) });
  expect(read.firms.every(canBeStored)).toBe(true);
  return read;
}

/** Takes a package file into a library. */
async function taken(db: Db, path: string) {
  const read = await opened(db, path);
  const all = new Set(read.firms.map((firm) => firm.id));
  return by(db, 'receiver', (tx) => takeIn(tx, read, path, all), 'case.merge');
}

/** What an enterprise is, without times and the ids under which disputes are kept. */
function content(db: Db, id: string) {
  const { enterprise, ...rest } = readFile(db, id);
  const { createdAt: _, updatedAt: __, ...profile } = enterprise;
  const facts = rest.facts.map(({ updatedAt: ___, ...fact }) => fact);
  const disputes = listConflicts(db, id)
    .map(({ field, entity, entityId, mine, theirs }) =>
      JSON.stringify([entity, entityId, field, [mine, theirs].map((h) => JSON.stringify(h.value)).sort()]),
    )
    .sort();
  return { profile, ...rest, facts, titles: rest.titles.sort((a, b) => (a.id < b.id ? -1 : 1)), disputes };
}

const titleOf = (name: string) =>
  ({
    kind: 'other',
    name,
    number: null,
    issuer: null,
    issuedOn: null,
    expiresOn: null,
    basis: 'declared',
    source: null,
  }) as const;

/** A firm known to two laptops. */
async function twoLaptops() {
  const [a, b] = [await scratchLibrary(), await scratchLibrary()];
  const id = by(a, 'ann', (tx) => createEnterprise(tx, { name: '甲科技有限公司', niche: '激光' }));
  by(a, 'ann', (tx) => setFigures(tx, id, [{ year: 2024, values: { revenue: 100 } }]));
  await taken(b, await packed(a, [id]));
  return { a, b, id };
}

describe('a package', () => {
  test('brings an enterprise with all that belongs to it, and twice is once', async () => {
    const { a, b, id } = await twoLaptops();
    expect(content(b, id)).toEqual(content(a, id));
    const again = await taken(b, await packed(a, [id]));
    expect(again).toMatchObject({ added: 0, changed: 0, same: 1, conflicts: 0 });
    expect(content(b, id)).toEqual(content(a, id));
  });

  test('what only one side touched is taken over without a question, both ways', async () => {
    const { a, b, id } = await twoLaptops();
    by(a, 'ann', (tx) => updateEnterprise(tx, id, { brief: 'from A' }));
    by(b, 'bob', (tx) => setFigures(tx, id, [{ year: 2024, values: { rdExpense: 7 } }]));
    by(b, 'bob', (tx) => saveTitle(tx, id, titleOf('奖')));
    const [fromA, fromB] = [await packed(a, [id]), await packed(b, [id])];
    expect(await taken(b, fromA)).toMatchObject({ conflicts: 0 });
    expect(await taken(a, fromB)).toMatchObject({ conflicts: 0 });
    expect(content(a, id)).toEqual(content(b, id));
    expect(content(a, id).figures[0]?.values).toEqual({ revenue: 100, rdExpense: 7 });
  });

  test('two hands on one field: the later value stands on both laptops, both are kept until a person decides', async () => {
    const { a, b, id } = await twoLaptops();
    by(a, 'ann', (tx) => setFigures(tx, id, [{ year: 2024, values: { revenue: 111 } }]));
    by(b, 'bob', (tx) => setFigures(tx, id, [{ year: 2024, values: { revenue: 222 } }]));
    const [fromA, fromB] = [await packed(a, [id]), await packed(b, [id])];
    await taken(a, fromB);
    await taken(b, fromA);
    for (const db of [a, b]) {
      expect(readFile(db, id).figures[0]?.values.revenue).toBe(222);
      const [one, ...more] = listConflicts(db, id);
      expect(more).toEqual([]);
      expect([one?.mine.value, one?.theirs.value].sort()).toEqual([111, 222]);
      expect([one?.mine.by.actor, one?.theirs.by.actor].sort()).toEqual(['ann', 'bob']);
    }
    // Ann decides for her own value; her decision is an edit and reaches Bob without another question.
    const [dispute] = listConflicts(a, id);
    by(a, 'ann', (tx) => {
      for (const one of dispute?.ids ?? []) settleConflict(tx, one, 'mine');
    });
    expect(listConflicts(a, id)).toEqual([]);
    expect(await taken(b, await packed(a, [id]))).toMatchObject({ conflicts: 0 });
    expect(readFile(b, id).figures[0]?.values.revenue).toBe(111);
    expect(listConflicts(b, id)).toEqual([]);
  });

  test('a record removed on one side and edited on the other stays, and is asked about', async () => {
    const { a, b, id } = await twoLaptops();
    by(a, 'ann', (tx) => saveTitle(tx, id, titleOf('奖')));
    await taken(b, await packed(a, [id]));
    const [title] = listTitles(a, id);
    by(a, 'ann', (tx) => removeTitle(tx, id, title?.id ?? ''));
    by(b, 'bob', (tx) => saveTitle(tx, id, { ...titleOf('奖'), id: title?.id, issuer: '工信部' }));
    const [fromA, fromB] = [await packed(a, [id]), await packed(b, [id])];
    await taken(a, fromB);
    await taken(b, fromA);
    for (const db of [a, b]) {
      expect(listTitles(db, id).map((t) => t.issuer)).toEqual(['工信部']);
      expect(listConflicts(db, id).map((c) => c.field)).toEqual(['']);
    }
    // Without an edit there is no question.
    const { a: c, b: d, id: other } = await twoLaptops();
    by(c, 'ann', (tx) => saveTitle(tx, other, titleOf('奖')));
    await taken(d, await packed(c, [other]));
    by(c, 'ann', (tx) => removeTitle(tx, other, listTitles(c, other)[0]?.id ?? ''));
    expect(await taken(d, await packed(c, [other]))).toMatchObject({ changed: 1, conflicts: 0 });
    expect(listTitles(d, other)).toEqual([]);
  });

  test('a firm that both typed in themselves is known by its credit code', async () => {
    const [a, b] = [await scratchLibrary(), await scratchLibrary()];
    const uscc = '91420100MA4KLA0000'.slice(0, 17);
    const { checkUscc } = await import('../../electron/library/uscc.ts');
    const code = [...'0123456789ABCDEFGHJKLMNPQRTUWXY'].map((c) => uscc + c).find((c) => checkUscc(c).ok);
    const here = by(a, 'ann', (tx) => createEnterprise(tx, { name: '甲公司', uscc: code, niche: '激光' }));
    const there = by(b, 'bob', (tx) =>
      createEnterprise(tx, { name: '甲公司', uscc: code, district: '洪山区' }),
    );
    by(b, 'bob', (tx) => setFigures(tx, there, [{ year: 2024, values: { revenue: 5 } }]));
    const path = await packed(b, [there]);
    const [firm] = (await opened(a, path)).firms;
    expect(firm && planFirm(a, firm)).toMatchObject({ id: here, found: 'uscc' });
    await taken(a, path);
    expect(readFile(a, here).enterprise).toMatchObject({ niche: '激光', district: '洪山区' });
    expect(readFile(a, here).figures).toHaveLength(1);
    expect(a.prepare('SELECT count(*) FROM enterprise').pluck().get()).toBe(1);
  });

  test('is taken back as one step, also after work on other fields; refused where the same field was edited', async () => {
    const { a, b, id } = await twoLaptops();
    const before = content(b, id);
    by(a, 'ann', (tx) => updateEnterprise(tx, id, { brief: 'A', niche: 'A' }));
    by(b, 'bob', (tx) => updateEnterprise(tx, id, { niche: 'B' }));
    const mine = content(b, id);
    const { batchId } = await taken(b, await packed(a, [id]));
    expect(content(b, id).profile.brief).toBe('A');
    by(b, 'bob', (tx) => takeBack(tx, batchId), 'case.undo');
    expect(content(b, id)).toEqual(mine);
    expect(mine.disputes).toEqual(before.disputes);
    expect(listCases(b).map((batch) => batch.undoneAt !== null)).toEqual([true, false]);
    // Taken in again it says the same as the first time.
    const again = await taken(b, await packed(a, [id]));
    expect(again).toMatchObject({ changed: 1, conflicts: 1 });
    by(b, 'bob', (tx) => updateEnterprise(tx, id, { brief: 'edited' }));
    expect(() => by(b, 'bob', (tx) => takeBack(tx, again.batchId), 'case.undo')).toThrow('conflict');
    expect(readFile(b, id).enterprise.brief).toBe('edited');
  });
});

type Edit = (db: Db, id: string, actor: string, skew: number) => void;
const word = fc.constantFrom('一', '二', '三');
const edit: fc.Arbitrary<Edit> = fc.oneof(
  fc.record({ niche: word }).map(
    (changes): Edit =>
      (db, id, actor, skew) =>
        by(db, actor, (tx) => updateEnterprise(tx, id, changes), 'x', skew),
  ),
  fc.tuple(fc.constantFrom(2023, 2024), fc.option(fc.integer({ min: 0, max: 2 }), { nil: null })).map(
    ([year, revenue]): Edit =>
      (db, id, actor, skew) =>
        by(db, actor, (tx) => setFigures(tx, id, [{ year, values: { revenue } }]), 'x', skew),
  ),
  fc.constantFrom('2', '5').map(
    (value): Edit =>
      (db, id, actor, skew) =>
        by(
          db,
          actor,
          (tx) => setTargets(tx, id, [{ field: 'ip1_count', year: 2027, value, note: null }]),
          'x',
          skew,
        ),
  ),
  fc.boolean().map(
    (archived): Edit =>
      (db, id, actor, skew) =>
        by(db, actor, (tx) => archiveEnterprise(tx, id, archived), 'x', skew),
  ),
  fc.constantFrom('save', 'edit', 'remove').map(
    (what): Edit =>
      (db, id, actor, skew) => {
        const [first] = listTitles(db, id);
        if (what === 'save') by(db, actor, (tx) => saveTitle(tx, id, titleOf('奖')), 'x', skew);
        else if (first && what === 'edit')
          by(db, actor, (tx) => saveTitle(tx, id, { ...first, issuer: `${actor}${minute}` }), 'x', skew);
        else if (first) by(db, actor, (tx) => removeTitle(tx, id, first.id), 'x', skew);
      },
  ),
);
const edits = fc.array(fc.tuple(edit, fc.constantFrom(-500, 0, 0, 0, 500)), { maxLength: 5 });

test('whatever two people did, with clocks right or wrong: the order of packages does not matter, and nothing is lost', async () => {
  await fc.assert(
    fc.asyncProperty(edits, edits, async (left, right) => {
      const { a, b, id } = await twoLaptops();
      const start = await packed(a, [id]);
      for (const [one, skew] of left) one(a, id, 'ann', skew);
      for (const [one, skew] of right) one(b, id, 'bob', skew);
      const [wasA, wasB] = [content(a, id), content(b, id)];
      const [fromA, fromB] = [await packed(a, [id]), await packed(b, [id])];
      const [c, d] = [await scratchLibrary(), await scratchLibrary()];
      for (const [db, order] of [
        [c, [start, fromA, fromB]],
        [d, [fromB, start, fromA, fromB]],
      ] as const)
        for (const path of order) await taken(db, path);
      await taken(a, fromB);
      await taken(b, fromA);
      const merged = content(c, id);
      for (const db of [d, a, b]) expect(content(db, id)).toEqual(merged);
      // Every value either of them left stands or waits in a dispute.
      for (const was of [wasA, wasB]) {
        const { niche } = was.profile;
        // Who left it as it was gave no value of their own.
        if (niche === '激光') continue;
        const kept = [merged.profile.niche, ...merged.disputes].join(' ');
        expect(kept).toContain(niche);
      }
      // Another round brings nothing new.
      const round = await packed(c, [id]);
      for (const db of [a, b, d]) expect((await taken(db, round)).conflicts).toBe(0);
      for (const db of [a, b, d]) expect(content(db, id)).toEqual(merged);
    }),
    { numRuns: 25 },
  );
});

describe('a file that is no sound package', () => {
  test('is refused by name, whatever is wrong with it', async () => {
    const { a, id } = await twoLaptops();
    const path = await packed(a, [id]);
    const bytes = readFileSync(path);
    const broken = async (change: (copy: Buffer) => Buffer) => {
      const file = join(scratchFolder(), 'x');
      writeFileSync(file, change(Buffer.from(bytes)));
      return readCase(caseBytes(file), { passphrase: null, libraryFormat: 40 });
    };
    await expect(broken(() => Buffer.from('hello'))).rejects.toMatchObject({ key: 'caseForeign' });
    await expect(broken((copy) => copy.subarray(0, 300))).rejects.toMatchObject({ code: 'file' });
    await expect(broken(() => Buffer.alloc(0))).rejects.toMatchObject({ key: 'caseForeign' });
    await expect(readCase(bytes, { passphrase: null, libraryFormat: 10 })).rejects.toMatchObject({
      code: 'newer-library',
    });
  });

  test('sealed with a passphrase it opens with that one only', async () => {
    const { a, b, id } = await twoLaptops();
    const path = await packed(a, [id], 'geheim geheim');
    // Two letters alone come about by chance in sealed bytes.
    expect(readFileSync(path).includes('PK\u0003\u0004', 0, 'latin1')).toBe(false);
    await expect(opened(b, path)).rejects.toMatchObject({ key: 'passphraseNeeded' });
    await expect(opened(b, path, 'geheim gehein')).rejects.toMatchObject({ key: 'passphraseWrong' });
    expect((await opened(b, path, 'geheim geheim')).firms).toHaveLength(1);
  });

  test('300 packages with a flipped or missing byte: refused, or not changed in anything that is read', async () => {
    const { a, b, id } = await twoLaptops();
    const bytes = readFileSync(await packed(a, [id]));
    const sound = await readCase(bytes, { passphrase: null, libraryFormat: userVersion(b) });
    await fc.assert(
      fc.asyncProperty(
        fc.nat(bytes.length - 1),
        fc.integer({ min: 1, max: 255 }),
        fc.boolean(),
        async (at, x, cut) => {
          const copy = Buffer.from(bytes);
          copy[at] = (copy[at] as number) ^ x;
          const file = cut ? Buffer.concat([copy.subarray(0, at), copy.subarray(at + 1)]) : copy;
          try {
            const read = await readCase(file, { passphrase: null, libraryFormat: userVersion(b) });
            expect(read.firms).toEqual(sound.firms);
          } catch (error) {
            expect(['file', 'newer-library']).toContain((error as { code?: string }).code);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});
