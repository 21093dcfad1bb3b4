// Case packages with a fault of every kind, made from a sound one.
import { createHash } from 'node:crypto';
import { unzipEntry, zipEntries, zipWriter } from '../../electron/exchange/zip.ts';

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
type Files = Map<string, Buffer>;
type Random = () => number;
// biome-ignore lint/suspicious/noExplicitAny: a package is bent in ways that no type allows
type Loose = any;

/** The files of a package, by name. */
export function unpacked(bytes: Buffer): Files {
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
/** One of several, by chance. */
export const one = <T>(random: Random, of: readonly T[]): T => of[whole(random, of.length)] as T;

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
export const forgeries: Record<string, (files: Files, random: Random) => Buffer> = {
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
export const scratches: Record<string, (bytes: Buffer, random: Random) => Buffer> = {
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
export function bomb(files: Files, random: Random): Buffer {
  const more = new Map(files);
  if (random() < 0.5) more.set('firms/9999.json', Buffer.alloc(60 * 1024 * 1024, 0x20));
  else for (let i = 0; i < 20_100; i += 1) more.set(`x/${i}`, Buffer.alloc(0));
  return packed(more);
}
