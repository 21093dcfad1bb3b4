import assert from 'node:assert/strict';
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { listBackups } from '../../electron/library/backup-shelf.ts';
import { rescueFrom } from '../../electron/library/rescue.ts';
import type { Figures, Part } from './parts.ts';
import { importKills, undoKills } from './random-kills.ts';
import { backupConversion, conversion, evidenceConversion } from './step-protection.ts';
import { content, libraryIn, lived, NOW, proveShelf, type Story, scratch, stepChild } from './step-story.ts';
import { migration, transaction, turning, withPackage, withTable } from './step-works.ts';

const stories: readonly (Story & { name: string; long?: boolean })[] = [
  { name: 'encryption', ...conversion('encrypt') },
  { name: 'taking the encryption off', ...conversion('decrypt') },
  { name: 'migration from format 10', ...migration(10) },
  { name: 'migration from format 20', ...migration(20) },
  { name: 'migration from format 30', ...migration(30) },
  {
    name: 'backup',
    what: 'backup',
    prepare: lived,
    async check(folder, pristine) {
      assert.equal(content(libraryIn(folder)), content(libraryIn(pristine)), 'the library changed');
      await proveShelf(folder);
      assert.ok([1, 2].includes(listBackups(join(folder, 'backups')).length));
    },
  },
  {
    name: 'restore',
    what: 'restore',
    prepare: lived,
    async check(folder, pristine) {
      const states = [content(libraryIn(pristine)), content(listBackups(join(pristine, 'backups'))[0]!.file)];
      assert.ok(states.includes(content(libraryIn(folder))), 'neither before nor after');
      await proveShelf(folder);
    },
  },
  {
    name: 'rescue of a damaged library',
    what: 'rescue',
    async prepare(folder) {
      await lived(folder);
      const file = libraryIn(folder);
      const bytes = readFileSync(file);
      // Behind the log, so that what is newer can still be read.
      bytes.fill(0xff, bytes.length - 4096);
      writeFileSync(file, bytes);
    },
    async check(folder, pristine) {
      const file = libraryIn(folder);
      const damaged = readFileSync(libraryIn(pristine));
      const aside = join(folder, 'library.damaged-1.sqlite');
      const untouched = existsSync(file) && readFileSync(file).equals(damaged);
      // Never an empty one in its place, never deleted.
      assert.ok(
        untouched || (existsSync(aside) && readFileSync(aside).equals(damaged)),
        'the damaged file is gone',
      );
      if (!untouched && existsSync(file)) assert.match(content(file), /"A"/);
      const { name } = listBackups(join(folder, 'backups'))[0]!;
      if (untouched || !existsSync(file))
        await rescueFrom(file, name, { takeNewer: true, actor: 'torture', now: NOW });
      assert.match(content(file), /"A"/);
    },
  },
  { name: 'merge of a case package', ...transaction('merge', withPackage) },
  { name: 'spreadsheet import', ...transaction('import', withTable) },
  { name: 'bulk edit', ...transaction('bulk', lived) },
  { name: 'a bulk edit taken back', ...turning('undo') },
  { name: 'a bulk edit done again', long: true, ...turning('redo') },
  { name: 'encrypting attached files', ...evidenceConversion('seal') },
  { name: 'attached files in clear again', long: true, ...evidenceConversion('open') },
  { name: 'encrypting backups', ...backupConversion('seal') },
  { name: 'backups in clear again', long: true, ...backupConversion('open') },
];

/** Kills before and after every step of everything that is done in steps. */
export const stepKills: Part = {
  name: 'step-kills',
  proves:
    'a kill before and after each step of migration, backup, restore, rescue, merge, import, bulk edit, undo, redo, turning encryption on and off for library, files and backups: before or after, never between',
  async run({ short, say }) {
    const figures: Figures = {};
    for (const { name, long = false, ...story } of stories) {
      // Left to the long form: the same steps the other way.
      if (short && long) continue;
      const pristine = scratch();
      try {
        await story.prepare(pristine);
        const trial = scratch();
        cpSync(pristine, trial, { recursive: true });
        const steps = Number(await stepChild(story.what, trial, 0, 'before'));
        rmSync(trial, { recursive: true, force: true });
        assert.ok(steps > 5, `${name} has ${steps} steps`);
        let kills = 0;
        // The short form takes the middle of the story.
        const every = short ? steps : 1;
        for (let step = short ? Math.ceil(steps / 2) : 1; step <= steps; step += every)
          for (const side of short ? ['after'] : ['before', 'after']) {
            const folder = scratch();
            try {
              cpSync(pristine, folder, { recursive: true });
              await stepChild(story.what, folder, step, side);
              await story.check(folder, pristine);
              kills += 1;
            } catch (error) {
              throw new Error(`${name}, ${side} step ${step}`, { cause: error });
            } finally {
              rmSync(folder, { recursive: true, force: true });
            }
          }
        figures[name] = `${kills} kills at ${steps} steps`;
        say(`${name}: ${kills} kills`);
      } finally {
        rmSync(pristine, { recursive: true, force: true });
      }
    }
    figures['undo of 400 changes, at random moments'] = `${await undoKills(short ? 1 : 60, say)} kills`;
    figures['import, at random moments'] = `${await importKills(short ? 1 : 60, say)} kills`;
    return figures;
  },
};
