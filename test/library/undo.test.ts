import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fileAsOf } from '../../electron/library/as-of.ts';
import { dropDraft, keepDraft, listDrafts } from '../../electron/library/drafts.ts';
import { readFile } from '../../electron/library/enterprise-file.ts';
import { archiveEnterprise, createEnterprise, updateEnterprise } from '../../electron/library/enterprises.ts';
import { clearFact, setFacts } from '../../electron/library/facts.ts';
import { listFieldHistory, restoreValue } from '../../electron/library/field-history.ts';
import { removeYear, setFigures } from '../../electron/library/figures.ts';
import { removeIpRight, saveIpRight } from '../../electron/library/ip-rights.ts';
import { closeLibrary, type Db } from '../../electron/library/open.ts';
import { openLibrary } from '../../electron/library/open-library.ts';
import { removeTitle, saveTitle } from '../../electron/library/titles.ts';
import { redo, undo } from '../../electron/library/undo.ts';
import { type Tx, write } from '../../electron/library/write.ts';
import { loadStandards } from '../../electron/standards/loader.ts';
import { NOW, scratchFolder, scratchLibrary } from './scratch.ts';

const catalogue = loadStandards(join(import.meta.dirname, '../../resources/standards')).facts!;

function act<T>(db: Db, action: string, work: (tx: Tx) => T, actor = 'tester', now = NOW): T {
  return write(db, { action, actor, now }, work);
}

/** What the library holds, without times and bookkeeping. */
function content(db: Db, id: string) {
  const row = db.prepare('SELECT 1 FROM enterprise WHERE id = ?').get(id);
  return row ? plain(readFile(db, id)) : null;
}

function plain(file: ReturnType<typeof readFile>) {
  const { createdAt: _c, updatedAt: _u, archivedAt, ...enterprise } = file.enterprise;
  return {
    ...file,
    enterprise: { ...enterprise, archived: archivedAt !== null },
    facts: file.facts.map(({ updatedAt: _, ...fact }) => fact).sort((a, b) => (a.factId < b.factId ? -1 : 1)),
    titles: [...file.titles].sort((a, b) => (a.id < b.id ? -1 : 1)),
    ipRights: [...file.ipRights].sort((a, b) => (a.id < b.id ? -1 : 1)),
  };
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
const rightOf = (name: string) =>
  ({
    name,
    number: null,
    kind: 'invention',
    acquired: null,
    holderRank: null,
    grantedOn: null,
    forMainProduct: true,
    applied: null,
  }) as const;

type Step = (db: Db, id: string, at: Date) => void;
const word = fc.option(fc.stringMatching(/^[a-z]{1,8}$/), { nil: null });
const amount = fc.option(fc.integer({ min: 0, max: 1e9 }), { nil: null });
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ niche: word, brief: word }).map(
    (changes): Step =>
      (db, id, at) => {
        act(db, 'enterprise.update', (tx) => updateEnterprise(tx, id, changes), 'tester', at);
      },
  ),
  fc.tuple(fc.constantFrom(2023, 2024, 2025), amount, amount).map(
    ([year, revenue, rdExpense]): Step =>
      (db, id, at) => {
        act(
          db,
          'figures.set',
          (tx) => setFigures(tx, id, [{ year, values: { revenue, rdExpense } }]),
          'tester',
          at,
        );
      },
  ),
  fc.constantFrom(2023, 2024, 2025).map(
    (year): Step =>
      (db, id, at) => {
        if (db.prepare('SELECT 1 FROM figure WHERE enterprise_id = ? AND year = ?').get(id, year))
          act(db, 'figures.removeYear', (tx) => removeYear(tx, id, year), 'tester', at);
      },
  ),
  fc.option(fc.boolean(), { nil: null }).map(
    (value): Step =>
      (db, id, at) => {
        act(
          db,
          'facts.set',
          (tx) => setFacts(tx, id, [{ factId: 'has_own_brand', year: null, value }], catalogue),
          'tester',
          at,
        );
      },
  ),
  fc.constant<Step>((db, id, at) => {
    if (db.prepare("SELECT 1 FROM fact WHERE enterprise_id = ? AND fact_id = 'has_own_brand'").get(id))
      act(db, 'facts.clear', (tx) => clearFact(tx, id, 'has_own_brand', null), 'tester', at);
  }),
  fc.stringMatching(/^[a-z]{1,8}$/).map(
    (name): Step =>
      (db, id, at) => {
        act(db, 'titles.save', (tx) => saveTitle(tx, id, titleOf(name)), 'tester', at);
      },
  ),
  fc.stringMatching(/^[a-z]{1,8}$/).map(
    (name): Step =>
      (db, id, at) => {
        act(db, 'ip.save', (tx) => saveIpRight(tx, id, rightOf(name)), 'tester', at);
      },
  ),
  fc.constantFrom('title', 'ip_right').map(
    (table): Step =>
      (db, id, at) => {
        const found = db
          .prepare(`SELECT id FROM ${table} WHERE enterprise_id = ? LIMIT 1`)
          .pluck()
          .get(id) as string;
        if (!found) return;
        if (table === 'title') act(db, 'titles.remove', (tx) => removeTitle(tx, id, found), 'tester', at);
        else act(db, 'ip.remove', (tx) => removeIpRight(tx, id, found), 'tester', at);
      },
  ),
  fc.boolean().map(
    (archived): Step =>
      (db, id, at) => {
        act(db, 'enterprise.archive', (tx) => archiveEnterprise(tx, id, archived), 'tester', at);
      },
  ),
);

test('everything a person did is undone step by step and done again, and every past day is found in the log', async () => {
  const db = await scratchLibrary();
  let number = 0;
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
      number += 1;
      // The whole story of one enterprise by one person, each step on a day of its own.
      const actor = `person${number}`;
      const day = (n: number) => new Date(NOW.getTime() + (number * 100 + n) * 86_400_000);
      const id = act(
        db,
        'enterprise.create',
        (tx) => createEnterprise(tx, { name: `企业${number}` }),
        actor,
        day(0),
      );
      const states = [content(db, id)];
      const taken: unknown[] = [states[0]];
      for (const [i, one] of steps.entries()) {
        const before = db.prepare('SELECT max(id) FROM change').pluck().get();
        one(db, id, day(i + 1));
        db.prepare("UPDATE change SET actor = ? WHERE actor = 'tester'").run(actor);
        taken.push(content(db, id));
        if (db.prepare('SELECT max(id) FROM change').pluck().get() !== before) states.push(content(db, id));
      }
      for (const [i, state] of taken.entries()) {
        const seen = fileAsOf(db, id, day(i).toISOString());
        expect(seen && plain(seen)).toEqual(state);
      }
      const after = day(steps.length + 1);
      for (let i = states.length - 2; i >= -1; i -= 1) {
        expect(act(db, 'undo', undo, actor, after)).not.toBeNull();
        expect(content(db, id)).toEqual(i < 0 ? null : states[i]);
      }
      expect(act(db, 'undo', undo, actor, after)).toBeNull();
      for (const state of states) {
        expect(act(db, 'redo', redo, actor, after)).not.toBeNull();
        expect(content(db, id)).toEqual(state);
      }
      expect(act(db, 'redo', redo, actor, after)).toBeNull();
    }),
    { numRuns: 25 },
  );
});

test('undo survives a restart, and a new action ends what could be done again', async () => {
  const file = join(scratchFolder(), 'library.sqlite');
  const first = await openLibrary(file, NOW);
  const id = act(first, 'enterprise.create', (tx) => createEnterprise(tx, { name: '甲' }));
  act(first, 'enterprise.update', (tx) => updateEnterprise(tx, id, { niche: '激光' }));
  act(first, 'enterprise.update', (tx) => updateEnterprise(tx, id, { niche: '光纤' }));
  closeLibrary(first);
  const db = await scratchLibrary(file);
  expect(act(db, 'undo', undo)).toMatchObject({ action: 'enterprise.update', enterpriseName: '甲' });
  expect(readFile(db, id).enterprise.niche).toBe('激光');
  act(db, 'enterprise.update', (tx) => updateEnterprise(tx, id, { brief: '新' }));
  expect(act(db, 'redo', redo)).toBeNull();
  // Somebody else's work is not mine to undo.
  act(db, 'enterprise.update', (tx) => updateEnterprise(tx, id, { district: '洪山区' }), 'colleague');
  act(db, 'undo', undo);
  expect(readFile(db, id).enterprise).toMatchObject({ brief: null, district: '洪山区' });
});

test('what was typed into one field in one go is taken back and done again in one go', async () => {
  const db = await scratchLibrary();
  const id = act(db, 'enterprise.create', (tx) => createEnterprise(tx, { name: '甲', niche: '光' }));
  const type = (niche: string, seconds: number) =>
    act(
      db,
      'enterprise.update',
      (tx) => updateEnterprise(tx, id, { niche }),
      'tester',
      new Date(NOW.getTime() + seconds * 1000),
    );
  type('光纤激', 1);
  type('光纤激光', 3);
  type('光纤激光器', 60);
  type('光纤', 62);
  type('别的', 63);
  const niche = () => readFile(db, id).enterprise.niche;
  expect(act(db, 'undo', undo)?.changes[0]?.fields).toEqual({ niche: { old: '光纤', new: '别的' } });
  expect(niche()).toBe('光纤');
  expect(act(db, 'undo', undo)?.changes[0]?.fields).toEqual({ niche: { old: '光纤激光', new: '光纤' } });
  expect(act(db, 'undo', undo)?.changes[0]?.fields).toEqual({ niche: { old: '光', new: '光纤激光' } });
  expect(niche()).toBe('光');
  for (const again of ['光纤激光', '光纤', '别的']) {
    act(db, 'redo', redo);
    expect(niche()).toBe(again);
  }
  expect(act(db, 'redo', redo)).toBeNull();
});

test('what somebody changed since is never overwritten by an undo', async () => {
  const db = await scratchLibrary();
  const id = act(db, 'enterprise.create', (tx) => createEnterprise(tx, { name: '甲' }));
  act(db, 'enterprise.update', (tx) => updateEnterprise(tx, id, { niche: '激光', brief: '一' }));
  act(db, 'enterprise.update', (tx) => updateEnterprise(tx, id, { niche: '光纤' }), 'colleague');
  expect(() => act(db, 'undo', undo)).toThrow(
    expect.objectContaining({ code: 'conflict', key: 'undoConflict' }),
  );
  expect(readFile(db, id).enterprise).toMatchObject({ niche: '光纤', brief: '一' });
});

test('a value too long for the log is undone and shown in full all the same', async () => {
  const db = await scratchLibrary();
  const id = act(db, 'enterprise.create', (tx) => createEnterprise(tx, { name: '甲' }));
  const long = '长'.repeat(30_000);
  act(db, 'enterprise.update', (tx) => tx.put('enterprise', { id }, { notes: long }, id));
  act(db, 'enterprise.update', (tx) => tx.put('enterprise', { id }, { notes: '短' }, id));
  const history = listFieldHistory(
    db,
    { enterpriseId: id, entity: 'enterprise', entityId: id, field: 'notes' },
    10,
  );
  expect(history.map((change) => [change.old, change.new])).toEqual([
    [long, '短'],
    [null, long],
  ]);
  act(db, 'undo', undo);
  expect(readFile(db, id).enterprise.notes).toBe(long);
});

test('one value is given back what it was, and that can be undone too', async () => {
  const db = await scratchLibrary();
  const id = act(db, 'enterprise.create', (tx) => createEnterprise(tx, { name: '甲' }));
  for (const revenue of [1, 2, 3])
    act(db, 'figures.set', (tx) => setFigures(tx, id, [{ year: 2025, values: { revenue, staffTotal: 7 } }]));
  const of = { enterpriseId: id, entity: 'figure', entityId: '2025', field: 'revenue' };
  const [, second] = listFieldHistory(db, of, 10);
  expect(second).toMatchObject({ old: 1, new: 2, actor: 'tester' });
  act(db, 'history.restore', (tx) => restoreValue(tx, second!.changeId, second!.field, 'old'));
  expect(readFile(db, id).figures[0]?.values).toEqual({ revenue: 1, staffTotal: 7 });
  act(db, 'undo', undo);
  expect(readFile(db, id).figures[0]?.values.revenue).toBe(3);
});

test('what is typed and not stored survives, outside the change log', async () => {
  const db = await scratchLibrary();
  keepDraft(db, 'a figure', { text: '12.' }, NOW);
  keepDraft(db, 'b', 'x', NOW);
  keepDraft(db, 'a figure', { text: '12.5' }, NOW);
  dropDraft(db, 'b');
  expect(listDrafts(db)).toEqual([{ key: 'a figure', value: { text: '12.5' } }]);
  expect(db.prepare('SELECT count(*) FROM change').pluck().get()).toBe(0);
});
