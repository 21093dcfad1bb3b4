import { statSync } from 'node:fs';
import { lookAt, readContent, storeOf } from '../library/evidence-store.ts';
import { type Db, prepared, userVersion } from '../library/open.ts';
import { sha256 } from '../library/packs.ts';
import { Refusal } from '../library/refusal.ts';
import { CASE, type CaseFirm, type CaseManifest, MOST_FIRMS } from './case-format.ts';
import { seal } from './case-seal.ts';
import { firmOf } from './case-view.ts';
import { writeWhole } from './whole-file.ts';
import { zipWriter } from './zip.ts';

/** Evidence of one package, all files together: it is made in memory. Bytes. */
const MOST_EVIDENCE = 400 * 1024 * 1024;

/** The contents of a firm's evidence that are here, by hash, with their sizes. */
function contentsOfFirm(db: Db, firm: CaseFirm): Map<string, number> {
  const store = storeOf(db.name);
  const files = firm.records.flatMap(({ entity, parts }) =>
    entity === 'attachment' ? [[String(parts.contentHash), Number(parts.bytes)] as const] : [],
  );
  return new Map(files.filter(([hash, bytes]) => lookAt(store, hash, bytes) === 'there'));
}

interface PackOptions {
  readonly ids: readonly string[];
  readonly path: string;
  /** Without one the package can be read by anybody who has the file. */
  readonly passphrase: string | null;
  readonly sender: string;
  readonly now: Date;
  /** Told of each enterprise; throwing ends it with nothing written. */
  progress(done: number, total: number): void;
}

function packHashes(firm: {
  records: readonly { entity: string; parts: Record<string, unknown> }[];
}): string[] {
  return firm.records
    .filter((record) => record.entity === 'diagnosis')
    .flatMap((record) => (record.parts.packs as { hash: string }[]).map((pack) => pack.hash));
}

/**
 * Writes a case package: the chosen enterprises with all that belongs to them, the log of how it came about and the rules
 * their check-ups were made with, each file with its hash. Whole or not there. Throws a Refusal where an enterprise is
 * not here, there are too many of them, or the place cannot be written.
 */
export async function writeCase(
  db: Db,
  { ids, path, passphrase, sender, now, progress }: PackOptions,
): Promise<{ firms: number; bytes: number }> {
  if (ids.length > MOST_FIRMS) throw new Refusal('invalid-input', 'caseTooMany', { limit: MOST_FIRMS });
  const bytes: Buffer[] = [];
  const zip = zipWriter((part) => bytes.push(part));
  const files: CaseManifest['files'] = [];
  const firms: CaseManifest['firms'] = [];
  const add = (name: string, content: Uint8Array) => {
    zip.add(name, Buffer.from(content));
    files.push({ name, sha256: sha256(content) });
  };
  db.transaction(() => {
    const packs = new Set<string>();
    const evidence = new Map<string, number>();
    const wanted = [...new Set(ids)];
    for (const [i, id] of wanted.entries()) {
      progress(i, wanted.length);
      const firm = firmOf(db, id);
      if (!firm) throw new Refusal('not-found', 'enterpriseNotFound', { id });
      const file = `firms/${String(i + 1).padStart(4, '0')}.json`;
      const profile = firm.records[0]?.parts ?? {};
      firms.push({ id, name: String(profile.name), uscc: (profile.uscc as string | null) ?? null, file });
      add(file, Buffer.from(JSON.stringify(firm), 'utf8'));
      for (const hash of packHashes(firm)) packs.add(hash);
      for (const [hash, size] of contentsOfFirm(db, firm)) evidence.set(hash, size);
    }
    for (const hash of packs) {
      const row = prepared(db, 'SELECT id, bytes FROM standard_pack WHERE hash = ?').get(hash);
      if (row) add(`packs/${hash}/${String(row.id)}`, row.bytes as Uint8Array);
    }
    const all = [...evidence.values()].reduce((sum, size) => sum + size, 0);
    if (all > MOST_EVIDENCE)
      throw new Refusal('invalid-input', 'caseEvidenceTooLarge', { megabytes: Math.ceil(all / 1048576) });
    for (const hash of evidence.keys()) {
      progress(wanted.length, wanted.length);
      add(`attachments/${hash}`, readContent(storeOf(db.name), hash));
    }
  })();
  const manifest: CaseManifest = {
    schema: CASE,
    createdAt: now.toISOString(),
    sender,
    libraryFormat: userVersion(db),
    firms,
    files,
  };
  zip.add('manifest.json', Buffer.from(JSON.stringify(manifest, null, 1), 'utf8'));
  zip.end();
  const plain = Buffer.concat(bytes);
  const content = passphrase === null ? plain : await seal(plain, passphrase);
  progress(firms.length, firms.length);
  await writeWhole(path, (write) => write(content));
  return { firms: firms.length, bytes: statSync(path).size };
}
