import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CallInput } from '../../electron/api.ts';
import { writeCase } from '../../electron/exchange/case-write.ts';
import { proveCopy } from '../../electron/library/backup.ts';
import { listBackups, putOnShelf } from '../../electron/library/backup-shelf.ts';
import { libraryBytes } from '../../electron/library/disk-space.ts';
import { createEnterprise } from '../../electron/library/enterprises.ts';
import { setFigures } from '../../electron/library/figures.ts';
import { newestVersion } from '../../electron/library/migrate.ts';
import { migrations } from '../../electron/library/migrations/index.ts';
import { closeLibrary, type Db, openReadOnly } from '../../electron/library/open.ts';
import { openLibrary } from '../../electron/library/open-library.ts';
import { Database } from '../../electron/library/sqlite-driver.ts';
import { write } from '../../electron/library/write.ts';
import type { Service } from '../../electron/service/service.ts';
import type { Figures, Part } from './parts.ts';
import { ask, refusal, serviceOn } from './service-here.ts';
import { type SmallDisk, smallDisk } from './small-disk.ts';

const NOW = new Date('2026-06-15T04:00:00Z');
const FULL = ['diskFull', 'diskShort'];
/** No answer after so long counts as none. Milliseconds. */
const PATIENCE = 240_000;
const CHOICES = {
  policy: 'fill',
  fields: {},
  faulty: 'row',
  out: [],
  part: [],
} satisfies CallInput<'import.apply'>['choices'];
const fixtures = join(import.meta.dirname, '../fixtures/library');
const scratch = () => mkdtempSync(join(tmpdir(), 'cultivar-full-'));
const libraryIn = (folder: string) => join(folder, 'library.sqlite');

function addFirms(db: Db, names: readonly string[]): string[] {
  return write(db, { action: 'enterprise.create', actor: 'torture', now: NOW }, (tx) =>
    names.map((name) => {
      const id = createEnterprise(tx, { name, brief: 'b'.repeat(1500) });
      setFigures(tx, id, [{ year: 2025, values: { revenue: 1_000_000 } }]);
      return id;
    }),
  );
}

const numbered = (name: string, many: number) => Array.from({ length: many }, (_, i) => `${name} ${i}`);

/** What people would miss, of a library nobody has open: all or nothing shows here. Throws where it is damaged. */
function content(file: string): string {
  const db = openReadOnly(file);
  try {
    assert.equal(db.pragma('integrity_check', { simple: true }), 'ok', 'integrity');
    assert.deepEqual(db.pragma('foreign_key_check'), [], 'references');
    const rows = [
      // Ids of what is new are drawn afresh each time.
      'SELECT name, district, brief, uscc FROM enterprise ORDER BY 1, 2',
      'SELECT e.name, f.year, f.revenue FROM figure f JOIN enterprise e ON e.id = f.enterprise_id ORDER BY 1, 2',
      "SELECT action, count(*) FROM change WHERE action NOT LIKE 'backup.%' GROUP BY 1 ORDER BY 1",
      'SELECT count(*) FROM import_batch',
    ].map((sql) => db.prepare(sql).raw().all());
    return createHash('sha256').update(JSON.stringify(rows)).digest('hex');
  } finally {
    db.close();
  }
}

async function answered(answer: Promise<string>, what: string): Promise<string> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<string>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} was never answered`)), PATIENCE);
  });
  try {
    return await Promise.race([answer, silence]);
  } finally {
    clearTimeout(timer);
  }
}

/** Something large done through the service, while the disk fills. */
interface Work {
  readonly name: string;
  /** Whether its backup has to fit as well; else the shelf lies on another disk, and the work itself meets the end. */
  readonly shelfHere: boolean;
  prepare(folder: string): Promise<void>;
  /** What comes before the disk fills. */
  begin?(service: Service, folder: string): Promise<string>;
  /** Resolves with the key of the refusal, or 'done'. */
  run(service: Service, begun: string, folder: string): Promise<string>;
  /** Copies of the library it asks room for. The disk fills once this file has so many bytes; default: before the work begins. */
  readonly when?: { readonly file: string; readonly size: number; readonly copies: number };
  /** Whether the library is the same afterwards. */
  readonly onlyCopies?: boolean;
  /** Left to the long form. */
  readonly long?: boolean;
}

async function lived(folder: string): Promise<void> {
  const db = await openLibrary(libraryIn(folder), NOW);
  addFirms(db, numbered('Firm', 330));
  await putOnShelf(libraryIn(folder), join(folder, 'backups'), { why: 'manual', now: NOW, second: null });
  addFirms(db, numbered('Later', 20));
  closeLibrary(db);
}

function idsIn(folder: string): string[] {
  const db = openReadOnly(libraryIn(folder));
  try {
    return db.prepare('SELECT id FROM enterprise ORDER BY id').pluck().all() as string[];
  } finally {
    db.close();
  }
}

const bulk = (many: number): Pick<Work, 'begin' | 'run'> => ({
  begin: async (_, folder) => JSON.stringify(idsIn(folder).slice(0, many)),
  run: (service, ids) =>
    refusal(service, 'bulk.apply', {
      selection: { ids: JSON.parse(ids) },
      operation: { do: 'edit', changes: { fields: { district: 'bulk' } } },
    }),
});

const works: readonly Work[] = [
  {
    name: 'import',
    shelfHere: false,
    async prepare(folder) {
      await lived(folder);
      const header = '\u4f01\u4e1a\u540d\u79f0,\u6240\u5728\u533a';
      const rows = numbered('Imported', 400).map((name) => `${name},X`);
      writeFileSync(join(folder, 'table.csv'), [header, ...rows].join('\n'));
    },
    begin: async (service, folder) =>
      (await ask(service, 'import.open', { path: join(folder, 'table.csv') })).id,
    run: (service, id) => refusal(service, 'import.apply', { id, choices: CHOICES }),
  },
  {
    name: 'merge of a case package',
    shelfHere: false,
    async prepare(folder) {
      await lived(folder);
      const away = scratch();
      const db = await openLibrary(libraryIn(away), NOW);
      const ids = addFirms(db, numbered('Away', 150));
      const path = join(folder, 'package.cultivar-case');
      await writeCase(db, {
        ids,
        path,
        passphrase: null,
        sender: 'away',
        now: NOW,
        progress: () => undefined,
      });
      closeLibrary(db);
      rmSync(away, { recursive: true, force: true });
    },
    async begin(service, folder) {
      const opened = await ask(service, 'case.open', { path: join(folder, 'package.cultivar-case') });
      assert.ok('content' in opened && opened.content);
      return JSON.stringify({ id: opened.id, firms: opened.content.firms.map(({ caseId }) => caseId) });
    },
    run: (service, input) => refusal(service, 'case.apply', JSON.parse(input)),
  },
  { name: 'bulk edit', shelfHere: false, prepare: lived, ...bulk(200), long: true },
  { name: 'bulk edit in a thread', shelfHere: false, prepare: lived, ...bulk(350) },
  // Room is asked for before these begin: the disk fills while they are at work.
  ...[
    { name: 'restore, copying', long: false, when: { file: 'restoring.sqlite', size: 0, copies: 3 } },
    {
      name: 'restore, the copy at work',
      long: true,
      when: { file: 'restoring.sqlite-wal', size: 1, copies: 3 },
    },
    {
      name: 'restore, taking its place',
      long: true,
      when: { file: 'library.sqlite-wal', size: 150_000, copies: 3 },
    },
  ].map((one) => ({
    ...one,
    shelfHere: false,
    prepare: lived,
    async run(service: Service) {
      const { backups } = await ask(service, 'backup.status', {});
      return refusal(service, 'backup.restore', { name: backups.find(({ why }) => why === 'manual')!.name });
    },
  })),
  ...[0, 400_000].map((size) => ({
    name: `backup, ${size === 0 ? 'its first byte' : 'half copied'}`,
    shelfHere: true,
    long: size > 0,
    prepare: lived,
    run: (service: Service) => refusal(service, 'backup.make', {}),
    when: { file: 'backups/backup-00000002-manual.sqlite.tmp', size, copies: 1 },
    onlyCopies: true,
  })),
];

/** Lays a library out on the small disk, as it was prepared. */
function lay(disk: SmallDisk, pristine: string, shelfHere: boolean, elsewhere: string): string {
  const folder = join(disk.folder, 'data');
  rmSync(folder, { recursive: true, force: true });
  rmSync(elsewhere, { recursive: true, force: true });
  disk.free();
  cpSync(pristine, folder, { recursive: true });
  if (!shelfHere) {
    const shelf = join(folder, 'backups');
    if (existsSync(shelf)) cpSync(shelf, elsewhere, { recursive: true });
    else mkdirSync(elsewhere);
    rmSync(shelf, { recursive: true, force: true });
    symlinkSync(elsewhere, shelf);
  }
  return folder;
}

async function proveShelf(folder: string): Promise<void> {
  for (const { file, manifest } of listBackups(join(folder, 'backups')))
    await proveCopy(file, manifest ? { counts: manifest.counts, sha256: manifest.sha256 } : undefined);
}

/** Fills the disk at the moment a piece of work says, or at once. */
async function fillFor(
  { when }: Work,
  folder: string,
  disk: SmallDisk,
  free: number,
): Promise<{ stop(): Promise<void> }> {
  // As little room as it asks for, so that the rest is filled in no time.
  if (when) disk.fill(16 * 1_048_576 + when.copies * libraryBytes(libraryIn(folder)) + 65_536);
  if (when) return disk.fillOnce(join(folder, when.file), when.size);
  disk.fill(free);
  return { stop: async () => undefined };
}

interface Tally {
  refused: number;
  done: number;
}

/** One piece of work on a disk with `free` bytes. Says whether it was done. */
async function once(work: Work, pristine: string, disk: SmallDisk, free: number): Promise<boolean> {
  const elsewhere = join(tmpdir(), `cultivar-shelf-${process.pid}`);
  const folder = lay(disk, pristine, work.shelfHere, elsewhere);
  const before = content(libraryIn(pristine));
  const [known = ''] = idsIn(pristine);
  const service = serviceOn(folder);
  try {
    await service.ready;
    const begun = (await work.begin?.(service, folder)) ?? '';
    const watch = await fillFor(work, folder, disk, free);
    const answer = await answered(work.run(service, begun, folder), work.name);
    await watch.stop();
    assert.ok(answer === 'done' || FULL.includes(answer), `${work.name} with ${free} bytes: ${answer}`);
    // The service goes on answering.
    assert.ok((await ask(service, 'enterprise.get', { id: known })).enterprise.name);
    disk.free();
    if (answer !== 'done') {
      assert.equal(content(libraryIn(folder)), before, `${work.name} with ${free} bytes: between`);
      // And works again once there is room.
      const again = await answered(work.run(service, begun, folder), `${work.name} again`);
      assert.equal(again, 'done', `${work.name} with room again, after ${free} bytes: ${again}`);
    }
    await service.close();
    if (!work.onlyCopies) assert.notEqual(content(libraryIn(folder)), before, `${work.name}: nothing done`);
    await proveShelf(folder);
    return answer === 'done';
  } finally {
    await service.close();
    rmSync(elsewhere, { recursive: true, force: true });
  }
}

/** A migration on a disk with `free` bytes: refused in words with the old format whole, or done. Says whether it was done. */
async function migrateOnce(format: number, disk: SmallDisk, free: number): Promise<boolean> {
  const pristine = scratch();
  const elsewhere = join(tmpdir(), `cultivar-shelf-${process.pid}`);
  try {
    const old = new Database(libraryIn(pristine));
    old.exec(readFileSync(join(fixtures, `format-${format}.sql`), 'utf8'));
    old.pragma('journal_mode = WAL');
    old.close();
    const folder = lay(disk, pristine, false, elsewhere);
    disk.fill(free);
    const service = serviceOn(folder);
    const answer = await answered(refusal(service, 'library.list', { offset: 0, limit: 5 }), 'migration');
    await service.close();
    assert.ok(
      answer === 'done' || FULL.includes(answer),
      `migration of ${format} with ${free} bytes: ${answer}`,
    );
    disk.free();
    if (answer !== 'done') {
      const db = openReadOnly(libraryIn(folder));
      const version = db.pragma('user_version', { simple: true });
      // The migration itself may have found room, and what follows it not.
      assert.ok(version === format || version === newestVersion(migrations), 'between two formats');
      assert.equal(db.pragma('integrity_check', { simple: true }), 'ok');
      db.close();
    }
    const again = serviceOn(folder);
    assert.equal(await refusal(again, 'library.list', { offset: 0, limit: 5 }), 'done');
    await again.close();
    const reference = libraryIn(pristine);
    closeLibrary(await openLibrary(reference, NOW));
    assert.equal(content(libraryIn(folder)), content(reference), 'not as a migration leaves it');
    await proveShelf(folder);
    return answer === 'done';
  } finally {
    rmSync(pristine, { recursive: true, force: true });
    rmSync(elsewhere, { recursive: true, force: true });
  }
}

/** Bytes left free, more each time, until the work is done; the short form tries one, somewhere in the work. */
async function untilDone(
  short: boolean,
  step: number,
  attempt: (free: number) => Promise<boolean>,
): Promise<Tally> {
  const tally: Tally = { refused: 0, done: 0 };
  for (let free = short ? 4 * step : 0; tally.done + (short ? tally.refused : 0) === 0; free += step) {
    assert.ok(free < 1 << 28, 'never done');
    if (await attempt(free)) tally.done += 1;
    else tally.refused += 1;
  }
  return tally;
}

/** A disk that fills during each large piece of work, with a little more room each time until it is done. */
export const fullDiskSteps: Part = {
  name: 'full-disk-steps',
  proves:
    'a disk that fills during import, merge, migration, restore, backup and bulk edit: before or after, said in words, works again with room',
  async run({ short, say }): Promise<Figures> {
    const disk = smallDisk(96, 'full-disk-steps');
    if (disk === null) return { 'left out': 'no right to mount' };
    const figures: Figures = {};
    const note = (name: string, { refused, done }: Tally) => {
      figures[name] = `${refused} times full, ${done} done`;
      say(`${name}: ${figures[name]}`);
    };
    try {
      for (const format of short ? [30] : [10, 20, 30])
        note(
          `migration from format ${format}`,
          await untilDone(short, 16_384, (free) => migrateOnce(format, disk, free)),
        );
      for (const work of works) {
        if (short && work.long) continue;
        const pristine = scratch();
        try {
          await work.prepare(pristine);
          const step = Math.max(32_768, Math.round(statSync(libraryIn(pristine)).size / 24));
          const attempt = (free: number) => once(work, pristine, disk, free);
          if (work.when) {
            // How far the work gets before the disk is full is for the machine to say.
            const tally: Tally = { refused: 0, done: 0 };
            for (let turn = 0; turn < (short ? 1 : 10); turn += 1)
              (await attempt(0)) ? tally.done++ : tally.refused++;
            note(work.name, tally);
          } else note(work.name, await untilDone(short, step, attempt));
        } finally {
          rmSync(pristine, { recursive: true, force: true });
        }
      }
      return figures;
    } finally {
      disk.end();
    }
  },
};
