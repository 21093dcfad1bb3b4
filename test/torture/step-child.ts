/**
 * Does one thing to a library and kills itself at a chosen step: `step-child.ts DO FOLDER STEP before|after`. A step is a
 * call that changes a file: of the file system, or of SQLite. STEP 0 only counts, and prints how many there are.
 */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import type { KeyFile } from '../../electron/library/key-file.ts';
import { Database } from '../../electron/library/sqlite-driver.ts';

const [, , what = '', folder = '', stepText = '0', side = 'before'] = process.argv;
const wanted = Number(stepText);
let step = 0;

/** Lets a function count as a step, and dies before or after it when its turn has come. */
function counted<F extends (...args: never[]) => unknown>(original: F): F {
  return function (this: unknown, ...args: never[]) {
    step += 1;
    const mine = step === wanted;
    if (mine && side === 'before') process.kill(process.pid, 'SIGKILL');
    const result = original.apply(this, args);
    if (mine) process.kill(process.pid, 'SIGKILL');
    return result;
  } as F;
}

const changing = [
  'openSync',
  'writeSync',
  'writeFileSync',
  'renameSync',
  'rmSync',
  'copyFileSync',
  'mkdirSync',
  'fsyncSync',
  'linkSync',
] as const;
for (const name of changing) fs[name] = counted(fs[name] as never) as never;
syncBuiltinESMExports();

const database = Database.prototype as unknown as Record<string, (...args: never[]) => unknown>;
for (const name of ['exec', 'backup', 'close']) database[name] = counted(database[name]!);
const pragma = database.pragma!;
const writes = counted(pragma);
database.pragma = function (this: unknown, ...args: never[]) {
  return (/=|checkpoint/.test(String(args[0])) ? writes : pragma).apply(this, args);
};
const statement = Object.getPrototypeOf(new Database(':memory:').prepare('SELECT 1')) as Record<
  string,
  (...args: never[]) => unknown
>;
statement.run = counted(statement.run!);

// Only now, so that everything goes through the counted functions.
const { putOnShelf, listBackups, shelfOf } = await import('../../electron/library/backup-shelf.ts');
const { closeLibrary } = await import('../../electron/library/open.ts');
const { openLibrary } = await import('../../electron/library/open-library.ts');
const { restoreInto } = await import('../../electron/library/restore.ts');
const { rescueFrom } = await import('../../electron/library/rescue.ts');
const { openByPassphrase, readKeyFile } = await import('../../electron/library/key-file.ts');
const { holdKey } = await import('../../electron/library/keyring.ts');
const { convertCopy, convertingPath, takeClear, takeEncrypted } = await import(
  '../../electron/library/protect.ts'
);

const { convertBackups } = await import('../../electron/library/protect-backups.ts');
const { convertContents } = await import('../../electron/library/protect-evidence.ts');
const { storeOf } = await import('../../electron/library/evidence-store.ts');
const { redo, undo } = await import('../../electron/library/undo.ts');
const { caseBytes, readCase } = await import('../../electron/exchange/case-read.ts');
const { takeIn } = await import('../../electron/exchange/case-store.ts');
const { ImportSession } = await import('../../electron/exchange/import-session.ts');
const { applyBulk } = await import('../../electron/library/bulk.ts');
const { userVersion } = await import('../../electron/library/open.ts');
const { write } = await import('../../electron/library/write.ts');
const { readResources } = await import('../../electron/service/resources.ts');

const library = join(folder, 'library.sqlite');
const now = new Date('2026-06-15T04:00:00Z');
const meta = (action: string) => ({ action, actor: 'torture', now });
const newest = () => listBackups(shelfOf(library))[0]!;
step = 0;

if (what === 'migrate') closeLibrary(await openLibrary(library, now));
else if (what === 'backup') await putOnShelf(library, shelfOf(library), { why: 'manual', now, second: null });
else if (what === 'restore') {
  const { file, manifest } = newest();
  await restoreInto(library, { file, sha256: manifest!.sha256 }, now);
} else if (what === 'rescue') {
  await rescueFrom(library, newest().name, { takeNewer: true, actor: 'torture', now });
} else if (what === 'encrypt' || what === 'decrypt') {
  const file = readKeyFile(what === 'encrypt' ? join(folder, 'made') : folder) as KeyFile;
  const key = await openByPassphrase(file, 'torture');
  holdKey(file.id, key!);
  await convertCopy(library, convertingPath(library), what === 'encrypt' ? file.id : null, () => true);
  if (what === 'encrypt') takeEncrypted(library, file);
  else takeClear(library);
} else if (/^(seal|open)-(evidence|backups)$/.test(what)) {
  const file = readKeyFile(folder) as KeyFile;
  holdKey(file.id, (await openByPassphrase(file, 'torture'))!);
  const key = what.startsWith('seal') ? file.id : null;
  const shelf = shelfOf(library);
  if (what.endsWith('backups')) await convertBackups(shelf, key, () => true);
  else {
    const store = storeOf(library);
    convertContents(store, key, () => true);
    convertContents(join(shelf, 'attachments'), key, () => true, store);
  }
} else if (what === 'undo' || what === 'redo') {
  const db = await openLibrary(library, now);
  write(db, meta(what), (tx) => (what === 'undo' ? undo : redo)(tx, null));
  closeLibrary(db);
} else if (what === 'merge') {
  const db = await openLibrary(library, now);
  const path = join(folder, 'package.cultivar-case');
  const read = await readCase(caseBytes(path), { passphrase: null, libraryFormat: userVersion(db) });
  await putOnShelf(library, shelfOf(library), { why: 'merge', now, second: null });
  const all = new Set(read.firms.map((firm) => firm.id));
  write(db, meta('case.merge'), (tx) => takeIn(tx, read, path, all));
  closeLibrary(db);
} else if (what === 'import') {
  // What the thread of an import does, in this process, so that its steps are counted.
  const resources = readResources(join(import.meta.dirname, '../../resources'));
  const db = await openLibrary(library, now);
  const session = new ImportSession({
    db,
    resources,
    today: '2026-06-15',
    remembered: () => null,
    rememberedPolicies: () => null,
  });
  await session.open({ path: join(folder, 'table.csv') });
  await putOnShelf(library, shelfOf(library), { why: 'import', now, second: null });
  session.apply(
    { policy: 'fill', fields: {}, faulty: 'row', out: [], part: [] },
    { actor: 'torture', now, progress: () => undefined },
  );
  closeLibrary(db);
} else if (what === 'bulk') {
  const db = await openLibrary(library, now);
  await putOnShelf(library, shelfOf(library), { why: 'bulk', now, second: null });
  const ids = db.prepare('SELECT id FROM enterprise ORDER BY id').pluck().all() as string[];
  write(db, meta('enterprise.bulk'), (tx) =>
    applyBulk(tx, ids, { do: 'edit', changes: { fields: { district: 'bulk' } } }, new Map()),
  );
  closeLibrary(db);
} else throw new Error(`nothing is called ${what}`);

console.log(step);
