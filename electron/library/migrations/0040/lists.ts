import type { Db } from '../../open.ts';

/** Tables of the list part of format 40: saved views, the trash, and what lists are filtered and sorted by. */
export function listsTables(db: Db): void {
  db.exec(`
    -- A question put to the library and kept: search, filters, order, columns.
    CREATE TABLE list_view (
      id TEXT PRIMARY KEY NOT NULL,
      name TEXT NOT NULL CHECK (name <> ''),
      definition TEXT NOT NULL CHECK (json_valid(definition)),
      created_at TEXT NOT NULL,
      updated_at TEXT NOT NULL
    ) STRICT;

    -- A screening that was taken away stays for a while, so that this can be undone.
    ALTER TABLE screening ADD COLUMN removed_at TEXT;

    -- What is in the trash is archived as well; where it was not before, both times are the same.
    ALTER TABLE enterprise ADD COLUMN trashed_at TEXT;

    -- standing.archived: 0 = worked on, 1 = archived, 2 = in the trash.
    ALTER TABLE standing ADD COLUMN consultant TEXT;
    ALTER TABLE standing ADD COLUMN editor TEXT;
    ALTER TABLE standing ADD COLUMN tags TEXT NOT NULL DEFAULT '[]';
    -- What fails of the next rung, every item 1 less how near it is; NULL = at the top, or not judged.
    ALTER TABLE standing ADD COLUMN distance REAL;
    -- Latest fiscal year with any figure.
    ALTER TABLE standing ADD COLUMN figure_year INTEGER;
    -- Bits of what the profile lacks, see missing.ts.
    ALTER TABLE standing ADD COLUMN missing INTEGER NOT NULL DEFAULT 0;
    -- Last day of the title of the highest rung given, and the first end of any kind of title.
    ALTER TABLE standing ADD COLUMN review_on TEXT;
    ALTER TABLE standing ADD COLUMN expires_on TEXT;
    -- Day of the last check-up kept, and whether there is a plan.
    ALTER TABLE standing ADD COLUMN checked_at TEXT;
    ALTER TABLE standing ADD COLUMN planned INTEGER NOT NULL DEFAULT 0;
    -- Effort of the easiest way to the next rung; NULL = there is none. It is worked out in the background: '' = not yet,
    -- else the rules and the year it was worked out for.
    ALTER TABLE standing ADD COLUMN effort REAL;
    ALTER TABLE standing ADD COLUMN effort_key TEXT NOT NULL DEFAULT '';
    CREATE INDEX standing_effort ON standing (enterprise_id)
      WHERE effort_key = '' AND archived = 0 AND next_rung IS NOT NULL;
    -- All lines are made afresh, bit by bit, to fill the new columns.
    UPDATE standing SET rules_hash = '';
  `);
}
