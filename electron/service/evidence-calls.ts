import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { listBackups } from '../library/backup-shelf.ts';
import { requireEnterprise } from '../library/enterprises.ts';
import {
  attach,
  contentOf,
  detach,
  type Evidence,
  getEvidence,
  type Link,
  listEvidence,
  listUnbacked,
  referredBy,
  referredContents,
} from '../library/evidence.ts';
import { openedName } from '../library/evidence-kinds.ts';
import {
  type Content,
  contentsOf,
  discardContents,
  spread,
  storeOf,
  takeInBytes,
  takeInFile,
} from '../library/evidence-store.ts';
import { Refusal } from '../library/refusal.ts';
import { shelvesOf } from '../library/safety-state.ts';
import { writeFileSafely } from '../plan/write-file.ts';
import type { Context, Handlers } from './context.ts';
import { announce } from './library-calls.ts';

/** Pictures up to this size are sent to the window for a small view of them. */
const SHOWN = 12 * 1024 * 1024;

function shown({ enterpriseId: _, hash: __, ...evidence }: Evidence) {
  return evidence;
}

/** Brings contents back that are on the shelf of backups and not here: after a restore, or where a disk lost them. */
export function bringBack(context: Pick<Context, 'db' | 'safety' | 'access'>): void {
  if (context.access.readOnly) return;
  const store = storeOf(context.db.name);
  const { shelf } = context.safety;
  for (const folder of shelvesOf(shelf)) {
    try {
      spread(join(folder, 'attachments'), store, { link: folder === shelf });
    } catch (error) {
      console.error('Evidence was not brought back:', (error as NodeJS.ErrnoException).code);
    }
  }
}

function list(context: Context, enterpriseId: string): Evidence[] {
  const files = listEvidence(context.db, enterpriseId);
  if (files.every(({ state }) => state !== 'gone')) return files;
  bringBack(context);
  return listEvidence(context.db, enterpriseId);
}

/** The content of a file, looked at byte by byte before it leaves. */
function proved(context: Context, id: string): { evidence: Evidence; content: Buffer } {
  const evidence = getEvidence(context.db, id);
  return { evidence, content: contentOf(context.db, evidence) };
}

/** Copies that were opened in other programs: in clear, whatever the library is. */
const opened = new Set<string>();

/** Removes the copies that were opened in other programs; one that is still open there stays. */
export function forgetOpened(): void {
  for (const folder of opened) {
    try {
      rmSync(folder, { recursive: true, force: true });
      opened.delete(folder);
    } catch {
      // Tried again when the library is closed next.
    }
  }
}

function add(context: Context, link: Link, name: string, take: (store: string) => Content): void {
  const content = take(storeOf(context.db.name));
  context.write('evidence.add', (tx) => attach(tx, link, name, content));
}

/** Evidence: files attached to facts, figures, titles and enterprises. */
export const evidenceHandlers = {
  'evidence.list'(context, { enterpriseId }) {
    requireEnterprise(context.db, enterpriseId);
    return { files: list(context, enterpriseId).map(shown), missing: listUnbacked(context.db, enterpriseId) };
  },

  'evidence.addFiles'(context, { paths, ...link }) {
    requireEnterprise(context.db, link.enterpriseId);
    const refused: { name: string; key: string; details: Record<string, unknown> }[] = [];
    for (const path of paths) {
      try {
        add(context, link, basename(path), (store) => takeInFile(store, path));
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        refused.push({ name: basename(path), key: error.key, details: error.details });
      }
    }
    announce(context, link.enterpriseId);
    return { added: paths.length - refused.length, refused };
  },

  'evidence.addBytes'(context, { name, bytes, ...link }) {
    requireEnterprise(context.db, link.enterpriseId);
    add(context, link, name, (store) => takeInBytes(store, bytes));
    announce(context, link.enterpriseId);
    return { added: 1, refused: [] };
  },

  'evidence.remove'(context, { id }) {
    announce(
      context,
      context.write('evidence.remove', (tx) => detach(tx, id)),
    );
    return {};
  },

  async 'evidence.preview'(context, { id }) {
    const evidence = getEvidence(context.db, id);
    if (!evidence.picture || evidence.bytes > SHOWN || evidence.state !== 'there') return null;
    return { mime: evidence.mime, bytes: new Uint8Array(proved(context, id).content) };
  },

  async 'evidence.saveCopy'(context, { id, path }) {
    await writeFileSafely(path, proved(context, id).content);
    return { path };
  },

  async 'evidence.openCopy'(context, { id }) {
    const { evidence, content } = proved(context, id);
    if (!evidence.opens) throw new Refusal('file', 'evidenceNotOpened', { name: evidence.name });
    const folder = join(tmpdir(), 'cultivar-evidence');
    mkdirSync(folder, { recursive: true });
    const place = mkdtempSync(join(folder, 'open-'));
    opened.add(place);
    const copy = join(place, openedName(evidence.name, evidence.mime));
    writeFileSync(copy, content);
    return { path: copy };
  },

  'evidence.clean'(context) {
    const { db, safety } = context;
    const kept = new Set(referredContents(db));
    for (const { file } of listBackups(safety.shelf)) {
      const hashes = referredBy(file);
      if (hashes === null) throw new Refusal('library', 'evidenceNotCleaned');
      for (const hash of hashes) kept.add(hash);
    }
    let bytes = 0;
    const gone = new Set<string>();
    for (const store of [join(safety.shelf, 'attachments'), storeOf(db.name)]) {
      const idle = contentsOf(store).filter((hash) => !kept.has(hash));
      bytes = discardContents(store, idle);
      for (const hash of idle) gone.add(hash);
    }
    return { files: gone.size, bytes };
  },
} satisfies Partial<Handlers>;
