import { createHash } from 'node:crypto';
import { v7 as uuid } from 'uuid';
import { requireEnterprise } from './enterprises.ts';
import { cleanName, kindOf, ofMime } from './evidence-kinds.ts';
import { type Content, lookAt, readContent, storeOf } from './evidence-store.ts';
import { type Db, openReadOnly, prepared } from './open.ts';
import { Refusal } from './refusal.ts';
import type { Tx } from './write.ts';

/** What evidence can be attached to; the id is the one the change log has for it. */
export const linkedEntities = ['enterprise', 'fact', 'figure', 'title', 'ipRight'] as const;
export type LinkedEntity = (typeof linkedEntities)[number];

/** Where a file is attached: a fact ("rd_ratio@2025"), a year's figures ("2025"), a title, or the enterprise. */
export interface Link {
  readonly enterpriseId: string;
  readonly entity: LinkedEntity;
  readonly entityId: string;
}

/** An attached file. */
export interface Evidence {
  readonly id: string;
  readonly enterpriseId: string;
  readonly name: string;
  readonly mime: string;
  readonly bytes: number;
  readonly hash: string;
  readonly entity: LinkedEntity;
  readonly entityId: string;
  readonly addedAt: string;
  readonly opens: boolean;
  readonly picture: boolean;
  /** Whether its content is there; changed = of another size. */
  readonly state: 'there' | 'gone' | 'changed';
}

/** Something that is answered and not backed by any file. */
export interface Unbacked {
  readonly entity: Exclude<LinkedEntity, 'enterprise'>;
  readonly entityId: string;
  /** The basis stated; null for the figures of a year. */
  readonly basis: string | null;
  /** The name of a title or right. */
  readonly name: string | null;
}

function evidenceOf(db: Db, row: Record<string, unknown>): Evidence {
  const hash = String(row.content_hash);
  const bytes = Number(row.bytes);
  const { opens, picture } = ofMime(String(row.mime));
  return {
    id: String(row.id),
    enterpriseId: String(row.enterprise_id),
    name: String(row.name),
    mime: String(row.mime),
    bytes,
    hash,
    entity: (row.linked_entity as LinkedEntity | null) ?? 'enterprise',
    entityId: String(row.linked_id ?? row.enterprise_id),
    addedAt: String(row.added_at),
    opens,
    picture,
    state: lookAt(storeOf(db.name), hash, bytes),
  };
}

/** The files attached to an enterprise and what belongs to it, the newest first. */
export function listEvidence(db: Db, enterpriseId: string): Evidence[] {
  return prepared(db, 'SELECT * FROM attachment WHERE enterprise_id = ? ORDER BY added_at DESC, id DESC')
    .all(enterpriseId)
    .map((row) => evidenceOf(db, row));
}

/** The attached file with this id. Throws a Refusal (not-found). */
export function getEvidence(db: Db, id: string): Evidence {
  const row = prepared(db, 'SELECT * FROM attachment WHERE id = ?').get(id);
  if (!row) throw new Refusal('not-found', 'evidenceNotFound');
  return evidenceOf(db, row);
}

/** Attaches a content that is in the store. The same content at the same place is not attached twice. Returns the id. */
export function attach(
  tx: Tx,
  { enterpriseId, entity, entityId }: Link,
  name: string,
  content: Content,
): string {
  requireEnterprise(tx.db, enterpriseId);
  const same = prepared(
    tx.db,
    'SELECT id FROM attachment WHERE enterprise_id = ? AND content_hash = ? AND linked_entity = ? AND linked_id = ?',
  ).get(enterpriseId, content.hash, entity, entityId);
  if (same) return String(same.id);
  const id = uuid();
  const clean = cleanName(name);
  tx.put(
    'attachment',
    { id },
    {
      enterpriseId,
      contentHash: content.hash,
      name: clean,
      mime: kindOf(clean, content.head).mime,
      bytes: content.bytes,
      linkedEntity: entity,
      linkedId: entityId,
      addedAt: tx.at,
    },
    enterpriseId,
  );
  return id;
}

/** Takes a file off; its content stays in the store until that is cleaned, so that this can be undone. */
export function detach(tx: Tx, id: string): string {
  const { enterpriseId } = getEvidence(tx.db, id);
  tx.remove('attachment', { id }, enterpriseId);
  return enterpriseId;
}

/** What is answered for an enterprise as declared or documented and has no file: facts, figures of a year, titles. */
export function listUnbacked(db: Db, enterpriseId: string): Unbacked[] {
  const backed = new Set(
    prepared(db, 'SELECT linked_entity, linked_id FROM attachment WHERE enterprise_id = ?')
      .all(enterpriseId)
      .map((row) => `${row.linked_entity} ${row.linked_id}`),
  );
  const facts = prepared(
    db,
    `SELECT fact_id, year, basis FROM fact WHERE enterprise_id = ? AND value <> 'null'
       AND basis IN ('declared', 'documented') ORDER BY fact_id, year`,
  )
    .all(enterpriseId)
    .map(
      (row): Unbacked => ({
        entity: 'fact',
        entityId: row.year === null ? String(row.fact_id) : `${row.fact_id}@${row.year}`,
        basis: String(row.basis),
        name: null,
      }),
    );
  const years = prepared(db, 'SELECT year FROM figure WHERE enterprise_id = ? ORDER BY year DESC')
    .all(enterpriseId)
    .map(({ year }): Unbacked => ({ entity: 'figure', entityId: String(year), basis: null, name: null }));
  const titles = prepared(
    db,
    `SELECT id, name, basis FROM title WHERE enterprise_id = ? AND ifnull(basis, 'declared') IN ('declared', 'documented')
       ORDER BY name`,
  )
    .all(enterpriseId)
    .map(
      (row): Unbacked => ({
        entity: 'title',
        entityId: String(row.id),
        basis: String(row.basis ?? 'declared'),
        name: String(row.name),
      }),
    );
  return [...facts, ...years, ...titles].filter(
    ({ entity, entityId }) => !backed.has(`${entity} ${entityId}`),
  );
}

/** The bytes of a content that is there. Throws a Refusal where it is gone or has changed. */
export function contentOf(db: Db, evidence: Evidence): Buffer {
  if (evidence.state === 'gone') throw new Refusal('file', 'evidenceGone', { name: evidence.name });
  if (evidence.state === 'changed') throw new Refusal('file', 'evidenceChanged', { name: evidence.name });
  const content = readContent(storeOf(db.name), evidence.hash);
  if (createHash('sha256').update(content).digest('hex') !== evidence.hash)
    throw new Refusal('file', 'evidenceChanged', { name: evidence.name });
  return content;
}

/** The contents a library refers to. `file`: a library that is not open here, e.g. a backup. */
export function referredContents(db: Db): string[] {
  return prepared(db, 'SELECT DISTINCT content_hash FROM attachment')
    .all()
    .map((row) => String(row.content_hash));
}

/** The contents a library file refers to; null where it cannot be read: then nothing it may need must go. */
export function referredBy(file: string): string[] | null {
  try {
    const db = openReadOnly(file);
    try {
      return referredContents(db);
    } finally {
      db.close();
    }
  } catch {
    return null;
  }
}
