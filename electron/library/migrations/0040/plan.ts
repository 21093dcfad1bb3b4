import type { Db } from '../../open.ts';

export function planTables(_db: Db): void {}
