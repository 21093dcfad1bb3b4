import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { proveCopy } from '../../electron/library/backup.ts';
import { listBackups, putOnShelf } from '../../electron/library/backup-shelf.ts';
import { createEnterprise } from '../../electron/library/enterprises.ts';
import { closeLibrary, openReadOnly } from '../../electron/library/open.ts';
import { openLibrary } from '../../electron/library/open-library.ts';
import { write } from '../../electron/library/write.ts';

/** The day on which all of it happens. */
export const NOW = new Date('2026-06-15T04:00:00Z');
/** Where the libraries of earlier formats lie. */
export const fixtures = join(import.meta.dirname, '../fixtures/library');
/** A fresh folder. */
export const scratch = () => mkdtempSync(join(tmpdir(), 'cultivar-steps-'));
/** The library of a folder. */
export const libraryIn = (folder: string) => join(folder, 'library.sqlite');

/** What people would miss, of every table, as text that can be compared. */
export function content(file: string): string {
  const db = openReadOnly(file);
  try {
    assert.equal(db.pragma('integrity_check', { simple: true }), 'ok', 'integrity');
    const tables = ['enterprise', 'figure', 'fact', 'title', 'ip_right', 'plan', 'diagnosis'];
    return JSON.stringify(
      tables.map((table) =>
        db
          .prepare(`SELECT * FROM "${table}" ORDER BY 1, 2`)
          .all()
          .map((row) => Object.entries(row as object).filter(([name]) => name !== 'updated_at')),
      ),
    );
  } finally {
    db.close();
  }
}

/** Has a process of its own do something and kill itself at a step; 0 = not at all. Returns what it printed. */
export async function stepChild(what: string, folder: string, step: number, side: string): Promise<string> {
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, 'step-child.ts'), what, folder, String(step), side],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let output = '';
  child.stdout.on('data', (text: Buffer) => {
    output += text.toString();
  });
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  assert.ok(code === 0 || signal === 'SIGKILL', `${what} step ${step} ended with ${code ?? signal}`);
  return output;
}

/** Something done in steps: how it begins, and what must hold wherever it was cut off. */
export interface Story {
  readonly what: string;
  prepare(folder: string): Promise<void>;
  /** Looks at what a kill left; throws where it is neither before nor after. */
  check(folder: string, pristine: string): Promise<void>;
}

/** A library with two backups and changes after them. */
export async function lived(folder: string): Promise<void> {
  const file = libraryIn(folder);
  const db = await openLibrary(file, NOW);
  const add = (name: string) =>
    write(db, { action: 'enterprise.create', actor: 'torture', now: NOW }, (tx) =>
      createEnterprise(tx, { name }),
    );
  add('A');
  await putOnShelf(file, join(folder, 'backups'), { why: 'manual', now: NOW, second: null });
  add('B');
  closeLibrary(db);
}

/** Every backup that is listed is whole. */
export async function proveShelf(folder: string): Promise<void> {
  for (const { file, manifest } of listBackups(join(folder, 'backups')))
    await proveCopy(file, manifest ? { counts: manifest.counts, sha256: manifest.sha256 } : undefined);
}
