import type { Db } from '../../open.ts';

/** Tables of the targets part of format 30. */
export function targetTables(_db: Db): void {}
