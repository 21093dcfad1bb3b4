import type { Db } from '../open.ts';

/** Imports, each with what is needed to take it back as one step, on any later day. */
export function up(db: Db): void {
  db.exec(`
    CREATE TABLE import_batch (
      id TEXT PRIMARY KEY NOT NULL,
      at TEXT NOT NULL,
      actor TEXT NOT NULL,
      source TEXT NOT NULL,
      added INTEGER NOT NULL,
      changed INTEGER NOT NULL,
      same INTEGER NOT NULL,
      failed INTEGER NOT NULL,
      undone_at TEXT
    ) STRICT;

    -- What one import did to one enterprise: records with their changed fields before and after it.
    CREATE TABLE import_item (
      batch_id TEXT NOT NULL REFERENCES import_batch (id),
      enterprise_id TEXT NOT NULL,
      records TEXT NOT NULL CHECK (json_valid(records)),
      PRIMARY KEY (batch_id, enterprise_id)
    ) STRICT, WITHOUT ROWID;
  `);
}
