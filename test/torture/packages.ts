import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CallOutput } from '../../electron/api.ts';
import { openReadOnly } from '../../electron/library/open.ts';
import en from '../../resources/i18n/en/errors.json' with { type: 'json' };
import enFiles from '../../resources/i18n/en/exchange.json' with { type: 'json' };
import enVerify from '../../resources/i18n/en/verify.json' with { type: 'json' };
import zh from '../../resources/i18n/zh-CN/errors.json' with { type: 'json' };
import zhFiles from '../../resources/i18n/zh-CN/exchange.json' with { type: 'json' };
import zhVerify from '../../resources/i18n/zh-CN/verify.json' with { type: 'json' };
import { bomb, forgeries, one, scratches, unpacked } from './forged-packages.ts';
import { type Figures, type Part, seeded } from './parts.ts';
import { ask, serviceOn } from './service-here.ts';

/** Every message of an error, in both languages. */
const words = [
  { ...zh, ...zhFiles.error, ...zhVerify.result },
  { ...en, ...enFiles.error, ...enVerify.result },
];

/** One package may keep the service so long at most, milliseconds: far above what any takes, however busy the machine. */
const LONGEST = 120_000;
/** So much more memory than at the beginning at most, bytes. */
const MOST_MEMORY = 700 * 1024 * 1024;

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
/** All that a library holds, by a hash, but for what is worked out of it in the background. */
function content(file: string): string {
  const db = openReadOnly(file);
  try {
    const tables = db
      .prepare(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'standing' ORDER BY name",
      )
      .pluck()
      .all() as string[];
    return sha256(Buffer.from(JSON.stringify(tables.map((t) => db.prepare(`SELECT * FROM "${t}"`).all()))));
  } finally {
    db.close();
  }
}

/** Packages of every kind of fault: each refused in words of both languages, in bounded time and memory. */
export const packages: Part = {
  name: 'packages',
  proves: 'malformed case packages: each refused in words, in bounded time and memory, and nothing changed',
  async run({ short, seed, say }): Promise<Figures> {
    const random = seeded(seed);
    const folder = mkdtempSync(join(tmpdir(), 'cultivar-packages-'));
    const [office, field] = [serviceOn(join(folder, 'office')), serviceOn(join(folder, 'field'))];
    try {
      const ids: string[] = [];
      for (const name of ['A', 'B', 'C']) {
        const { id } = await ask(office, 'enterprise.create', { name: `Firm ${name}` });
        const values = { revenue: 12_000_000, rdExpense: 900_000 };
        await ask(office, 'figures.set', { enterpriseId: id, years: [{ year: 2025, values }] });
        await ask(office, 'plan.create', { enterpriseId: id });
        ids.push(id);
      }
      const path = join(folder, 'sound.cultivar-case');
      await ask(office, 'case.write', { ids, path, passphrase: null });
      const sound = readFileSync(path);
      const soundFiles = unpacked(sound);
      await ask(field, 'enterprise.create', { name: 'Was here' });
      const shown = async (file: string) => {
        const result = await field.call('case.open', { path: file }, 'shell');
        if (!result.ok) return { error: result.error, says: null };
        const value = result.value as CallOutput<'case.open'>;
        if ('verified' in value) {
          // The head of a PDF: it is shown as no plan of ours, and nothing of it can be taken in.
          assert.equal(value.verified.offer, null);
          return { error: { code: 'file', key: value.verified.result }, says: null };
        }
        if (value.sealed) {
          const opened = await field.call('case.unlock', { id: value.id, passphrase: 'x' }, 'shell');
          if (!opened.ok) return { error: opened.error, says: null };
        }
        const { content: read } = value;
        return { error: null, says: JSON.stringify(read?.firms ?? null) };
      };
      const truth = (await shown(path)).says;
      assert.ok(truth && truth !== 'null', 'the sound package opens');
      const library = join(folder, 'field', 'library.sqlite');
      const before = content(library);
      const count = short ? 300 : 10_000;
      const kinds = { ...forgeries };
      const [names, rough] = [Object.keys(kinds), Object.keys(scratches)];
      const keys = new Map<string, number>();
      const memory = process.memoryUsage.rss();
      let [harmless, longest, most] = [0, 0, 0];
      for (let turn = 0; turn < count; turn += 1) {
        const rare = turn % 500 === 499;
        const forged = !rare && turn % 2 === 0;
        const kind = rare ? 'an archive that unpacks into very much' : one(random, forged ? names : rough);
        const bytes = rare
          ? bomb(soundFiles, random)
          : forged
            ? kinds[kind]!(new Map(soundFiles), random)
            : scratches[kind]!(sound, random);
        const file = join(folder, 'bent.cultivar-case');
        writeFileSync(file, bytes);
        const began = performance.now();
        const { error, says } = await shown(file);
        const took = performance.now() - began;
        longest = Math.max(longest, took);
        most = Math.max(most, process.memoryUsage.rss() - memory);
        const about = `package ${turn}: ${kind}`;
        assert.ok(took < LONGEST, `${about} took ${took} ms`);
        assert.ok(most < MOST_MEMORY, `${about} took ${most} bytes`);
        if (error) {
          keys.set(error.key, (keys.get(error.key) ?? 0) + 1);
          assert.notEqual(error.code, 'internal', about);
          assert.ok(
            words.every((texts) => error.key in texts),
            `${about}: ${error.key} is not translated`,
          );
        } else {
          // Some bytes of an archive say nothing: then all that is read is what was packed.
          assert.ok(!forged && says === truth, `${about} was taken for a sound one`);
          harmless += 1;
        }
        if (turn % 1000 === 999) {
          assert.equal(content(library), before, `${about} changed the library`);
          say(`${turn + 1} packages`);
        }
      }
      assert.equal(content(library), before, 'the library was changed');
      const refused = [...keys].sort((a, b) => b[1] - a[1]).map(([key, n]) => `${key} ${n}`);
      return {
        packages: count,
        refused: count - harmless,
        'changed in bytes that say nothing, read as they were packed': harmless,
        'in words': refused.join(', '),
        'longest, ms': Math.round(longest),
        'most memory above the beginning, MB': Math.round(most / 1048576),
        'changes in the library': 0,
      };
    } finally {
      await office.close();
      await field.close();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
