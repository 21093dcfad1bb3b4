import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CallInput, CallName, CallOutput } from '../../electron/api.ts';
import { unzipEntry, zipEntries, zipWriter } from '../../electron/exchange/zip.ts';
import { openReadOnly } from '../../electron/library/open.ts';
import { createService, type Service } from '../../electron/service/service.ts';
import en from '../../resources/i18n/en/errors.json' with { type: 'json' };
import enFiles from '../../resources/i18n/en/exchange.json' with { type: 'json' };
import enVerify from '../../resources/i18n/en/verify.json' with { type: 'json' };
import zh from '../../resources/i18n/zh-CN/errors.json' with { type: 'json' };
import zhFiles from '../../resources/i18n/zh-CN/exchange.json' with { type: 'json' };
import zhVerify from '../../resources/i18n/zh-CN/verify.json' with { type: 'json' };
import { type Figures, type Part, seeded } from './parts.ts';
import { resourcesDir } from './service-child.ts';

/** Every message of an error, in both languages. */
const words = [
  { ...zh, ...zhFiles.error, ...zhVerify.result },
  { ...en, ...enFiles.error, ...enVerify.result },
];

/** One package may keep the service so long at most, milliseconds; the machine may be busy with other work. */
const LONGEST = 15_000;
/** So much more memory than at the beginning at most, bytes. */
const MOST_MEMORY = 700 * 1024 * 1024;

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
type Files = Map<string, Buffer>;
type Random = () => number;
// biome-ignore lint/suspicious/noExplicitAny: a package is bent in ways that no type allows
type Loose = any;

function serviceOn(dataDir: string): Service {
  return createService({
    dataDir,
    resourcesDir,
    now: () => new Date('2026-06-15T04:00:00Z'),
    emit: () => undefined,
    actor: 'torture',
  });
}

async function ask<N extends CallName>(
  service: Service,
  name: N,
  input: CallInput<N>,
): Promise<CallOutput<N>> {
  const result = await service.call(name, input, 'shell');
  if (!result.ok) throw new Error(`${name}: ${JSON.stringify(result.error)}`);
  return result.value as CallOutput<N>;
}

function unpacked(bytes: Buffer): Files {
  return new Map(zipEntries(bytes).map((entry) => [entry.name, unzipEntry(bytes, entry)]));
}

function packed(files: Files): Buffer {
  const pieces: Buffer[] = [];
  const zip = zipWriter((piece) => pieces.push(piece));
  for (const [name, content] of files) zip.add(name, content);
  zip.end();
  return Buffer.concat(pieces);
}

const whole = (random: Random, below: number) => Math.floor(random() * below);
const one = <T>(random: Random, of: readonly T[]): T => of[whole(random, of.length)] as T;

/** Changes the manifest; the hashes of the files stay right. */
function manifestBy(change: (manifest: Loose, random: Random, files: Files) => void) {
  return (files: Files, random: Random) => {
    const manifest = JSON.parse(files.get('manifest.json')!.toString('utf8'));
    change(manifest, random, files);
    files.set('manifest.json', Buffer.from(JSON.stringify(manifest)));
    return packed(files);
  };
}

/** Changes what is in a firm's file as a careful forger would: the hash in the manifest is mended. */
function firmBy(change: (firm: Loose, random: Random) => string | undefined) {
  return manifestBy((manifest, random, files) => {
    const { file } = one<Loose>(random, manifest.firms);
    const firm = JSON.parse(files.get(file)!.toString('utf8'));
    const text = change(firm, random) ?? JSON.stringify(firm);
    files.set(file, Buffer.from(text));
    for (const entry of manifest.files) if (entry.name === file) entry.sha256 = sha256(files.get(file)!);
  });
}

const record = (firm: Loose, random: Random) => one<Loose>(random, firm.records);
const wrong: readonly unknown[] = [
  null,
  7,
  [],
  {},
  '\ud800',
  'x'.repeat(70_000),
  { toString: 1 },
  ['\u0000'],
  1e300,
  true,
];
const escapes = ['../evil', '/etc/passwd', '..\\..\\evil', 'C:\\evil', 'a/../../b', '\u0000', 'NUL', ''];

/** Kinds of faults; whatever they are given, what comes out is no sound package. */
const forgeries: Record<string, (files: Files, random: Random) => Buffer> = {
  'another schema': manifestBy((m, r) => {
    m.schema = one<unknown>(r, ['cultivar-case/2', '', 1, null, undefined, '__proto__', {}]);
  }),
  'a newer format': manifestBy((m, r) => {
    m.libraryFormat = 50 + whole(r, 9000);
  }),
  'a manifest of another shape': manifestBy((m, r) => {
    const key = one(r, ['createdAt', 'sender', 'libraryFormat', 'firms', 'files']);
    m[key] = one<unknown>(r, [undefined, null, -1, 'x\u0000', { length: 3 }, [{ id: 'x' }]]);
  }),
  'a firm named twice': manifestBy((m) => {
    m.firms.push(m.firms[0]);
  }),
  'a file named twice': manifestBy((m) => {
    m.files.push(m.files[0]);
  }),
  'a wrong hash': manifestBy((m, r) => {
    one<Loose>(r, m.files).sha256 = sha256(Buffer.from(String(r())));
  }),
  'a file that is missing': manifestBy((m, r, files) => {
    files.delete(one<Loose>(r, m.files).name);
  }),
  'a path that leads out': manifestBy((m, r, files) => {
    const firm = one<Loose>(r, m.firms);
    const name = one(r, escapes);
    if (name !== '') files.set(name, Buffer.from('{}'));
    m.files.push({ name, sha256: sha256(Buffer.from('{}')) });
    firm.file = name;
  }),
  'evidence under another hash': manifestBy((m, _r, files) => {
    const content = Buffer.from('not what it says');
    const name = `attachments/${'0'.repeat(64)}`;
    files.set(name, content);
    m.files.push({ name, sha256: sha256(content) });
  }),
  'a manifest that is no JSON': (files, random) => {
    const text = files.get('manifest.json')!.toString('utf8');
    files.set(
      'manifest.json',
      Buffer.from(one(random, ['', '{', '[]', 'null', '"x"', text.slice(1), `${text}x`])),
    );
    return packed(files);
  },
  'another firm in the file': firmBy((firm) => {
    firm.id = '0198a000-0000-7000-8000-000000000000';
    return undefined;
  }),
  'no profile, or two': firmBy((firm, r) => {
    const own = firm.records.filter((rec: Loose) => rec.entity === 'enterprise');
    firm.records =
      r() < 0.5
        ? firm.records.filter((rec: Loose) => rec.entity !== 'enterprise')
        : [...firm.records, ...own];
    return undefined;
  }),
  'a record of an unknown kind': firmBy((firm, r) => {
    record(firm, r).entity = one(r, ['setting', 'change', '__proto__', 'constructor', 'listView', '']);
    return undefined;
  }),
  'a record that is there twice': firmBy((firm, r) => {
    firm.records.push(record(firm, r));
    return undefined;
  }),
  'a record under an id that is none': firmBy((firm, r) => {
    record(firm, r).id = one<unknown>(r, [
      ' ',
      "'; DROP TABLE enterprise; --",
      '20x5',
      '../x',
      7,
      null,
      'x'.repeat(300),
    ]);
    return undefined;
  }),
  'a figure that cannot be': firmBy((firm, r) => {
    const figure = firm.records.find((rec: Loose) => rec.entity === 'figure');
    figure.parts.revenue = one<unknown>(r, ['12', 1.5, 1e14, true, {}, [], '\u0000']);
    return undefined;
  }),
  'a name that cannot be': firmBy((firm, r) => {
    const profile = firm.records.find((rec: Loose) => rec.entity === 'enterprise');
    profile.parts.name = one<unknown>(
      r,
      wrong.filter((value) => typeof value !== 'boolean'),
    );
    return undefined;
  }),
  'a check-up that was changed': firmBy((firm, r) => {
    const checkUp = firm.records.find((rec: Loose) => rec.entity === 'diagnosis');
    checkUp.beside.snapshot = one<unknown>(r, [`${checkUp.beside.snapshot} `, '{}', 7, null, undefined]);
    return undefined;
  }),
  'a plan without its check-up': firmBy((firm) => {
    firm.records = firm.records.filter((rec: Loose) => rec.entity !== 'diagnosis');
    return undefined;
  }),
  'a plan of another shape': firmBy((firm, r) => {
    const plan = firm.records.find((rec: Loose) => rec.entity === 'plan');
    plan.parts['content.title'] = one<unknown>(r, [7, 'x', { zh: 1 }, ['x'], { zh: '\u0000', en: '' }]);
    return undefined;
  }),
  'evidence with a path for a name': firmBy((firm, r) => {
    firm.records.push({
      entity: 'attachment',
      id: '0198a000-0000-7000-8000-000000000001',
      parts: {
        contentHash: 'a'.repeat(64),
        name: one(r, escapes),
        mime: 'text/plain',
        bytes: 1,
        linkedEntity: null,
        linkedId: null,
        addedAt: '2026-01-01T00:00:00.000Z',
      },
    });
    return undefined;
  }),
  'a log line out of shape': firmBy((firm, r) => {
    const line = one<Loose>(r, firm.log);
    const key = one(r, ['hlc', 'at', 'actor', 'op', 'entity', 'fields', 'made']);
    line[key] = one<unknown>(r, [null, 7, '\u0000', ['x'], undefined]);
    return undefined;
  }),
  'a log from the end of days': firmBy((firm, r) => {
    one<Loose>(r, firm.log).hlc = '999999999999999-ffff-ffffffffffffffff';
    return undefined;
  }),
  'JSON nested without end': firmBy((firm, r) => {
    const deep = '['.repeat(20_000 + whole(r, 60_000));
    return JSON.stringify(firm).replace('"log":[', `"log":[${deep}`);
  }),
  'text that is no JSON': firmBy((firm, r) => {
    const text = JSON.stringify(firm);
    return r() < 0.5 ? text.slice(0, whole(r, text.length)) : `${text}${one(r, ['}', ',', '\u0000', 'NaN'])}`;
  }),
};

/** Faults of the file itself; what is read from these may also be just what was packed. */
const scratches: Record<string, (bytes: Buffer, random: Random) => Buffer> = {
  'a changed byte': (bytes, random) => {
    const copy = Buffer.from(bytes);
    const at = whole(random, copy.length);
    copy[at] = (copy[at] ?? 0) ^ (1 + whole(random, 255));
    return copy;
  },
  'a missing byte': (bytes, random) => {
    const at = whole(random, bytes.length);
    return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1)]);
  },
  'a cut': (bytes, random) => bytes.subarray(0, whole(random, bytes.length)),
  'bytes put in': (bytes, random) => {
    const at = whole(random, bytes.length);
    return Buffer.concat([
      bytes.subarray(0, at),
      Buffer.alloc(1 + whole(random, 300), whole(random, 256)),
      bytes.subarray(at),
    ]);
  },
  'a stretch of nonsense': (bytes, random) => {
    const copy = Buffer.from(bytes);
    const at = whole(random, copy.length);
    for (let i = at; i < Math.min(copy.length, at + 200); i += 1) copy[i] = whole(random, 256);
    return copy;
  },
  'the head of another file': (bytes, random) =>
    Buffer.concat([
      Buffer.from(
        one(random, [
          '%PDF-1.7\n',
          'Rar!',
          '\u007fELF',
          'age-encryption.org/v1\n-> scrypt x 99\n',
          'SQLite format 3\u0000',
        ]),
      ),
      bytes.subarray(whole(random, 40)),
    ]),
};

/** Rare, because each takes long to make: archives that unpack into very much. */
function bomb(files: Files, random: Random): Buffer {
  const more = new Map(files);
  if (random() < 0.5) more.set('firms/9999.json', Buffer.alloc(60 * 1024 * 1024, 0x20));
  else for (let i = 0; i < 20_100; i += 1) more.set(`x/${i}`, Buffer.alloc(0));
  return packed(more);
}

/** All that a library holds, by a hash. */
function content(file: string): string {
  const db = openReadOnly(file);
  try {
    const tables = db
      .prepare(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
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
