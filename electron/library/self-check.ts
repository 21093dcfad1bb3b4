import { referredContents } from './evidence.ts';
import { proveContent, storeOf } from './evidence-store.ts';
import { type Db, openReadOnly, prepared } from './open.ts';
import { compareWithLog, type Damage } from './record-proof.ts';

/** What a check of the library can find. The words for it are in the language files; no content of an enterprise is in it. */
export const findingKeys = [
  'structure',
  'references',
  'standingMissing',
  'standingRevenue',
  'standingArchived',
  'log',
  'logLine',
  'text',
  'evidenceGone',
  'evidenceChanged',
] as const;
export type FindingKey = (typeof findingKeys)[number];

/** What a check found, and how much it looked at. */
export interface SelfChecked {
  readonly findings: readonly { readonly key: FindingKey; readonly count: number }[];
  /** Where: at most some hundred places. Content of enterprises, so not for support. */
  readonly damage: readonly Damage[];
  readonly looked: { readonly enterprises: number; readonly changes: number; readonly files: number };
}

/** More damaged places than this are counted, not listed. */
const MOST_LISTED = 200;

function count(db: Db, sql: string): number {
  return Number(prepared(db, `SELECT count(*) AS n FROM ${sql}`).get()?.n);
}

/**
 * Looks through a library: its structure, its references, whether the numbers of the list agree with the records, whether
 * the log agrees with what is stored, and every evidence file against its hash. Only reads.
 */
export async function selfCheck(library: string): Promise<SelfChecked> {
  const db = openReadOnly(library);
  const findings: { key: FindingKey; count: number }[] = [];
  const found = (key: FindingKey, number: number) => {
    if (number > 0) findings.push({ key, count: number });
  };
  try {
    if (db.pragma('quick_check(1)', { simple: true }) !== 'ok')
      return {
        findings: [{ key: 'structure', count: 1 }],
        damage: [],
        looked: { enterprises: 0, changes: 0, files: 0 },
      };
    found('references', (db.pragma('foreign_key_check') as unknown[]).length);
    // One moment of the library, whatever is written meanwhile.
    const { enterprises, hashes } = db.transaction(() => {
      found('standingMissing', count(db, 'enterprise WHERE id NOT IN (SELECT enterprise_id FROM standing)'));
      found(
        'standingRevenue',
        count(
          db,
          `standing s WHERE s.revenue IS NOT NULL AND s.rules_hash <> '' AND s.revenue IS NOT
             (SELECT f.revenue FROM figure f WHERE f.enterprise_id = s.enterprise_id AND f.year = s.revenue_year)`,
        ),
      );
      found(
        'standingArchived',
        count(
          db,
          `standing s JOIN enterprise e ON e.id = s.enterprise_id
             WHERE s.rules_hash <> '' AND (s.archived > 0) <> (e.archived_at IS NOT NULL OR e.trashed_at IS NOT NULL)`,
        ),
      );
      return { enterprises: count(db, 'enterprise'), hashes: referredContents(db) };
    })();
    const damage: Damage[] = [];
    const by = { field: 0, line: 0, text: 0 };
    const changes = compareWithLog(db, (one) => {
      by[one.kind] += 1;
      if (damage.length < MOST_LISTED) damage.push(one);
    });
    found('log', by.field);
    found('logLine', by.line);
    found('text', by.text);
    let gone = 0;
    let changed = 0;
    for (const hash of hashes) {
      const state = await proveContent(storeOf(library), hash);
      if (state === 'gone') gone += 1;
      else if (state === 'changed') changed += 1;
    }
    found('evidenceGone', gone);
    found('evidenceChanged', changed);
    return { findings, damage, looked: { enterprises, changes, files: hashes.length } };
  } finally {
    db.close();
  }
}
