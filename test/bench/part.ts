import { join } from 'node:path';
import type { Db } from '../../electron/library/open.ts';
import type { Generated } from '../../electron/library/synthetic.ts';

/** The day all parts take place on, and the last closed fiscal year. */
export const TODAY = '2026-11-24';
export const LAST_CLOSED = 2025;
export const root = join(import.meta.dirname, '../..');

/** What the parts share. */
export interface Bench {
  readonly size: number;
  readonly rounds: number;
  /** Folder of a library of `size` enterprises that are listed and count as judged; made once. */
  folder(): Promise<string>;
  /** Works on the same library without the service. */
  withLibrary(work: (db: Db, made: Generated) => Promise<void>): Promise<void>;
}

/** One thing that is measured: `npm run bench -- --only NAME`. */
export interface Part {
  readonly name: string;
  run(bench: Bench): Promise<void>;
}

/** One line of the table. */
export function line(label: string, value: string, note = ''): void {
  console.log(`${label.padEnd(52)}${value.padStart(14)}   ${note}`);
}

/** The value below which a share of sorted ones lies. */
export function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** A bare SELECT * of everything a check-up reads; how many rows there are. */
export function scan(db: Db): number {
  let rows = 0;
  for (const table of ['enterprise', 'figure', 'fact', 'title']) {
    for (const row of db.prepare(`SELECT * FROM ${table}`).iterate()) if (row) rows++;
  }
  return rows;
}
