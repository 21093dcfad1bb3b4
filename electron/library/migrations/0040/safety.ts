import type { Db } from '../../open.ts';

export function safetyTables(_db: Db): void {}
