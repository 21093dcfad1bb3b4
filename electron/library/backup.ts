import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Db, openReadOnly, settleCopy } from './open.ts';

function syncPath(path: string): void {
  const fd = openSync(path, 'r+');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

function syncFolder(path: string): void {
  // Windows cannot open folders; there the rename is durable by itself.
  if (process.platform === 'win32') return;
  const fd = openSync(path, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

/** Rows of every table of ours, by table. */
export function rowCounts(db: Db): Record<string, number> {
  const tables = db
    .prepare(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name",
    )
    .pluck()
    .all() as string[];
  return Object.fromEntries(
    tables.map((table) => [table, db.prepare(`SELECT count(*) FROM "${table}"`).pluck().get() as number]),
  );
}

/** Throws where a copy is damaged, breaks a reference or does not hold the same number of rows. */
function verify(copy: string, counts: Record<string, number>): void {
  const db = openReadOnly(copy);
  try {
    const damage = db.pragma('quick_check(1)', { simple: true });
    if (damage !== 'ok') throw new Error(`the copy is damaged: ${damage}`);
    const orphans = db.pragma('foreign_key_check') as unknown[];
    if (orphans.length > 0) throw new Error('the copy breaks references');
    const copied = rowCounts(db);
    for (const [table, rows] of Object.entries(counts)) {
      if (copied[table] !== rows) throw new Error(`${table}: ${copied[table]} of ${rows} rows were copied`);
    }
  } finally {
    db.close();
  }
}

/**
 * Copies an open library to `target` and makes sure that the copy is good before it gets that name: structure,
 * references and row counts. Throws if it is not, and leaves nothing half-made. An existing file is never replaced.
 */
export async function backUp(db: Db, target: string): Promise<void> {
  if (existsSync(target)) throw new Error(`${target} exists already`);
  mkdirSync(dirname(target), { recursive: true });
  const temporary = `${target}.tmp`;
  const clear = () => {
    for (const tail of ['', '-wal', '-shm', '-journal']) rmSync(temporary + tail, { force: true });
  };
  clear();
  try {
    const counts = rowCounts(db);
    await db.backup(temporary);
    settleCopy(temporary);
    verify(temporary, counts);
    syncPath(temporary);
    renameSync(temporary, target);
    syncFolder(dirname(target));
  } finally {
    clear();
  }
}
