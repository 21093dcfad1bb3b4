import type { Db } from '../../open.ts';

/** Tables of the plan part of format 30. */
export function planTables(_db: Db): void {}
