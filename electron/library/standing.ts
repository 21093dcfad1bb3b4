import { readFile } from './enterprise-file.ts';
import { missingOf } from './missing.ts';
import { fold, pinyinOf } from './names.ts';
import { type Db, prepared } from './open.ts';
import type { EnterpriseFile, ListRow } from './shapes.ts';

/** Where an enterprise stands on the ladder, as the library screen shows it. */
export interface Standing {
  readonly sizeClass: string | null;
  readonly stage: string | null;
  readonly currentRung: number;
  readonly nextRung: number | null;
  readonly rungs: ListRow['rungs'];
  /** Of the items of the next rung, or of the top where that is held. */
  readonly counts: ListRow['counts'];
  /** What fails of the next rung: each item 1 less how near it is, summed. Null at the top, or where it is not judged. */
  readonly distance?: number | null;
  /** Hash of the rules it was judged by; '' = it could not be judged and waits for the next try. */
  readonly rulesHash: string;
  /** First day (YYYY-MM-DD) on which it has to be judged again although nothing was edited. */
  readonly goodUntil: string;
}

const COLUMNS = [
  'enterprise_id',
  'search_text',
  'name_sort',
  'updated_at',
  'archived',
  'is_sample',
  'district',
  'division',
  'revenue_year',
  'revenue',
  'size_class',
  'stage',
  'current_rung',
  'next_rung',
  'next_verdict',
  'met',
  'unmet',
  'unknown',
  'manual',
  'rungs',
  'rules_hash',
  'good_until',
  'consultant',
  'editor',
  'tags',
  'distance',
  'figure_year',
  'missing',
  'review_on',
  'expires_on',
  'checked_at',
  'planned',
];
/** The row keeps its number, by which the search index knows it. The effort of its way up is worked out afresh later. */
const UPSERT = `INSERT INTO standing (${COLUMNS.join(', ')}) VALUES (${COLUMNS.map(() => '?').join(', ')})
  ON CONFLICT (enterprise_id) DO UPDATE SET ${COLUMNS.slice(1)
    .map((column) => `${column} = excluded.${column}`)
    .join(', ')}, effort = NULL, effort_key = ''`;

/** The one text an enterprise is found by: names, pinyin, initials, credit code, product and tags, folded, a line each. */
function searchText(enterprise: EnterpriseFile['enterprise']): string {
  const { name, shortName, uscc, mainProduct, stockCode, tags } = enterprise;
  const sound = pinyinOf(name);
  const parts = [name, shortName, sound.full, sound.initials, uscc, stockCode, mainProduct, ...tags];
  if (shortName) {
    const short = pinyinOf(shortName);
    if (!sound.full.includes(short.full)) parts.push(short.full, short.initials);
  }
  return parts.flatMap((part) => (part ? [fold(part)] : [])).join('\n');
}

const RUNG_OF_TITLE: Readonly<Record<string, number>> = {
  tech_sme: 1,
  innovative: 1,
  srdi: 2,
  little_giant: 3,
  key_little_giant: 3,
};

/** The latest day a loose date can mean. */
function latestDay(date: string): string {
  return date.length === 4 ? `${date}-12-31` : date.length === 7 ? `${date}-31` : date;
}

/**
 * When the title of the highest rung ever given runs out, and the first end of any kind of title; of one kind the latest
 * end counts, since the older ones were renewed. Null where none is known.
 */
function endsOf(titles: EnterpriseFile['titles']) {
  const top = Math.max(0, ...titles.map(({ kind }) => RUNG_OF_TITLE[kind] ?? 0));
  const ends = new Map<string, string>();
  for (const { kind, name, expiresOn } of titles) {
    const rung = RUNG_OF_TITLE[kind];
    if (!expiresOn || (rung !== undefined && rung < top)) continue;
    const of = rung === undefined ? (kind === 'other' ? name : kind) : 'ladder';
    const day = latestDay(expiresOn);
    if (day > (ends.get(of) ?? '')) ends.set(of, day);
  }
  return { review: ends.get('ladder') ?? null, first: [...ends.values()].sort()[0] ?? null };
}

const LAST = {
  editor: 'SELECT actor AS value FROM change WHERE enterprise_id = ? ORDER BY id DESC LIMIT 1',
  checked:
    'SELECT created_at AS value FROM diagnosis WHERE enterprise_id = ? ORDER BY created_at DESC LIMIT 1',
  plan: 'SELECT 1 AS value FROM plan WHERE enterprise_id = ? LIMIT 1',
} as const;

/** Writes the line of the library screen of one enterprise. It is derived, so it stays out of the change log. */
export function putStanding(db: Db, file: EnterpriseFile, standing: Standing): void {
  const { enterprise } = file;
  const latest = file.figures.findLast((figures) => typeof figures.values.revenue === 'number');
  const sound = pinyinOf(enterprise.name);
  const last = (what: keyof typeof LAST) => prepared(db, LAST[what]).get(enterprise.id)?.value ?? null;
  const ends = endsOf(file.titles);
  prepared(db, UPSERT).run(
    enterprise.id,
    searchText(enterprise),
    `${sound.full}\n${enterprise.name}`,
    enterprise.updatedAt,
    enterprise.trashedAt !== null ? 2 : enterprise.archivedAt !== null ? 1 : 0,
    enterprise.isSample ? 1 : 0,
    enterprise.district,
    enterprise.industryDivision,
    latest?.year ?? null,
    latest?.values.revenue ?? null,
    standing.sizeClass,
    standing.stage,
    standing.currentRung,
    standing.nextRung,
    standing.rungs.find((rung) => rung.rung === (standing.nextRung ?? standing.currentRung))?.verdict ?? null,
    standing.counts.met,
    standing.counts.unmet,
    standing.counts.unknown,
    standing.counts.manual,
    JSON.stringify(standing.rungs),
    standing.rulesHash,
    standing.goodUntil,
    enterprise.consultant,
    last('editor'),
    JSON.stringify(enterprise.tags),
    standing.distance ?? null,
    file.figures.findLast((figures) => Object.keys(figures.values).length > 0)?.year ?? null,
    missingOf(enterprise),
    ends.review,
    ends.first,
    last('checked'),
    last('plan') === null ? 0 : 1,
  );
}

/**
 * Has enterprises judged again in the background: those given, and any that has no line at all (after a rescue). Until
 * then a new one is listed by its name alone.
 */
export function judgeLater(db: Db, ids: Iterable<string>): void {
  for (const id of ids) prepared(db, "UPDATE standing SET rules_hash = '' WHERE enterprise_id = ?").run(id);
  prepared(
    db,
    `INSERT INTO standing (enterprise_id, search_text, name_sort, updated_at, archived, is_sample, current_rung, met,
       unmet, unknown, manual, rungs, rules_hash, good_until)
     SELECT id, name, name, updated_at, CASE WHEN trashed_at IS NOT NULL THEN 2 WHEN archived_at IS NOT NULL THEN 1 ELSE 0 END,
       is_sample, 0, 0, 0, 0, 0, '[]', '', ''
       FROM enterprise WHERE id NOT IN (SELECT enterprise_id FROM standing)`,
  ).run();
}

/** Ids of enterprises that have to be judged again: by other rules than these, or because their day has come. */
export function staleStandings(db: Db, rulesHash: string, today: string, limit: number): string[] {
  return prepared(db, 'SELECT enterprise_id FROM standing WHERE rules_hash <> ? OR good_until <= ? LIMIT ?')
    .all(rulesHash, today, limit)
    .map((row) => String(row.enterprise_id));
}

const NO_EFFORT = "effort_key = '' AND archived = 0 AND next_rung IS NOT NULL";

/** Enterprises whose way up is not worked out yet, with the rung they hold; only those judged by these rules. */
export function withoutEffort(db: Db, rulesHash: string, limit: number): { id: string; held: number }[] {
  return prepared(
    db,
    `SELECT enterprise_id, current_rung FROM standing WHERE ${NO_EFFORT} AND rules_hash = ? ORDER BY enterprise_id LIMIT ?`,
  )
    .all(rulesHash, limit)
    .map((row) => ({ id: String(row.enterprise_id), held: Number(row.current_rung) }));
}

/** Stores the efforts of ways up (null = there is none), worked out for a key: rules and year. Derived, so not in the log. */
export function putEfforts(db: Db, efforts: ReadonlyMap<string, number | null>, key: string): void {
  const set = prepared(
    db,
    `UPDATE standing SET effort = ?, effort_key = ? WHERE enterprise_id = ? AND ${NO_EFFORT}`,
  );
  for (const [id, effort] of efforts) set.run(effort, key, id);
}

/** Has efforts that were worked out for another key worked out afresh. */
export function forgetEfforts(db: Db, key: string): void {
  prepared(
    db,
    "UPDATE standing SET effort = NULL, effort_key = '' WHERE effort_key <> '' AND effort_key <> ?",
  ).run(key);
}

/**
 * Makes the line of an enterprise afresh without judging: it keeps where it stood and waits to be judged. For writes of many
 * at once. An enterprise that is gone loses its line.
 */
export function relist(db: Db, id: string): void {
  if (!prepared(db, 'SELECT 1 FROM enterprise WHERE id = ?').get(id)) {
    prepared(db, 'DELETE FROM standing WHERE enterprise_id = ?').run(id);
    return;
  }
  const old = prepared(db, 'SELECT * FROM standing WHERE enterprise_id = ?').get(id);
  putStanding(db, readFile(db, id), {
    sizeClass: (old?.size_class ?? null) as string | null,
    stage: (old?.stage ?? null) as string | null,
    currentRung: (old?.current_rung ?? 0) as number,
    nextRung: (old?.next_rung ?? null) as number | null,
    rungs: JSON.parse(String(old?.rungs ?? '[]')) as Standing['rungs'],
    counts: {
      met: (old?.met ?? 0) as number,
      unmet: (old?.unmet ?? 0) as number,
      unknown: (old?.unknown ?? 0) as number,
      manual: (old?.manual ?? 0) as number,
    },
    distance: (old?.distance ?? null) as number | null,
    rulesHash: '',
    goodUntil: '9999-12-31',
  });
}
