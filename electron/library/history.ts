import { type Db, prepared } from './open.ts';
import type { Change } from './shapes.ts';

/** What changed in an enterprise and everything that belongs to it, newest first. */
export function listHistory(db: Db, enterpriseId: string, limit: number): Change[] {
  return prepared(
    db,
    `SELECT id, at, actor, action, entity, entity_id, fields FROM change
     WHERE enterprise_id = ? ORDER BY id DESC LIMIT ?`,
  )
    .all(enterpriseId, limit)
    .map((row) => ({
      id: row.id as number,
      at: row.at as string,
      actor: row.actor as string,
      action: row.action as string,
      entity: row.entity as string,
      entityId: row.entity_id as string,
      fields: JSON.parse(String(row.fields)) as Change['fields'],
    }));
}
