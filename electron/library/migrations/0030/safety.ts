import type { Db } from '../../open.ts';

/** Tables of the safety part of format 30. */
export function safetyTables(_db: Db): void {}
