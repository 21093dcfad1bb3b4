import type { Db } from '../../open.ts';

/** Tables of the safety part of format 30. */
export function safetyTables(db: Db): void {
  db.exec(`
    -- The time of the first log entry of the same write: what is undone together. NULL before format 30.
    ALTER TABLE change ADD COLUMN step TEXT;
    -- 1 = the write made the record.
    ALTER TABLE change ADD COLUMN made INTEGER CHECK (made IN (0, 1));
    CREATE INDEX change_step ON change (step);
    CREATE INDEX change_actor ON change (actor, id);

    -- Values that are named in the log by their hash, so that undo and history have them.
    CREATE TABLE long_value (
      sha256 TEXT PRIMARY KEY NOT NULL CHECK (length(sha256) = 64),
      json TEXT NOT NULL
    ) STRICT;

    -- Steps that are undone now; redo takes one off again. change_id: the newest log entry when it was undone.
    CREATE TABLE taken_back (
      number INTEGER PRIMARY KEY AUTOINCREMENT,
      step TEXT NOT NULL UNIQUE,
      actor TEXT NOT NULL,
      change_id INTEGER NOT NULL
    ) STRICT;

    -- What is typed and not stored yet, and where in the window the user is; not in the change log.
    CREATE TABLE draft (
      key TEXT PRIMARY KEY NOT NULL,
      value TEXT NOT NULL CHECK (json_valid(value)),
      at TEXT NOT NULL
    ) STRICT;
  `);
}
