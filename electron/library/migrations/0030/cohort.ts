import type { Db } from '../../open.ts';

/** Tables of the cohort part of format 30. */
export function cohortTables(_db: Db): void {}
