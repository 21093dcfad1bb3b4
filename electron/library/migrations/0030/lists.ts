import type { Db } from '../../open.ts';

/** Tables of the lists part of format 30. */
export function listTables(_db: Db): void {}
