import type { Db } from '../../open.ts';

export function evidenceTables(_db: Db): void {}
