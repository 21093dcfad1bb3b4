import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeCase } from '../../electron/exchange/case-write.ts';
import { listBackups } from '../../electron/library/backup-shelf.ts';
import { applyBulk } from '../../electron/library/bulk.ts';
import { createEnterprise } from '../../electron/library/enterprises.ts';
import { setFigures } from '../../electron/library/figures.ts';
import { closeLibrary, openReadOnly } from '../../electron/library/open.ts';
import { openLibrary } from '../../electron/library/open-library.ts';
import { Database } from '../../electron/library/sqlite-driver.ts';
import { redo, undo } from '../../electron/library/undo.ts';
import { write } from '../../electron/library/write.ts';
import {
  content,
  fixtures,
  libraryIn,
  lived,
  NOW,
  proveShelf,
  type Story,
  scratch,
  stepChild,
} from './step-story.ts';

/** A library of an earlier format brought to the newest one. */
export function migration(format: number): Story {
  return {
    what: 'migrate',
    async prepare(folder) {
      const old = new Database(libraryIn(folder));
      old.exec(readFileSync(join(fixtures, `format-${format}.sql`), 'utf8'));
      old.pragma('journal_mode = WAL');
      old.close();
    },
    async check(folder, pristine) {
      const file = libraryIn(folder);
      const db = openReadOnly(file);
      const version = db.pragma('user_version', { simple: true });
      db.close();
      const reference = libraryIn(pristine);
      const done = join(pristine, 'done.sqlite');
      if (!existsSync(done)) {
        cpSync(reference, done);
        closeLibrary(await openLibrary(done, NOW));
      }
      if (version === format) assert.equal(content(file), content(reference), 'neither before nor after');
      // And the next start completes it.
      closeLibrary(await openLibrary(file, NOW));
      assert.equal(content(file), content(done), 'not as a migration leaves it');
      await proveShelf(folder);
    },
  };
}

/** How much every table holds, and what people see of the enterprises: the same whatever ids were drawn. */
function shape(file: string): string {
  const db = openReadOnly(file);
  try {
    assert.equal(db.pragma('integrity_check', { simple: true }), 'ok', 'integrity');
    assert.deepEqual(db.pragma('foreign_key_check'), [], 'references');
    const tables = db
      .prepare(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
      )
      .pluck()
      .all() as string[];
    const counts = tables.map((table) => [
      table,
      db.prepare(`SELECT count(*) FROM "${table}"`).pluck().get(),
    ]);
    return JSON.stringify([counts, db.prepare('SELECT name, district FROM enterprise ORDER BY 1, 2').all()]);
  } finally {
    db.close();
  }
}

/** Something done in one transaction after a checked backup: all of it or nothing. */
export function transaction(what: string, prepare: Story['prepare']): Story {
  return {
    what,
    prepare,
    async check(folder, pristine) {
      const done = join(pristine, 'done');
      if (!existsSync(done)) {
        const trial = scratch();
        cpSync(pristine, trial, { recursive: true });
        await stepChild(what, trial, 0, 'before');
        cpSync(trial, done, { recursive: true });
        rmSync(trial, { recursive: true, force: true });
      }
      const [before, after] = [shape(libraryIn(pristine)), shape(libraryIn(done))];
      assert.notEqual(before, after);
      const found = shape(libraryIn(folder));
      assert.ok(found === before || found === after, 'neither before nor after');
      // Nothing is done before it can be taken back: a backup of before is whole where it is done.
      if (found === after) assert.equal(listBackups(join(folder, 'backups')).length, 2);
      await proveShelf(folder);
      closeLibrary(await openLibrary(libraryIn(folder), NOW));
    },
  };
}

const districts = (file: string) => {
  const db = openReadOnly(file);
  try {
    assert.equal(db.pragma('integrity_check', { simple: true }), 'ok', 'integrity');
    const taken = db.prepare('SELECT count(*) FROM taken_back').pluck().get();
    const held = db.prepare('SELECT district, count(*) FROM enterprise GROUP BY 1 ORDER BY 1').raw().all();
    return JSON.stringify([held, taken]);
  } finally {
    db.close();
  }
};

/** A bulk edit taken back, or done again, as one step: all of it or nothing, and it can be done then. */
export function turning(what: 'undo' | 'redo'): Story {
  const turnIt = async (folder: string, way: 'undo' | 'redo') => {
    const db = await openLibrary(libraryIn(folder), NOW);
    write(db, { action: way, actor: 'torture', now: NOW }, (tx) => (way === 'undo' ? undo : redo)(tx, null));
    closeLibrary(db);
  };
  return {
    what,
    async prepare(folder) {
      const db = await openLibrary(libraryIn(folder), NOW);
      const ids = ['A', 'B', 'C', 'D', 'E', 'F'].map((name) =>
        write(db, { action: 'enterprise.create', actor: 'torture', now: NOW }, (tx) =>
          createEnterprise(tx, { name }),
        ),
      );
      write(db, { action: 'enterprise.bulk', actor: 'torture', now: NOW }, (tx) =>
        applyBulk(tx, ids, { do: 'edit', changes: { fields: { district: 'bulk' } } }, new Map()),
      );
      closeLibrary(db);
      if (what === 'redo') await turnIt(folder, 'undo');
    },
    async check(folder, pristine) {
      const done = join(pristine, 'done');
      if (!existsSync(done)) {
        mkdirSync(done);
        cpSync(libraryIn(pristine), libraryIn(done));
        await turnIt(done, what);
      }
      const [before, after] = [districts(libraryIn(pristine)), districts(libraryIn(done))];
      assert.notEqual(before, after);
      const found = districts(libraryIn(folder));
      assert.ok(found === before || found === after, 'neither before nor after');
      if (found === before) await turnIt(folder, what);
      assert.equal(districts(libraryIn(folder)), after);
    },
  };
}

/** A package of two enterprises of another library. */
export async function withPackage(folder: string): Promise<void> {
  await lived(folder);
  const away = scratch();
  try {
    const db = await openLibrary(libraryIn(away), NOW);
    const ids = ['C', 'D'].map((name) =>
      write(db, { action: 'enterprise.create', actor: 'away', now: NOW }, (tx) => {
        const id = createEnterprise(tx, { name });
        setFigures(tx, id, [{ year: 2025, values: { revenue: 1_000_000 } }]);
        return id;
      }),
    );
    const path = join(folder, 'package.cultivar-case');
    await writeCase(db, { ids, path, passphrase: null, sender: 'away', now: NOW, progress: () => undefined });
    closeLibrary(db);
  } finally {
    rmSync(away, { recursive: true, force: true });
  }
}

/** A library with a table beside it. */
export async function withTable(folder: string): Promise<void> {
  await lived(folder);
  const header = ['\u4f01\u4e1a\u540d\u79f0', '\u6240\u5728\u533a'].join(',');
  const rows = Array.from({ length: 4 }, (_, i) => `Imported ${i},X`);
  writeFileSync(join(folder, 'table.csv'), [header, ...rows].join('\n'));
}
