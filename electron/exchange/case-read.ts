import { readFileSync, statSync } from 'node:fs';
import { takeInBytes } from '../library/evidence-store.ts';
import { type Pack, sha256 } from '../library/packs.ts';
import { Refusal } from '../library/refusal.ts';
import { CASE, type CaseFirm, type CaseManifest, caseFirmShape, caseManifestShape } from './case-format.ts';
import { isSealed, unseal } from './case-seal.ts';
import { checkZip, unzipEntry, zipEntries } from './zip.ts';

const FILE_LIMIT = 500_000_000;
const LIMITS = { entries: 20_000, total: 1_000_000_000, ratio: 2_000 };
const damaged = () => new Refusal('file', 'caseDamaged');
const foreign = () => new Refusal('file', 'caseForeign');

/** A package as it was read and checked; nothing of it is stored yet. */
export interface OpenCase {
  readonly manifest: CaseManifest;
  readonly firms: readonly CaseFirm[];
  readonly packs: readonly Pack[];
  /** Contents of evidence by hash. */
  readonly evidence: ReadonlyMap<string, Buffer>;
}

/** Puts the evidence of the chosen firms into the store; what is there already stays. */
export function storeEvidence(store: string, { firms, evidence }: OpenCase, ids: ReadonlySet<string>): void {
  for (const { id, records } of firms)
    for (const { entity, parts } of ids.has(id) ? records : []) {
      const content = entity === 'attachment' ? evidence.get(String(parts.contentHash)) : undefined;
      if (content) takeInBytes(store, content);
    }
}

/** The bytes of a package file. Throws a Refusal where it cannot be read or is too large. */
export function caseBytes(path: string): Buffer {
  try {
    const { size } = statSync(path);
    if (size > FILE_LIMIT)
      throw new Refusal('file', 'fileTooLarge', {
        limit: FILE_LIMIT / 1e6,
        megabytes: Math.round(size / 1e6),
      });
    return readFileSync(path);
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal('file', 'fileUnreadable', { reason: (error as NodeJS.ErrnoException).code ?? '' });
  }
}

function parsed(content: Buffer): unknown {
  try {
    return JSON.parse(content.toString('utf8'));
  } catch {
    throw damaged();
  }
}

/**
 * Reads a package: every file against its hash, every record and log line against its shape, and that each belongs to the
 * firm it stands with. Throws a Refusal: needs a passphrase, another one, a newer format, no package, damaged.
 */
export async function readCase(
  bytes: Buffer,
  { passphrase, libraryFormat }: { passphrase: string | null; libraryFormat: number },
): Promise<OpenCase> {
  if (isSealed(bytes)) {
    if (passphrase === null) throw new Refusal('file', 'passphraseNeeded');
    bytes = Buffer.from(await unseal(bytes, passphrase));
  }
  if (bytes.toString('latin1', 0, 2) !== 'PK') throw foreign();
  const entries = zipEntries(bytes);
  checkZip(entries, LIMITS);
  const byName = new Map(entries.map((entry) => [entry.name, entry]));
  const head = byName.get('manifest.json');
  if (!head) throw foreign();
  const raw = parsed(unzipEntry(bytes, head));
  if ((raw as { schema?: unknown } | null)?.schema !== CASE) throw foreign();
  const checked = caseManifestShape.safeParse(raw);
  if (!checked.success) throw damaged();
  const manifest = checked.data;
  if (manifest.libraryFormat > libraryFormat)
    throw new Refusal('newer-library', 'caseNewer', {
      version: manifest.libraryFormat,
      newest: libraryFormat,
    });
  const contents = new Map<string, Buffer>();
  for (const { name, sha256: hash } of manifest.files) {
    const entry = byName.get(name);
    if (!entry || contents.has(name)) throw damaged();
    const content = unzipEntry(bytes, entry);
    if (sha256(content) !== hash) throw damaged();
    contents.set(name, content);
  }
  const ids = new Set<string>();
  const firms = manifest.firms.map(({ id, file }) => {
    const content = contents.get(file);
    if (!content || ids.has(id)) throw damaged();
    ids.add(id);
    const firm = caseFirmShape.safeParse(parsed(content));
    if (!firm.success || firm.data.id !== id) throw damaged();
    const own = firm.data.records.filter((record) => record.entity === 'enterprise');
    if (own.length !== 1 || own[0]?.id !== id) throw damaged();
    return firm.data;
  });
  const packs = [...contents].flatMap(([name, content]): Pack[] => {
    const match = /^packs\/([0-9a-f]{64})\/([a-z0-9.-]{1,100})$/.exec(name);
    if (!match) return [];
    const [, hash = '', id = ''] = match;
    if (sha256(content) !== hash) throw damaged();
    return [{ hash, id, bytes: content }];
  });
  const evidence = new Map<string, Buffer>();
  for (const [name, content] of contents) {
    const hash = /^attachments\/([0-9a-f]{64})$/.exec(name)?.[1];
    if (hash === undefined) continue;
    if (sha256(content) !== hash) throw damaged();
    evidence.set(hash, content);
  }
  return { manifest, firms, packs, evidence };
}
