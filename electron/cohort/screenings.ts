import { createHash } from 'node:crypto';
import { v7 as uuid } from 'uuid';
import { z } from 'zod';
import { type Db, prepared } from '../library/open.ts';
import { Refusal } from '../library/refusal.ts';
import type { Tx } from '../library/write.ts';
import {
  type Screened,
  type ScreeningSummary,
  screenedShape,
  screeningSummaryShape,
} from './cohort-shapes.ts';

/** A screening kept in the library, without its rows. */
export const savedScreeningShape = z.object({
  id: z.uuid(),
  name: z.string(),
  madeOn: z.string(),
  rung: z.number().int(),
  summary: screeningSummaryShape,
  createdAt: z.string(),
});
export type SavedScreening = z.infer<typeof savedScreeningShape>;

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');

/**
 * Puts a screening by as a list of that day, not shown yet; `rows` is the JSON of all of them. Returns its id. The rows are too
 * large for the log, so showing and taking away only change a mark: either can be undone.
 */
export function putScreeningBy(tx: Tx, name: string, summary: ScreeningSummary, rows: string): string {
  const trimmed = name.trim();
  if (trimmed === '') throw new Refusal('invalid-input', 'nameMissing', { path: 'name' });
  const id = uuid();
  const values = { name: trimmed, madeOn: summary.today, rung: summary.question.rung, summary };
  tx.put('screening', { id }, { ...values, rows, rowsHash: hashOf(rows), removedAt: tx.at }, null);
  return id;
}

function toSaved(row: Record<string, unknown>): SavedScreening {
  return {
    id: row.id as string,
    name: row.name as string,
    madeOn: row.made_on as string,
    rung: row.rung as number,
    summary: JSON.parse(row.summary as string) as ScreeningSummary,
    createdAt: row.created_at as string,
  };
}

/** All screenings that were kept, the latest first. */
export function listScreenings(db: Db): SavedScreening[] {
  return prepared(
    db,
    `SELECT id, name, made_on, rung, summary, created_at FROM screening WHERE removed_at IS NULL
       ORDER BY made_on DESC, created_at DESC, id DESC`,
  )
    .all()
    .map(toSaved);
}

/** A kept screening with its rows. Throws a Refusal where there is none or it was altered. */
export function readScreening(db: Db, id: string): SavedScreening & { rows: Screened[] } {
  const row = prepared(db, 'SELECT * FROM screening WHERE id = ? AND removed_at IS NULL').get(id);
  if (!row) throw new Refusal('not-found', 'screeningGone');
  const text = row.rows as string;
  const rows =
    hashOf(text) === row.rows_hash ? z.array(screenedShape).safeParse(JSON.parse(text)) : undefined;
  if (!rows?.success) throw new Refusal('damaged-library', 'libraryDamaged');
  return { ...toSaved(row), rows: rows.data };
}

/** Shows a screening that was put by among those that are kept. */
export function showScreening(tx: Tx, id: string): void {
  tx.put('screening', { id }, { removedAt: null }, null);
}

/** Takes a kept screening away. Throws a Refusal where there is none. */
export function removeScreening(tx: Tx, id: string): void {
  if (!prepared(tx.db, 'SELECT 1 FROM screening WHERE id = ? AND removed_at IS NULL').get(id))
    throw new Refusal('not-found', 'screeningGone');
  tx.put('screening', { id }, { removedAt: tx.at }, null);
}

/** Screenings taken away before a moment (ISO): nobody wants them back any more. */
export function goneScreenings(db: Db, before: string): string[] {
  return prepared(db, 'SELECT id FROM screening WHERE removed_at < ?')
    .all(before)
    .map((row) => row.id as string);
}
