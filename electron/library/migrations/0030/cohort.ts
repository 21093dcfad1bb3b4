import type { Db } from '../../open.ts';

/** Tables of the cohort part of format 30: screenings kept as dated lists, and targets of the city and its districts. */
export function cohortTables(db: Db): void {
  db.exec(`
    CREATE TABLE screening (
      id TEXT PRIMARY KEY NOT NULL,
      name TEXT NOT NULL CHECK (name <> ''),
      made_on TEXT NOT NULL,
      rung INTEGER NOT NULL CHECK (rung BETWEEN 1 AND 3),
      summary TEXT NOT NULL CHECK (json_valid(summary)),
      rows TEXT NOT NULL CHECK (json_valid(rows)),
      rows_hash TEXT NOT NULL CHECK (length(rows_hash) = 64),
      created_at TEXT NOT NULL,
      updated_at TEXT NOT NULL
    ) STRICT;
    CREATE INDEX screening_made ON screening (rung, made_on);

    -- district '' = the whole city; count NULL = a target that comes with the product was taken away.
    CREATE TABLE cohort_target (
      year INTEGER NOT NULL CHECK (year BETWEEN 1949 AND 2200),
      rung INTEGER NOT NULL CHECK (rung BETWEEN 1 AND 3),
      district TEXT NOT NULL,
      count INTEGER CHECK (count >= 0),
      updated_at TEXT NOT NULL,
      PRIMARY KEY (year, rung, district)
    ) STRICT, WITHOUT ROWID;
  `);
}
