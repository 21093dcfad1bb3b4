import { getEnterprise } from './enterprises.ts';
import { type EntityName, type EntitySpec, entities } from './entities.ts';
import { type Db, prepared } from './open.ts';
import { recordOf } from './records.ts';
import type { Tx } from './write.ts';

/** Puts an enterprise into the trash with everything it has; false where it is there already. Throws a Refusal. */
export function trashEnterprise(tx: Tx, id: string): boolean {
  const before = getEnterprise(tx.db, id);
  if (before.trashedAt !== null) return false;
  // Archived as well, so that whatever leaves out the archived leaves it out too. Equal times say it was not before.
  const { archivedAt } = before;
  const trashedAt = archivedAt === tx.at ? new Date(tx.meta.now.getTime() + 1).toISOString() : tx.at;
  return tx.put('enterprise', { id }, { trashedAt, archivedAt: archivedAt ?? trashedAt }, id);
}

/** Takes an enterprise out of the trash, to where it was before; false where it is not there. Throws a Refusal. */
export function restoreFromTrash(tx: Tx, id: string): boolean {
  const before = getEnterprise(tx.db, id);
  if (before.trashedAt === null) return false;
  const archived = before.archivedAt === before.trashedAt ? { archivedAt: null } : {};
  return tx.put('enterprise', { id }, { trashedAt: null, ...archived }, id);
}

/** Ids of what is in the trash. */
export function trashedIds(db: Db): string[] {
  return prepared(db, 'SELECT id FROM enterprise WHERE trashed_at IS NOT NULL')
    .all()
    .map((row) => String(row.id));
}

interface Link {
  readonly table: string;
  readonly column: string;
}

/** Tables whose rows hang on a row of a table, by their foreign keys. */
function hanging(db: Db, table: string): Link[] {
  return prepared(
    db,
    `SELECT m.name AS "table", f."from" AS "column" FROM sqlite_schema m, pragma_foreign_key_list(m.name) f
      WHERE m.type = 'table' AND f."table" = ? AND m.name <> ?`,
  ).all(table, table) as unknown as Link[];
}

const specs = Object.entries(entities) as [EntityName, EntitySpec][];

/**
 * Deletes an enterprise that is in the trash for good, with everything that hangs on it. The log keeps that it was there
 * and who deleted it; no undo leads back. Says whether there was one.
 */
export function purgeEnterprise(tx: Tx, id: string): boolean {
  const { db } = tx;
  const row = prepared(db, 'SELECT trashed_at FROM enterprise WHERE id = ?').get(id);
  if (!row?.trashed_at) return false;
  db.pragma('defer_foreign_keys = ON');
  const clear = (table: string, condition: string) => {
    const key = db.prepare<[], { name: string }>(
      `SELECT name FROM pragma_table_info('${table}') WHERE pk = 1`,
    );
    const own = key.get()?.name;
    for (const { table: below, column } of own ? hanging(db, table) : [])
      clear(below, `"${column}" IN (SELECT "${own}" FROM "${table}" WHERE ${condition})`);
    const known = specs.find(([, spec]) => spec.table === table);
    if (!known) {
      db.prepare(`DELETE FROM "${table}" WHERE ${condition}`).run({ id });
      return;
    }
    const [name, spec] = known;
    for (const record of db.prepare(`SELECT * FROM "${table}" WHERE ${condition}`).all({ id })) {
      const whole = recordOf(name, record as Record<string, unknown>);
      tx.remove(name, Object.fromEntries(spec.key.map((field) => [field, whole[field]])), id);
    }
  };
  for (const { table, column } of hanging(db, 'enterprise')) clear(table, `"${column}" = @id`);
  tx.remove('enterprise', { id }, id);
  // Steps that led here cannot be taken back any more; undo goes on with the ones before.
  prepared(db, 'UPDATE change SET step = NULL WHERE enterprise_id = ?').run(id);
  return true;
}
