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
];
/** The row keeps its number, by which the search index knows it. */
const UPSERT = `INSERT INTO standing (${COLUMNS.join(', ')}) VALUES (${COLUMNS.map(() => '?').join(', ')})
  ON CONFLICT (enterprise_id) DO UPDATE SET ${COLUMNS.slice(1)
    .map((column) => `${column} = excluded.${column}`)
    .join(', ')}`;

/** The one text an enterprise is found by: names, pinyin, initials, credit code and product, folded, a line each. */
function searchText(enterprise: EnterpriseFile['enterprise']): string {
  const { name, shortName, uscc, mainProduct, stockCode } = enterprise;
  const sound = pinyinOf(name);
  const parts = [name, shortName, sound.full, sound.initials, uscc, stockCode, mainProduct];
  if (shortName) {
    const short = pinyinOf(shortName);
    if (!sound.full.includes(short.full)) parts.push(short.full, short.initials);
  }
  return parts.flatMap((part) => (part ? [fold(part)] : [])).join('\n');
}

/** Writes the line of the library screen of one enterprise. It is derived, so it stays out of the change log. */
export function putStanding(db: Db, file: EnterpriseFile, standing: Standing): void {
  const { enterprise } = file;
  const latest = file.figures.findLast((figures) => typeof figures.values.revenue === 'number');
  const sound = pinyinOf(enterprise.name);
  prepared(db, UPSERT).run(
    enterprise.id,
    searchText(enterprise),
    `${sound.full}\n${enterprise.name}`,
    enterprise.updatedAt,
    enterprise.archivedAt === null ? 0 : 1,
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
  );
}

/** Ids of enterprises that have to be judged again: by other rules than these, or because their day has come. */
export function staleStandings(db: Db, rulesHash: string, today: string, limit: number): string[] {
  return prepared(db, 'SELECT enterprise_id FROM standing WHERE rules_hash <> ? OR good_until <= ? LIMIT ?')
    .all(rulesHash, today, limit)
    .map((row) => String(row.enterprise_id));
}
