import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readFile } from '../../electron/library/enterprise-file.ts';
import { createEnterprise, updateEnterprise } from '../../electron/library/enterprises.ts';
import type { ListFilter, ListQuestion } from '../../electron/library/list-question.ts';
import { closeLibrary, type Db, prepared } from '../../electron/library/open.ts';
import { openLibrary } from '../../electron/library/open-library.ts';
import { countFacets, listEnterprises, matchingIds } from '../../electron/library/search.ts';
import { dropSearchIndex, searchIndexOf } from '../../electron/library/search-index.ts';
import type { ListRow } from '../../electron/library/shapes.ts';
import { putStanding } from '../../electron/library/standing.ts';
import { generateSynthetic } from '../../electron/library/synthetic.ts';
import { readSyntheticWords, seeded } from '../../electron/library/synthetic-firms.ts';
import { saveTitle } from '../../electron/library/titles.ts';
import { write } from '../../electron/library/write.ts';
import { NOW, scratchLibrary } from './scratch.ts';

const TODAY = '2026-11-24';
const words = readSyntheticWords(join(import.meta.dirname, '../../resources'));
let folder: string;
let db: Db;
let all: ListRow[];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cultivar-lists-'));
  db = await openLibrary(join(folder, 'library.sqlite'), NOW);
  generateSynthetic(db, { size: 400, seed: 5, lastClosed: 2025, words });
  // As if they had been judged, at random: the filters must not care why a line says what it says.
  const random = seeded(9);
  const some = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)] as T;
  const day = () => some([null, '2026-01-31', '2026-11-24', '2026-12-20', '2027-06-30']);
  const line = prepared(
    db,
    `UPDATE standing SET current_rung = ?, next_verdict = ?, size_class = ?, stage = ?, unmet = ?, unknown = ?, distance = ?,
       archived = ?, rungs = ?, review_on = ?, expires_on = ?, checked_at = ?, planned = ?, editor = ? WHERE enterprise_id = ?`,
  );
  for (const { id } of db.prepare<[], { id: string }>('SELECT id FROM enterprise').all())
    line.run(
      some([0, 1, 2, 3]),
      some(['met', 'unmet', 'unknown', 'manual', null]),
      some(['micro', 'small', 'medium', 'large', null]),
      some(['startup', 'growth', 'maturity', null]),
      some([0, 1, 2]),
      some([0, 3, 9]),
      some([null, 0, 0.25, 1.5]),
      some([0, 0, 0, 1, 2]),
      JSON.stringify(
        [1, 2, 3].map((rung) => ({
          rung,
          verdict: 'unknown',
          reach: some(['sure', 'possible', 'impossible']),
        })),
      ),
      day(),
      day(),
      some([null, '2026-11-01T00:00:00.000Z', '2025-01-01T00:00:00.000Z']),
      some([0, 1]),
      some(['a', 'b', null]),
      id,
    );
  dropSearchIndex(db);
  all = ['working', 'archived', 'trash'].flatMap((state) => everything(state));
  expect(all).toHaveLength(400);
});

afterAll(() => {
  closeLibrary(db);
  rmSync(folder, { recursive: true, force: true });
});

function everything(state: string): ListRow[] {
  const filter = { archived: state === 'archived', trash: state === 'trash' };
  return listEnterprises(db, { filter, limit: 500 }, TODAY).rows;
}

/** The filter once more, on the lines as they are told: not a line of code in common. */
function holds(row: ListRow, f: ListFilter): boolean {
  const any = <T>(list: readonly T[] | undefined, value: T) =>
    !list || list.length === 0 || list.includes(value);
  const within = (days: number | undefined, on: string | null) =>
    days === undefined || (on !== null && (Date.parse(on) - Date.parse(TODAY)) / 86_400_000 <= days);
  const before = (days: number | undefined, at: string | null) =>
    days === undefined || at === null || Date.parse(at.slice(0, 10)) < Date.parse(TODAY) - days * 86_400_000;
  const lacks = (kind: string) =>
    (kind === 'uscc' && row.uscc === null) ||
    (kind === 'district' && row.district === null) ||
    (kind === 'consultant' && row.consultant === null) ||
    (kind === 'revenue' && (row.revenue?.year ?? 0) < 2025);
  return (
    row.trashed === (f.trash ?? false) &&
    (f.trash || row.archived === (f.archived ?? false)) &&
    any(f.rung, row.currentRung) &&
    any(f.district, row.district ?? '') &&
    any(f.division, row.industryDivision ?? '') &&
    any(f.sizeClass, row.sizeClass ?? '') &&
    any(f.stage, row.stage ?? '') &&
    any(f.consultant, row.consultant ?? '') &&
    any(f.editor, row.editor ?? '') &&
    (!f.tags || f.tags.some((tag) => row.tags.includes(tag))) &&
    (!f.reach || f.reach.some((r) => row.rungs.some((x) => `${x.rung}:${x.reach}` === r))) &&
    (!f.missing || f.missing.some(lacks)) &&
    (f.unknownAtLeast === undefined || row.counts.unknown >= f.unknownAtLeast) &&
    within(f.reviewWithin, row.reviewOn) &&
    within(f.expiryWithin, row.expiresOn) &&
    before(f.untouchedFor, row.updatedAt) &&
    before(f.uncheckedFor, row.checkedAt) &&
    (f.planned === undefined || row.planned === f.planned)
  );
}

describe('a filter leaves what its words say', () => {
  test.each<[string, ListFilter]>([
    ['rung', { rung: [1, 2] }],
    ['district', { district: ['洪山区', ''] }],
    ['industry', { division: ['39', '65'] }],
    ['size and stage', { sizeClass: ['small', ''], stage: ['growth'] }],
    ['consultant', { consultant: [''] }],
    ['editor', { editor: ['a'] }],
    ['tags', { tags: ['种子选手', '拟上市'] }],
    ['reach', { reach: ['2:sure', '3:possible'] }],
    ['missing profile data', { missing: ['uscc', 'district', 'consultant'] }],
    ['missing figures of the last closed year', { missing: ['revenue'] }],
    ['unknown facts', { unknownAtLeast: 4 }],
    ['review due', { reviewWithin: 30 }],
    ['title ending', { expiryWithin: 0 }],
    ['not changed', { untouchedFor: 300 }],
    ['not checked', { uncheckedFor: 60 }],
    ['without a plan', { planned: false }],
    ['archived', { archived: true, rung: [0] }],
    ['trash', { trash: true }],
    ['several', { rung: [0, 1], district: ['江夏区', '洪山区'], reviewWithin: 60, planned: true }],
  ])('%s', (_, filter) => {
    const expected = all.filter((row) => holds(row, filter)).map((row) => row.id);
    const found = listEnterprises(db, { filter, limit: 500 }, TODAY);
    expect(found.total).toBe(expected.length);
    expect(found.rows.map((row) => row.id).sort()).toEqual(expected.sort());
    expect(matchingIds(db, { filter }, TODAY)).toEqual(found.rows.map((row) => row.id));
    expect(expected.length).toBeGreaterThan(0);
    expect(expected.length).toBeLessThan(400);
  });
});

test('a first page read from the disk is the page of the index', () => {
  for (const sort of ['updated', 'name', 'revenue', 'rung', 'unmet'] as const)
    for (const descending of [true, false]) {
      const question: ListQuestion = { sort, descending, offset: 20, limit: 60 };
      const warm = listEnterprises(db, question, TODAY);
      dropSearchIndex(db);
      expect(searchIndexOf(db).complete).toBe(false);
      expect(listEnterprises(db, question, TODAY)).toEqual(warm);
      expect(searchIndexOf(db).complete).toBe(false);
      listEnterprises(db, { query: 'x' }, TODAY);
    }
});

describe('sorted', () => {
  const sorted = (sort: NonNullable<ListQuestion['sort']>, descending: boolean) =>
    listEnterprises(db, { sort, descending, limit: 500 }, TODAY).rows;

  test('by the distance to the next tier, those that have none last', () => {
    for (const descending of [false, true]) {
      const distances = sorted('distance', descending).map((row) => row.distance);
      const known = distances.filter((d) => d !== null);
      expect(known).toEqual([...known].sort((a, b) => (descending ? b - a : a - b)));
      expect(distances.slice(known.length).every((d) => d === null)).toBe(true);
      expect(known.length).toBeLessThan(distances.length);
    }
  });

  test('by size as sizes grow, by place as it sounds', () => {
    const sizes = sorted('sizeClass', false).flatMap((row) => row.sizeClass ?? []);
    expect([...new Set(sizes)]).toEqual(['micro', 'small', 'medium', 'large']);
    const districts = [...new Set(sorted('district', false).flatMap((row) => row.district ?? []))];
    expect(districts).toEqual([...districts].sort(new Intl.Collator('zh-CN').compare));
  });
});

test('counts are what a click would show', () => {
  const filter: ListFilter = { rung: [0, 1], district: ['洪山区'] };
  const counts = countFacets(db, { filter }, TODAY);
  for (const [district, n] of Object.entries(counts.district))
    expect(all.filter((row) => holds(row, { ...filter, district: [district] }))).toHaveLength(n);
  for (const [tag, n] of Object.entries(counts.tags))
    expect(all.filter((row) => holds(row, { ...filter, tags: [tag] }))).toHaveLength(n);
  for (const [reach, n] of Object.entries(counts.reach))
    expect(all.filter((row) => holds(row, { ...filter, reach: [reach] }))).toHaveLength(n);
  for (const [rung, n] of Object.entries(counts.rung))
    expect(all.filter((row) => holds(row, { ...filter, rung: [Number(rung)] }))).toHaveLength(n);
});

test('an order stays true while single firms change, come and go', async () => {
  const own = await scratchLibrary();
  const meta = {
    action: 'x',
    actor: 'tester',
    now: NOW,
    after: (ids: ReadonlySet<string>) => {
      for (const id of ids)
        putStanding(own, readFile(own, id), {
          sizeClass: null,
          stage: null,
          currentRung: 0,
          nextRung: 1,
          rungs: [],
          counts: { met: 0, unmet: 0, unknown: 0, manual: 0 },
          distance: null,
          rulesHash: 'h',
          goodUntil: '9999-12-31',
        });
    },
  };
  const listed = () => listEnterprises(own, { sort: 'district', query: '公司' }).rows.map((row) => row.name);
  const put = (name: string, district: string | null) =>
    write(own, meta, (tx) => createEnterprise(tx, { name, district, tags: ['种子'] }));
  const b = put('乙公司', '江夏区');
  put('甲公司', null);
  expect(listed()).toEqual(['乙公司', '甲公司']);
  put('丙公司', '蔡甸区');
  expect(listed()).toEqual(['丙公司', '乙公司', '甲公司']);
  write(own, meta, (tx) => updateEnterprise(tx, b, { district: null, tags: ['重点'] }));
  expect(listed()).toEqual(['丙公司', '乙公司', '甲公司']);
  write(own, meta, (tx) => updateEnterprise(tx, b, { district: '东西湖区' }));
  expect(listed()).toEqual(['丙公司', '乙公司', '甲公司']);
  // Tags are found like names.
  expect(listEnterprises(own, { query: '种子' }).total).toBe(2);
  expect(listEnterprises(own, { query: '重点' }).rows.map((row) => row.name)).toEqual(['乙公司']);
  // The review is that of the highest title; a renewed one counts with its later end.
  write(own, meta, (tx) => {
    const title = { number: null, issuer: null, basis: 'declared', source: null, issuedOn: '2020' } as const;
    saveTitle(tx, b, { ...title, kind: 'innovative', name: 'x', expiresOn: '2023' });
    saveTitle(tx, b, { ...title, kind: 'srdi', name: 'y', expiresOn: '2023-05' });
    saveTitle(tx, b, { ...title, kind: 'srdi', name: 'y', expiresOn: '2027-05-01' });
    saveTitle(tx, b, { ...title, kind: 'hightech', name: 'z', expiresOn: '2026-12-01' });
  });
  expect(listEnterprises(own, { query: '重点' }).rows[0]).toMatchObject({
    reviewOn: '2027-05-01',
    expiresOn: '2026-12-01',
    editor: 'tester',
  });
  prepared(own, 'DELETE FROM standing WHERE enterprise_id = ?').run(b);
  searchIndexOf(own).forget([b]);
  expect(listed()).toEqual(['丙公司', '甲公司']);
});
