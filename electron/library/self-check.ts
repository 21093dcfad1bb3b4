import { isDeepStrictEqual } from 'node:util';
import { referredContents } from './evidence.ts';
import { proveContent, storeOf } from './evidence-store.ts';
import type { FieldChanges } from './fields.ts';
import { wholeValue } from './logged-value.ts';
import { type Db, openReadOnly, prepared } from './open.ts';
import { addressOf, loggedField } from './record-address.ts';
import { forLog, read } from './write.ts';

/** What a check of the library can find. The words for it are in the language files; no content of an enterprise is in it. */
export const findingKeys = [
  'structure',
  'references',
  'standingMissing',
  'standingRevenue',
  'standingArchived',
  'log',
  'evidenceGone',
  'evidenceChanged',
] as const;
export type FindingKey = (typeof findingKeys)[number];

/** What a check found, and how much it looked at. */
export interface SelfChecked {
  readonly findings: readonly { readonly key: FindingKey; readonly count: number }[];
  readonly looked: { readonly enterprises: number; readonly changes: number; readonly files: number };
}

/** So many of the newest log entries are compared with what is stored. */
const NEWEST = 5000;

function count(db: Db, sql: string): number {
  return Number(prepared(db, `SELECT count(*) AS n FROM ${sql}`).get()?.n);
}

/** Compares what the newest log entries say with what is stored. Returns entries looked at and fields that differ. */
function compareLog(db: Db): { changes: number; differing: number } {
  const seen = new Set<string>();
  let changes = 0;
  let differing = 0;
  const rows = prepared(
    db,
    'SELECT op, entity, entity_id, enterprise_id, fields FROM change ORDER BY id DESC LIMIT ?',
  ).all(NEWEST);
  for (const row of rows) {
    changes += 1;
    const enterpriseId = row.enterprise_id as string | null;
    for (const [name, change] of Object.entries(JSON.parse(String(row.fields)) as FieldChanges)) {
      const { entity, entityId, field } = loggedField(String(row.entity), String(row.entity_id), name);
      const record = `${enterpriseId} ${entity} ${entityId}`;
      // A newer entry has the word; once a record was removed older ones say nothing of it.
      if (seen.has(`${record} ${field}`) || seen.has(record)) continue;
      seen.add(`${record} ${field}`);
      const address = addressOf(db, entity, entityId, enterpriseId);
      if (!address) continue;
      const current = read(db, address.spec, address.key);
      const stored = current ? (forLog(address.spec, current)[field] ?? null) : null;
      let wanted: unknown;
      try {
        wanted = row.op === 'remove' ? null : wholeValue(db, change.new);
      } catch {
        continue;
      }
      if (!isDeepStrictEqual(stored, wanted)) differing += 1;
    }
    if (row.op === 'remove') seen.add(`${enterpriseId} ${row.entity} ${row.entity_id}`);
  }
  return { changes, differing };
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
    const damage = db.pragma('quick_check(1)', { simple: true });
    if (damage !== 'ok')
      return { findings: [{ key: 'structure', count: 1 }], looked: { enterprises: 0, changes: 0, files: 0 } };
    found('references', (db.pragma('foreign_key_check') as unknown[]).length);
    // One moment of the library, whatever is written meanwhile.
    const { enterprises, log, hashes } = db.transaction(() => {
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
      return { enterprises: count(db, 'enterprise'), log: compareLog(db), hashes: referredContents(db) };
    })();
    found('log', log.differing);
    let gone = 0;
    let changed = 0;
    for (const hash of hashes) {
      const state = await proveContent(storeOf(library), hash);
      if (state === 'gone') gone += 1;
      else if (state === 'changed') changed += 1;
    }
    found('evidenceGone', gone);
    found('evidenceChanged', changed);
    return { findings, looked: { enterprises, changes: log.changes, files: hashes.length } };
  } finally {
    db.close();
  }
}
