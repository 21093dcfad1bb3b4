import type { Db } from '../../open.ts';

/** Packages between laptops: what was taken in, what others did and when, and where two hands disagree. */
export function exchangeTables(db: Db): void {
  db.exec(`
    -- after_change = the newest row of the change log before: the merge's own rows come after it.
    CREATE TABLE case_batch (
      id TEXT PRIMARY KEY NOT NULL,
      at TEXT NOT NULL,
      actor TEXT NOT NULL,
      source TEXT NOT NULL,
      sender TEXT NOT NULL,
      sent_at TEXT NOT NULL,
      after_change INTEGER NOT NULL,
      added INTEGER NOT NULL,
      changed INTEGER NOT NULL,
      same INTEGER NOT NULL,
      conflicts INTEGER NOT NULL,
      undone_at TEXT
    ) STRICT;

    -- Changes made in other libraries, as they came: with the log of this one they tell who knew what.
    CREATE TABLE foreign_change (
      hlc TEXT PRIMARY KEY NOT NULL,
      at TEXT NOT NULL,
      actor TEXT NOT NULL,
      action TEXT NOT NULL,
      op TEXT NOT NULL CHECK (op IN ('put', 'remove')),
      entity TEXT NOT NULL,
      entity_id TEXT NOT NULL,
      enterprise_id TEXT NOT NULL,
      fields TEXT NOT NULL CHECK (json_valid(fields)),
      made INTEGER NOT NULL CHECK (made IN (0, 1)),
      batch_id TEXT NOT NULL REFERENCES case_batch (id)
    ) STRICT;
    CREATE INDEX foreign_change_enterprise ON foreign_change (enterprise_id);

    -- Two values for one field, both kept until a person decides; field '' = whether the record is there at all.
    CREATE TABLE conflict (
      id TEXT PRIMARY KEY NOT NULL,
      batch_id TEXT NOT NULL REFERENCES case_batch (id),
      enterprise_id TEXT NOT NULL,
      entity TEXT NOT NULL,
      entity_id TEXT NOT NULL,
      field TEXT NOT NULL,
      mine TEXT NOT NULL CHECK (json_valid(mine)),
      theirs TEXT NOT NULL CHECK (json_valid(theirs)),
      kept TEXT NOT NULL CHECK (kept IN ('mine', 'theirs')),
      settled_at TEXT,
      settled_by TEXT
    ) STRICT;
    CREATE INDEX conflict_open ON conflict (settled_at, enterprise_id);
  `);
}
