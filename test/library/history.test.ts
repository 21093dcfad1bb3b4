import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { archiveEnterprise, createEnterprise, updateEnterprise } from '../../electron/library/enterprises.ts';
import { columnOf, decode, type EntitySpec, entities } from '../../electron/library/entities.ts';
import { clearFact, setFacts } from '../../electron/library/facts.ts';
import { flatten, unflatten } from '../../electron/library/fields.ts';
import { removeYear, setFigures } from '../../electron/library/figures.ts';
import { listHistory } from '../../electron/library/history.ts';
import { listIpRights, removeIpRight, saveIpRight } from '../../electron/library/ip-rights.ts';
import type { Db } from '../../electron/library/open.ts';
import { addSample, readSamples } from '../../electron/library/samples.ts';
import { setSettings } from '../../electron/library/settings.ts';
import { listTitles, removeTitle, saveTitle } from '../../electron/library/titles.ts';
import { loadStandards } from '../../electron/standards/loader.ts';
import { dump, scratchLibrary, writeAs } from './scratch.ts';

const resources = join(import.meta.dirname, '../../resources');
const catalogue = loadStandards(join(resources, 'standards')).facts!;

type Records = Map<string, Record<string, unknown>>;

/** What the library would hold if there were nothing but its change log. */
function replayed(db: Db): Records {
  const records: Records = new Map();
  const set = (key: string, field: string, value: unknown) => {
    const record = records.get(key) ?? {};
    records.set(key, record);
    if (value === null) delete record[field];
    else record[field] = value;
  };
  for (const row of db.prepare('SELECT * FROM change ORDER BY id').all() as Record<string, string>[]) {
    const own = `${row.entity}/${row.enterprise_id}/${row.entity_id}`;
    if (row.op === 'remove') {
      records.delete(own);
      continue;
    }
    if (!records.has(own)) records.set(own, {});
    for (const [field, { new: value }] of Object.entries(
      JSON.parse(row.fields!) as Record<string, { new: unknown }>,
    )) {
      const grouped = /^(\w+):([^:]*):(.*)$/s.exec(field);
      if (grouped) set(`${grouped[1]}/${row.enterprise_id}/${grouped[2]}`, grouped[3]!, value);
      else set(own, field, value);
    }
  }
  return records;
}

/** What it does hold, field by field, unknown left out. */
function held(db: Db): Records {
  const records: Records = new Map();
  for (const [name, spec] of Object.entries(entities) as [string, EntitySpec][]) {
    for (const row of db.prepare(`SELECT * FROM ${spec.table}`).all() as Record<string, unknown>[]) {
      if (String(row.key).startsWith('internal.')) continue;
      const id = spec.key
        .filter((f) => f !== 'enterpriseId')
        .flatMap((f) => row[columnOf(f)] ?? [])
        .join('@');
      const enterpriseId = name === 'enterprise' ? row.id : (row.enterprise_id ?? null);
      const record: Record<string, unknown> = {};
      for (const [field, codec] of Object.entries(spec.fields)) {
        const value = decode(codec, row[columnOf(field)]);
        Object.assign(record, codec === 'parts' ? flatten(field, value) : { [field]: value });
      }
      for (const field of Object.keys(record)) if (record[field] === null) delete record[field];
      records.set(`${name}/${enterpriseId}/${id}`, record);
    }
  }
  return records;
}

const figureValue = fc.option(fc.integer({ min: 0, max: 1e13 }), { nil: null });
const text = fc.option(fc.string({ unit: 'grapheme', maxLength: 12 }), { nil: null });
type Step = (db: Db, id: string) => void;
const step: fc.Arbitrary<Step> = fc.oneof(
  fc
    .record(
      {
        niche: text,
        district: text,
        notes: text,
        registeredCapital: figureValue,
        tags: fc.array(fc.string({ maxLength: 5 }), { maxLength: 3 }),
      },
      { requiredKeys: [] },
    )
    .map(
      (changes): Step =>
        (db, id) =>
          writeAs(db, 'u', (tx) => updateEnterprise(tx, id, changes)),
    ),
  fc
    .record({
      year: fc.integer({ min: 2023, max: 2026 }),
      revenue: figureValue,
      staff: figureValue,
      backed: fc.boolean(),
    })
    .map(
      ({ year, revenue, staff, backed }): Step =>
        (db, id) =>
          writeAs(db, 'f', (tx) =>
            setFigures(tx, id, [
              {
                year,
                values: { revenue, staffTotal: staff },
                backing: backed ? { basis: 'checked', source: '表' } : undefined,
              },
            ]),
          ),
    ),
  fc.integer({ min: 2023, max: 2026 }).map(
    (year): Step =>
      (db, id) => {
        try {
          writeAs(db, 'r', (tx) => removeYear(tx, id, year));
        } catch {
          // Not there: refused, and nothing may be logged.
        }
      },
  ),
  fc
    .record({
      value: fc.option(fc.boolean(), { nil: null }),
      year: fc.integer({ min: 2024, max: 2026 }),
      ratio: fc.integer({ min: 0, max: 99 }),
    })
    .map(
      ({ value, year, ratio }): Step =>
        (db, id) =>
          writeAs(db, 'a', (tx) =>
            setFacts(
              tx,
              id,
              [
                { factId: 'has_own_brand', year: null, value },
                { factId: 'rd_ratio', year, value: `0.${ratio}` },
              ],
              catalogue,
            ),
          ),
    ),
  fc.constant<Step>((db, id) => {
    try {
      writeAs(db, 'c', (tx) => clearFact(tx, id, 'has_own_brand', null));
    } catch {
      // Not there.
    }
  }),
  fc.tuple(fc.boolean(), fc.string({ minLength: 1, maxLength: 8 })).map(
    ([remove, number]): Step =>
      (db, id) => {
        const known = listTitles(db, id)[0];
        writeAs(db, 't', (tx) => {
          if (remove && known) removeTitle(tx, id, known.id);
          else
            saveTitle(tx, id, {
              ...(known && { id: known.id }),
              kind: 'hightech',
              name: '高新',
              number,
              issuer: null,
              issuedOn: '2024',
              expiresOn: null,
              basis: 'declared',
              source: null,
            });
        });
      },
  ),
  fc.tuple(fc.boolean(), fc.option(fc.boolean(), { nil: null })).map(
    ([remove, applied]): Step =>
      (db, id) => {
        const known = listIpRights(db, id)[0];
        writeAs(db, 'i', (tx) => {
          if (remove && known) removeIpRight(tx, id, known.id);
          else
            saveIpRight(tx, id, {
              ...(known && { id: known.id }),
              name: '专利',
              number: null,
              kind: 'invention',
              acquired: null,
              holderRank: 1,
              grantedOn: null,
              forMainProduct: true,
              applied,
            });
        });
      },
  ),
  fc.boolean().map(
    (archived): Step =>
      (db, id) =>
        writeAs(db, 'z', (tx) => archiveEnterprise(tx, id, archived)),
  ),
  fc.constantFrom('light', 'dark' as const).map(
    (theme): Step =>
      (db) =>
        writeAs(db, 's', (tx) => setSettings(tx, { theme: theme as 'light' })),
  ),
);

test('the change log alone is enough to make every record again', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), async (steps) => {
      const db = await scratchLibrary();
      const id = writeAs(db, 'x', (tx) => createEnterprise(tx, { name: '甲' }));
      for (const run of steps) run(db, id);
      expect(replayed(db)).toEqual(held(db));
    }),
    { numRuns: 25 },
  );
});

test('the same holds for samples, which cost one row an enterprise', async () => {
  const db = await scratchLibrary();
  const samples = readSamples(join(resources, 'samples'));
  writeAs(db, 'samples.load', (tx) => samples.map((s) => addSample(tx, s, catalogue)), undefined, true);
  expect(db.prepare('SELECT count(*) FROM change').pluck().get()).toBe(samples.length);
  expect(replayed(db)).toEqual(held(db));
});

describe('a line of history', () => {
  async function start() {
    const db = await scratchLibrary();
    const id = writeAs(db, 'enterprise.create', (tx) =>
      createEnterprise(tx, { name: '甲', district: '江夏区' }),
    );
    return { db, id };
  }

  test('says who, when, what, and old and new of what changed only', async () => {
    const { db, id } = await start();
    writeAs(db, 'enterprise.update', (tx) => updateEnterprise(tx, id, { name: '甲', district: '洪山区' }));
    expect(listHistory(db, id, 10)[0]).toEqual({
      id: 2,
      at: '2026-06-15T04:00:00.000Z',
      actor: 'tester',
      action: 'enterprise.update',
      entity: 'enterprise',
      entityId: id,
      fields: { district: { old: '江夏区', new: '洪山区' } },
    });
  });

  test('is not written where nothing changed, and the record keeps its time', async () => {
    const { db, id } = await start();
    const before = dump(db);
    const later = new Date('2026-07-01T00:00:00Z');
    writeAs(db, 'enterprise.update', (tx) => updateEnterprise(tx, id, { district: ' 江夏区 ' }), later);
    expect(dump(db)).toEqual(before);
  });

  test('is one for a record changed twice in a write, with the first old and the last new', async () => {
    const { db, id } = await start();
    writeAs(db, 'two', (tx) => {
      updateEnterprise(tx, id, { district: '洪山区', niche: 'x' });
      updateEnterprise(tx, id, { district: '武昌区', niche: null });
    });
    expect(listHistory(db, id, 10).map((line) => line.fields)).toEqual([
      { district: { old: '江夏区', new: '武昌区' } },
      expect.anything(),
    ]);
  });

  test('of figures and facts belongs to the enterprise; another one’s does not show', async () => {
    const { db, id } = await start();
    writeAs(db, 'other', (tx) => createEnterprise(tx, { name: '乙' }));
    writeAs(db, 'figures.set', (tx) => setFigures(tx, id, [{ year: 2025, values: { revenue: 1 } }]));
    writeAs(db, 'facts.set', (tx) =>
      setFacts(tx, id, [{ factId: 'rd_ratio', year: 2025, value: '0.1' }], catalogue),
    );
    expect(listHistory(db, id, 10).map((line) => [line.entity, line.entityId])).toEqual([
      ['fact', 'rd_ratio@2025'],
      ['figure', '2025'],
      ['enterprise', id],
    ]);
    expect(listHistory(db, id, 1)).toHaveLength(1);
  });

  test('names a value too long for it by its hash', async () => {
    const { db } = await start();
    const base64 = 'A'.repeat(100_000);
    writeAs(db, 'settings.set', (tx) => setSettings(tx, { logo: { mime: 'image/png', base64 } }));
    const fields = db.prepare("SELECT fields FROM change WHERE entity = 'setting'").pluck().get() as string;
    expect(JSON.parse(fields)).toEqual({
      value: { old: null, new: { sha256: expect.stringMatching(/^[0-9a-f]{64}$/), length: 100_032 } },
    });
  });
});

test('a value taken apart for the log can be put together again', () => {
  const content = {
    title: { zh: '方案', en: 'Plan' },
    targetRung: 2,
    items: [
      { id: 'b', steps: ['1'] },
      { id: 'a', steps: [] },
    ],
    names: ['x', 'y'],
    none: [],
  };
  expect(unflatten('content', flatten('content', content))).toEqual(content);
  expect(Object.keys(flatten('content', content))).toContain('content.items.a');
});
