import type { Db } from '../../open.ts';

/** What an enterprise has set itself for a fiscal year: a fact of the sheet and its exact value. */
export function targetTables(db: Db): void {
  db.exec(`
    -- field is a sheet field without its year ("rd_expense_wan"); value is JSON: exact text in units of 10,000 yuan and fractions, or true/false.
    CREATE TABLE target (
      enterprise_id TEXT NOT NULL REFERENCES enterprise (id),
      field TEXT NOT NULL,
      year INTEGER NOT NULL,
      value TEXT NOT NULL CHECK (json_valid(value)),
      note TEXT,
      updated_at TEXT NOT NULL,
      PRIMARY KEY (enterprise_id, field, year)
    ) STRICT, WITHOUT ROWID;
  `);
}
