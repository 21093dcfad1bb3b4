import assert from 'node:assert/strict';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { listBackups, putOnShelf } from '../../electron/library/backup-shelf.ts';
import { kindOfFile } from '../../electron/library/connect.ts';
import { isEncryptedFile } from '../../electron/library/evidence-cipher.ts';
import {
  contentPath,
  contentsOf,
  readContent,
  spread,
  takeInBytes,
} from '../../electron/library/evidence-store.ts';
import {
  keepKey,
  keyFilePath,
  makeKey,
  openByPassphrase,
  readKeyFile,
  writeKeyFile,
} from '../../electron/library/key-file.ts';
import { holdKey } from '../../electron/library/keyring.ts';
import { openForWork } from '../../electron/library/open-for-work.ts';
import { convertCopy, convertingPath, takeEncrypted } from '../../electron/library/protect.ts';
import { convertBackups } from '../../electron/library/protect-backups.ts';
import { convertContents } from '../../electron/library/protect-evidence.ts';
import { content, libraryIn, lived, NOW, proveShelf, type Story } from './step-story.ts';

/** Turning encryption on or off, cut off: the one or the other, whole, and no clear copy left beside an encrypted one. */
export function conversion(what: 'encrypt' | 'decrypt'): Story {
  const open = (folder: string) => {
    for (const place of [folder, join(folder, 'made')]) {
      const file = readKeyFile(place);
      if (file !== null && typeof file === 'object')
        return openByPassphrase(file, 'torture').then((key) => holdKey(file.id, key!));
    }
    throw new Error('the key file is gone');
  };
  return {
    what,
    async prepare(folder) {
      await lived(folder);
      mkdirSync(join(folder, 'made'));
      const { file, key } = await makeKey('torture', new Uint8Array(20), NOW);
      writeKeyFile(keyFilePath(join(folder, 'made')), file);
      if (what === 'encrypt') return;
      holdKey(file.id, key);
      const library = libraryIn(folder);
      await convertCopy(library, convertingPath(library), file.id, () => true);
      takeEncrypted(library, file);
    },
    async check(folder, pristine) {
      const library = libraryIn(folder);
      const kind = kindOfFile(library);
      assert.ok(kind === 'clear' || kind === 'encrypted', `the library is ${kind}`);
      if (kind === 'encrypted')
        assert.ok(readKeyFile(folder) !== null, 'encrypted and no key file beside it');
      await open(folder);
      assert.equal(content(library), content(libraryIn(pristine)), 'the library changed');
      // The next start tidies up and opens it.
      const opened = await openForWork(library, { now: () => NOW });
      opened.close();
      assert.equal(content(library), content(libraryIn(pristine)), 'the library changed at the next start');
      assert.equal(kindOfFile(library), kind);
      assert.ok(!existsSync(convertingPath(library)), 'a half-made copy is left');
      assert.equal(readKeyFile(folder) !== null, kind === 'encrypted', 'a key file too many or too few');
    },
  };
}

/** A library with its key beside it and with its backups, as one that is encrypted. */
async function keyed(folder: string): Promise<string> {
  await lived(folder);
  await putOnShelf(libraryIn(folder), join(folder, 'backups'), { why: 'manual', now: NOW, second: null });
  const { file, key } = await makeKey('torture', new Uint8Array(20), NOW);
  writeKeyFile(keyFilePath(folder), file);
  keepKey(folder, join(folder, 'backups'));
  holdKey(file.id, key);
  return file.id;
}

async function heldKey(folder: string): Promise<string> {
  const file = readKeyFile(folder);
  assert.ok(file !== null && typeof file === 'object', 'the key file is gone');
  holdKey(file.id, (await openByPassphrase(file, 'torture'))!);
  return file.id;
}

const PAPERS = ['one', 'two', 'three'].map((text) => Buffer.from(`${text} ${'paper '.repeat(3000)}`));
const storesIn = (folder: string) => [join(folder, 'attachments'), join(folder, 'backups', 'attachments')];

/** Attached files brought to an encryption or out of it, cut off: each is whole in one form or the other, and it goes on. */
export function evidenceConversion(way: 'seal' | 'open'): Story {
  const convertAll = (folder: string, key: string | null) => {
    const [store = '', beside = ''] = storesIn(folder);
    convertContents(store, key, () => true);
    convertContents(beside, key, () => true, store);
  };
  return {
    what: `${way}-evidence`,
    async prepare(folder) {
      const [store = '', beside = ''] = storesIn(folder);
      // Before there is a key: they lie in clear.
      for (const paper of PAPERS) takeInBytes(store, paper);
      const id = await keyed(folder);
      spread(store, beside, { link: true });
      for (const hash of contentsOf(store)) assert.ok(!isEncryptedFile(contentPath(store, hash)));
      if (way === 'open') convertAll(folder, id);
    },
    async check(folder) {
      const held = await heldKey(folder);
      const key = way === 'seal' ? held : null;
      const wholeIn = (store: string) => {
        const found = contentsOf(store).map((hash) => readContent(store, hash).toString());
        assert.deepEqual(found.sort(), PAPERS.map(String).sort(), 'an attached file is not what it was');
      };
      for (const store of storesIn(folder)) wholeIn(store);
      convertAll(folder, key);
      for (const store of storesIn(folder)) {
        wholeIn(store);
        for (const hash of contentsOf(store))
          assert.equal(isEncryptedFile(contentPath(store, hash)), key !== null, 'one was left behind');
      }
    },
  };
}

/** The same for backups: each is proved by its manifest whatever form it has, and it goes on. */
export function backupConversion(way: 'seal' | 'open'): Story {
  return {
    what: `${way}-backups`,
    async prepare(folder) {
      const id = await keyed(folder);
      if (way === 'open') await convertBackups(join(folder, 'backups'), id, () => true);
    },
    async check(folder, pristine) {
      const key = await heldKey(folder);
      const shelf = join(folder, 'backups');
      const texts = (place: string) => listBackups(join(place, 'backups')).map(({ file }) => content(file));
      await proveShelf(folder);
      assert.deepEqual(texts(folder), texts(pristine), 'a backup is not what it was');
      await convertBackups(shelf, way === 'seal' ? key : null, () => true);
      await proveShelf(folder);
      assert.deepEqual(texts(folder), texts(pristine), 'a backup is not what it was, gone on with');
      for (const backup of listBackups(shelf)) {
        assert.equal(backup.encrypted, way === 'seal', 'one was left behind');
        assert.ok(backup.manifest, 'a backup lost its description');
      }
    },
  };
}
