import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { unzipEntry, zipEntries, zipWriter } from '../../electron/exchange/zip.ts';
import { openZip } from '../../electron/exchange/zip-file.ts';
import { scratchFolder } from '../library/scratch.ts';

const LIMITS = { entries: 100_000, total: 1e9, ratio: 100 };

function packed(count: number): Buffer {
  const pieces: Buffer[] = [];
  const zip = zipWriter((bytes) => pieces.push(bytes));
  for (let i = 0; i < count; i += 1)
    zip.add(`文件/${i}`, Buffer.from(i % 7 === 0 ? `第${i}个 `.repeat(40) : String(i)), {
      store: i % 2 === 0,
    });
  zip.end();
  return Buffer.concat(pieces);
}

test.each([0, 3, 65_534, 65_535, 70_000])(
  'an archive of %i files is read from memory and from disk',
  (count) => {
    const bytes = packed(count);
    const path = join(scratchFolder(), 'a.zip');
    writeFileSync(path, bytes);
    const inMemory = zipEntries(bytes);
    const onDisk = openZip(path, LIMITS);
    try {
      expect(inMemory.length).toBe(count);
      expect(onDisk.entries).toEqual(inMemory);
      for (const i of [0, 1, 7, count - 1].filter((n) => n >= 0 && n < count)) {
        const content = onDisk.read(onDisk.entries[i]!);
        expect(content).toEqual(unzipEntry(bytes, inMemory[i]!));
        expect(content.toString()).toBe(i % 7 === 0 ? `第${i}个 `.repeat(40) : String(i));
      }
    } finally {
      onDisk.close();
    }
  },
);

test('an archive that was cut off or bent is refused, also from disk', () => {
  const bytes = packed(20);
  const path = join(scratchFolder(), 'a.zip');
  for (const cut of [0, 10, 100, bytes.length - 30, bytes.length - 1]) {
    writeFileSync(path, bytes.subarray(0, cut));
    expect(() => openZip(path, LIMITS)).toThrow(expect.objectContaining({ key: 'zipDamaged' }));
  }
  const bent = Buffer.from(bytes);
  bent[40] = bent[40]! ^ 1;
  writeFileSync(path, bent);
  const zip = openZip(path, LIMITS);
  expect(() => zip.read(zip.entries[0]!)).toThrow(expect.objectContaining({ key: 'zipDamaged' }));
  zip.close();
  expect(() => openZip(path, { ...LIMITS, entries: 5 })).toThrow(
    expect.objectContaining({ key: 'zipEntries' }),
  );
});
