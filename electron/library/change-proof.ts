import { createHash } from 'node:crypto';

/** The columns of a line of the log that its proof covers; `step` is not among them, it changes when undo may not go on. */
export const PROVED = [
  'hlc',
  'at',
  'actor',
  'action',
  'op',
  'entity',
  'entity_id',
  'enterprise_id',
  'fields',
  'made',
] as const;

/**
 * What a line of the log is known by: kept with it, so that a byte that changes on the disk later is found, and so that,
 * where log and record differ, it is known which of them is as it was written. 64 bits of SHA-256.
 */
export function proofOf(values: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(values)).digest('hex').slice(0, 16);
}

/** The proof a stored line should have. */
export function proofOfRow(row: Readonly<Record<string, unknown>>): string {
  return proofOf(PROVED.map((column) => row[column] ?? null));
}
