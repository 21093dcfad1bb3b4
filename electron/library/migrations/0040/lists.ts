import type { Db } from '../../open.ts';

export function listsTables(_db: Db): void {}
