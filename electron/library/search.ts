import { localDay } from './dates.ts';
import { tagsOf } from './list-filter.ts';
import type { ListFilter, ListQuestion, ListSort } from './list-question.ts';
import { fold } from './names.ts';
import { type Db, prepared } from './open.ts';
import { searchIndexOf, type Wanted } from './search-index.ts';
import type { ListRow } from './shapes.ts';

/** Orders that SQLite has an index for: the first page of a large library is shown before the lines are in memory. */
const INDEXED: Partial<Record<ListSort, string>> = {
  name: 'name_sort',
  updated: 'updated_at',
  revenue: 'revenue',
  rung: 'current_rung',
  unmet: 'unmet',
};

/** The columns of a line on the screen, as `toRow` takes them. */
const SHOWN = `s.enterprise_id, e.name, e.short_name, e.uscc, s.district, e.city, s.division, e.main_product, s.is_sample,
  e.is_synthetic, s.archived, s.size_class, s.stage, s.current_rung, s.next_rung, s.rungs, s.met, s.unmet, s.unknown,
  s.manual, s.revenue_year, s.revenue, s.updated_at, s.tags, s.consultant, s.editor, s.distance, s.review_on,
  s.expires_on, s.checked_at, s.planned, s.effort, s.effort_key = ''`;

/** Read without column names: a page of objects by name costs twice as much as everything else in a search. */
function toRow(values: readonly unknown[]): ListRow {
  const [id, name, shortName, uscc, district, city, industryDivision, mainProduct, isSample, isSynthetic] =
    values as [string, string, string | null, ...unknown[]];
  const [archived, sizeClass, stage, currentRung, nextRung, rungs, met, unmet, unknown, manual, year, yuan] =
    values.slice(10) as [number, string | null, string | null, number, number | null, string, ...number[]];
  const [updatedAt, tags, consultant, editor, distance, reviewOn, expiresOn, checkedAt, planned] =
    values.slice(22) as (string | null)[];
  const [effort, open] = values.slice(31) as [number | null, number];
  return {
    id,
    name,
    shortName,
    uscc: uscc as string | null,
    district: district as string | null,
    city: city as string | null,
    industryDivision: industryDivision as string | null,
    mainProduct: mainProduct as string | null,
    isSample: isSample === 1,
    isSynthetic: isSynthetic === 1,
    archived: archived !== 0,
    trashed: archived === 2,
    sizeClass,
    stage,
    currentRung,
    nextRung,
    rungs: JSON.parse(rungs) as ListRow['rungs'],
    counts: { met: met!, unmet: unmet!, unknown: unknown!, manual: manual! },
    revenue: yuan === null ? null : { year: year!, yuan: yuan! },
    updatedAt: updatedAt!,
    tags: tags === '[]' ? [] : (JSON.parse(tags!) as string[]),
    consultant: consultant ?? null,
    editor: editor ?? null,
    distance: distance as unknown as number | null,
    reviewOn: reviewOn ?? null,
    expiresOn: expiresOn ?? null,
    checkedAt: checkedAt ?? null,
    planned: (planned as unknown) === 1,
    effort: effort ?? null,
    effortOpen: open === 1 && nextRung !== null && archived === 0,
  };
}

/** Lines in the order of their ids; ids that are not there are left out. */
export function readRows(db: Db, ids: readonly string[]): ListRow[] {
  return (
    prepared(
      db,
      `SELECT ${SHOWN} FROM json_each(?) page JOIN standing s ON s.enterprise_id = page.value
         JOIN enterprise e ON e.id = page.value ORDER BY page.key`,
    )
      .raw(true)
      .all(JSON.stringify(ids)) as unknown as unknown[][]
  ).map(toRow);
}

/** What a question looks for. `today` is YYYY-MM-DD. */
export function wantedOf(question: Pick<ListQuestion, 'query' | 'filter'>, today: string): Wanted {
  const words = fold(question.query ?? '')
    .split(/[\s\u0000]+/)
    .filter(Boolean);
  return { words, filter: question.filter ?? {}, today };
}

function orderOf(question: Pick<ListQuestion, 'sort' | 'descending'>) {
  const sort = question.sort ?? 'updated';
  return { sort, descending: question.descending ?? sort === 'updated' };
}

/** Whether a question can be answered without the index; null where it cannot. */
function unread(db: Db, { words, filter }: Wanted, sort: ListSort): { state: number; column: string } | null {
  const column = INDEXED[sort];
  if (searchIndexOf(db).complete || words.length > 0 || !column) return null;
  const { archived, trash, ...more } = filter;
  if (Object.values(more).some((value) => value !== undefined)) return null;
  return { state: trash ? 2 : archived ? 1 : 0, column };
}

/** Whether a question needs the index while it is not read yet; whoever can wait reads it first, bit by bit. */
export function needsIndex(db: Db, question: ListQuestion, today: string): boolean {
  return (
    !searchIndexOf(db).complete && unread(db, wantedOf(question, today), orderOf(question).sort) === null
  );
}

/**
 * A page of the library: what matches, in the order asked for (default: worked on last first). Enterprises whose value is
 * not known come last in either direction. `total` counts all that match; revenue in yuan. `today` is YYYY-MM-DD.
 */
export function listEnterprises(
  db: Db,
  question: ListQuestion,
  today = localDay(new Date()),
): { total: number; rows: ListRow[] } {
  const wanted = wantedOf(question, today);
  const { sort, descending } = orderOf(question);
  const { offset = 0, limit = 100 } = question;
  const plain = unread(db, wanted, sort);
  if (plain) {
    const direction = descending ? 'DESC' : 'ASC';
    const order = `s.${plain.column} ${direction}${sort === 'revenue' ? ' NULLS LAST' : ''}, s.enterprise_id ${direction}`;
    const total = prepared(db, 'SELECT count(*) AS n FROM standing WHERE archived = ?').get(plain.state);
    const ids = prepared(
      db,
      `SELECT s.enterprise_id FROM standing s WHERE s.archived = ? ORDER BY ${order} LIMIT ? OFFSET ?`,
    )
      .pluck(true)
      .all(plain.state, limit, offset) as unknown as string[];
    return { total: total?.n as number, rows: readRows(db, ids) };
  }
  const index = searchIndexOf(db);
  const { hits, total } = index.find(wanted);
  if (total === 0) return { total, rows: [] };
  return { total, rows: readRows(db, index.page(hits, { sort, descending, offset, limit })) };
}

/** Ids of all enterprises that match, in the order asked for. */
export function matchingIds(db: Db, question: ListQuestion, today = localDay(new Date())): string[] {
  const index = searchIndexOf(db);
  const { hits, total } = index.find(wantedOf(question, today));
  return index.page(hits, { ...orderOf(question), offset: 0, limit: total });
}

/** Facets of a filter whose values are counted. */
const COUNTED = [
  'district',
  'division',
  'sizeClass',
  'stage',
  'consultant',
  'editor',
  'verdict',
] as const satisfies readonly (keyof ListFilter)[];
export type Counted = (typeof COUNTED)[number] | 'rung' | 'tags' | 'reach';

/**
 * For each facet how many of what matches bear each value, as if that facet were not filtered by: what a click on the
 * value would show. An empty word stands for "not given".
 */
export function countFacets(
  db: Db,
  question: Pick<ListQuestion, 'query' | 'filter'>,
  today = localDay(new Date()),
): Record<Counted, Record<string, number>> {
  const index = searchIndexOf(db);
  const { words, numbers } = index.columns;
  const plain = COUNTED.map((facet) => ({ facet, column: words[facet], counts: new Map<number, number>() }));
  const [tags, reaches] = [new Map<number, number>(), new Map<number, number>()];
  const rungs = [0, 0, 0, 0];
  const more = (counts: Map<number, number>, word: number) => counts.set(word, (counts.get(word) ?? 0) + 1);
  index.eachNear(wantedOf(question, today), (row, fails) => {
    for (const { facet, column, counts } of plain)
      if (fails === null || fails === facet) more(counts, column.rows[row]!);
    if (fails === null || fails === 'tags') more(tags, words.tags.rows[row]!);
    if (fails === null || fails === 'reach') more(reaches, words.reach.rows[row]!);
    if (fails === null || fails === 'rung') rungs[numbers.rung[row]!]! += 1;
  });
  const answer = Object.fromEntries(
    plain.map(({ facet, column, counts }) => [
      facet,
      Object.fromEntries([...counts].map(([word, n]) => [column.words[word]!, n])),
    ]),
  ) as Record<Counted, Record<string, number>>;
  answer.rung = Object.fromEntries(rungs.map((n, rung) => [String(rung), n]));
  answer.tags = {};
  for (const [word, n] of tags)
    for (const tag of tagsOf(words.tags.words[word]!)) answer.tags[tag] = (answer.tags[tag] ?? 0) + n;
  answer.reach = {};
  const names = { s: 'sure', p: 'possible', i: 'impossible' } as Record<string, string>;
  for (const [word, n] of reaches)
    for (const [at, letter] of [...words.reach.words[word]!].entries()) {
      const name = names[letter] ? `${at + 1}:${names[letter]}` : null;
      if (name) answer.reach[name] = (answer.reach[name] ?? 0) + n;
    }
  return answer;
}

/** Counts for the head of the library screen; `byRung` and `districts` are of those that are worked on. */
export function summarize(db: Db): {
  total: number;
  archived: number;
  trashed: number;
  byRung: number[];
  districts: string[];
} {
  const byRung = [0, 0, 0, 0];
  for (const row of prepared(
    db,
    'SELECT current_rung, count(*) AS n FROM standing WHERE archived = 0 GROUP BY current_rung',
  ).all()) {
    byRung[row.current_rung as number] = row.n as number;
  }
  const out = (state: number) =>
    prepared(db, 'SELECT count(*) AS n FROM standing WHERE archived = ?').get(state)?.n as number;
  const districts = prepared(
    db,
    'SELECT DISTINCT district FROM standing WHERE archived = 0 AND district IS NOT NULL ORDER BY district',
  ).all();
  return {
    total: byRung.reduce((sum, n) => sum + n, 0),
    archived: out(1),
    trashed: out(2),
    byRung,
    districts: districts.map((row) => String(row.district)),
  };
}
