import type { Db } from '../../open.ts';

/** Tables of the evidence part of format 30. */
export function evidenceTables(_db: Db): void {}
