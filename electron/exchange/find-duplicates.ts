import { type Db, prepared } from '../library/open.ts';
import type { DuplicateGroup, DuplicateReason } from './duplicate-call-shapes.ts';
import { identityKey, looseKey } from './import-names.ts';

interface Known {
  readonly id: string;
  readonly name: string;
  readonly uscc: string | null;
}

/** Enterprises looked at before other calls have their turn. */
const SLICE = 4000;
/** At most this many groups are told at once; merging some makes room for the others. */
const MOST = 200;
/** Key of the setting that says two enterprises are not the same. */
export const apartKey = (a: string, b: string) => `duplicates.apart.${[a, b].sort().join('.')}`;

function add<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

/** Names that enterprises bore before, from the log. */
function formerNames(db: Db): { id: string; name: string }[] {
  return prepared(
    db,
    `SELECT enterprise_id AS id, json_extract(fields, '$.name.old') AS name FROM change
      WHERE entity = 'enterprise' AND made IS NOT 1 AND fields LIKE '%"name":{"old":"%'`,
  )
    .all()
    .flatMap((row) => (row.id && row.name ? [{ id: String(row.id), name: String(row.name) }] : []));
}

/** Two credit codes that are both known and differ are two legal persons, however alike their names. */
function twoCodes(a: Known, b: Known): boolean {
  return a.uscc !== null && b.uscc !== null && a.uscc !== b.uscc;
}

interface Found {
  readonly reason: DuplicateReason;
  readonly formerName: string | null;
  readonly members: readonly Known[];
}

const ORDER: Record<DuplicateReason, number> = { sameName: 0, renamed: 1, nameVariant: 2, otherCode: 3 };

/** Enterprises that may be the same, those that surely look so first. What is in the trash is left out. */
export async function findDuplicates(db: Db): Promise<{ total: number; groups: DuplicateGroup[] }> {
  const all = new Map<string, Known>();
  const [same, loose] = [new Map<string, Known[]>(), new Map<string, Known[]>()];
  let last = '';
  for (;;) {
    const rows = prepared(
      db,
      'SELECT id, name, uscc FROM enterprise WHERE id > ? AND trashed_at IS NULL ORDER BY id LIMIT ?',
    ).all(last, SLICE) as unknown as Known[];
    for (const known of rows) {
      all.set(known.id, known);
      add(same, identityKey(known.name), known);
      add(loose, looseKey(known.name), known);
    }
    const end = rows.at(-1);
    if (!end || rows.length < SLICE) break;
    last = end.id;
    await new Promise((resolve) => setImmediate(resolve));
  }
  const apart = new Set(
    prepared(db, "SELECT key FROM setting WHERE key LIKE 'duplicates.apart.%'")
      .all()
      .map((row) => String(row.key)),
  );
  const found: Found[] = [];
  const told = new Set<string>();
  const tell = (reason: DuplicateReason, members: readonly Known[], formerName: string | null = null) => {
    const fresh = members.filter((m) =>
      members.some((o) => o !== m && !apart.has(apartKey(o.id, m.id)) && !told.has(apartKey(o.id, m.id))),
    );
    if (fresh.length < 2) return;
    for (const a of fresh) for (const b of fresh) if (a !== b) told.add(apartKey(a.id, b.id));
    found.push({ reason, formerName, members: fresh });
  };
  for (const members of same.values())
    if (members.length > 1)
      tell(
        members.every((a) => members.every((b) => a === b || twoCodes(a, b))) ? 'otherCode' : 'sameName',
        members,
      );
  for (const { id, name } of formerNames(db)) {
    const now = all.get(id);
    if (!now) continue;
    const others = (same.get(identityKey(name)) ?? []).filter((o) => o.id !== id && !twoCodes(o, now));
    if (others.length > 0) tell('renamed', [now, ...others], name);
  }
  for (const members of loose.values()) {
    if (members.length < 2) continue;
    // Of firms with several codes none can be told which one the others are.
    const one = members.filter((a) => members.some((b) => a !== b && !twoCodes(a, b)));
    if (one.length > 1) tell('nameVariant', one);
  }
  found.sort((a, b) => ORDER[a.reason] - ORDER[b.reason]);
  return {
    total: found.length,
    groups: found.slice(0, MOST).map(({ reason, formerName, members }) => ({
      reason,
      formerName,
      members: members.map(({ id }) => member(db, id)),
    })),
  };
}

function member(db: Db, id: string): DuplicateGroup['members'][number] {
  const row = prepared(
    db,
    `SELECT id, name, uscc, district, updated_at, archived_at,
       (SELECT count(*) FROM figure WHERE enterprise_id = e.id) AS years,
       (SELECT count(*) FROM fact WHERE enterprise_id = e.id) AS facts,
       (SELECT count(*) FROM title WHERE enterprise_id = e.id) AS titles,
       (SELECT count(*) FROM diagnosis WHERE enterprise_id = e.id) AS diagnoses,
       (SELECT count(*) FROM plan WHERE enterprise_id = e.id) AS plans
     FROM enterprise e WHERE id = ?`,
  ).get(id)!;
  const count = (name: string) => row[name] as number;
  return {
    id,
    name: String(row.name),
    uscc: row.uscc as string | null,
    district: row.district as string | null,
    updatedAt: String(row.updated_at),
    archived: row.archived_at !== null,
    has: {
      years: count('years'),
      facts: count('facts'),
      titles: count('titles'),
      diagnoses: count('diagnoses'),
      plans: count('plans'),
    },
  };
}
