import type { Db } from '../../open.ts';

/** The consultancy's own policies (new ones, and changed or hidden ones of the product) and its words on documents. */
export function planTables(db: Db): void {
  db.exec(`
    -- policy = the entry as it counts; NULL leaves the product's own, which \`hidden\` may take out of the plans.
    CREATE TABLE own_policy (
      id TEXT PRIMARY KEY NOT NULL,
      policy TEXT CHECK (policy IS NULL OR json_valid(policy)),
      hidden INTEGER NOT NULL DEFAULT 0 CHECK (hidden IN (0, 1)),
      updated_at TEXT NOT NULL
    ) STRICT;

    -- The consultancy's own words on its documents, one row for each kind of export.
    CREATE TABLE export_profile (
      id TEXT PRIMARY KEY NOT NULL,
      name TEXT NOT NULL CHECK (name <> ''),
      words TEXT NOT NULL CHECK (json_valid(words)),
      updated_at TEXT NOT NULL
    ) STRICT;
  `);
}
