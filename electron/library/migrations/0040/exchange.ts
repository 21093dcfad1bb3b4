import type { Db } from '../../open.ts';

export function exchangeTables(_db: Db): void {}
