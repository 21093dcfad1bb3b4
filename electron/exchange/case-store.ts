import { basename } from 'node:path';
import { v7 as uuid } from 'uuid';
import type { z } from 'zod';
import { nameKeys } from '../library/enterprises.ts';

import { continueClock } from '../library/hlc.ts';
import { type Db, prepared } from '../library/open.ts';
import { keepPacks } from '../library/packs.ts';
import { addressOf, withParts } from '../library/record-address.ts';
import { Refusal } from '../library/refusal.ts';
import { turnStep } from '../library/undo.ts';
import { read, type Tx } from '../library/write.ts';
import type { caseBatchShape } from './case-call-shapes.ts';
import { type CaseFirm, type CaseRecord, travelling } from './case-format.ts';
import { type FirmMerge, mergeFirm, readdressed } from './case-merge.ts';
import type { OpenCase } from './case-read.ts';
import { firmOf } from './case-view.ts';

/** What a package means for one firm here. */
export interface FirmPlan {
  /** Its id here, and whether it is new here, known by its id, or by its credit code under another id. */
  readonly id: string;
  readonly name: string;
  readonly found: 'new' | 'id' | 'uscc';
  /** Another firm here has the same name and no differing credit code: to be looked at as a possible duplicate. */
  readonly sameName: string | null;
  readonly merge: FirmMerge;
}

/** Which enterprise here is the one of the package: by its id, else by its credit code. */
function localId(db: Db, { id, uscc }: { id: string; uscc: string | null }): string | null {
  const row =
    prepared(db, 'SELECT id FROM enterprise WHERE id = ?').get(id) ??
    (uscc && prepared(db, 'SELECT id FROM enterprise WHERE uscc = ?').get(uscc));
  return row ? String(row.id) : null;
}

/** Works out what a firm of a package would change here. Nothing is stored. */
export function planFirm(db: Db, firm: CaseFirm): FirmPlan {
  const profile = firm.records.find((record) => record.entity === 'enterprise')?.parts ?? {};
  const uscc = (profile.uscc as string | null) ?? null;
  const name = String(profile.name);
  const here = localId(db, { id: firm.id, uscc });
  const mine = here ? firmOf(db, here) : undefined;
  const id = here ?? firm.id;
  const merge = mergeFirm(mine ?? { id, records: [], log: [] }, readdressed(firm, id));
  const twin = here
    ? undefined
    : prepared(db, 'SELECT id FROM enterprise WHERE name_key = ? AND id <> ?').get(
        nameKeys(name).nameKey,
        id,
      );
  return {
    id,
    name,
    found: here === null ? 'new' : here === firm.id ? 'id' : 'uscc',
    sameName: twin ? String(twin.id) : null,
    merge,
  };
}

function put(tx: Tx, id: string, record: CaseRecord, parts: Record<string, unknown>): void {
  const address = addressOf(tx.db, record.entity, record.id, id);
  if (!address) throw new Refusal('file', 'caseDamaged');
  const { entity, spec, key } = address;
  const current = read(tx.db, spec, key);
  const values: Record<string, unknown> = {
    ...withParts(spec, current, parts),
    ...(current ? {} : record.beside),
    ...('enterpriseId' in spec.fields ? { enterpriseId: id } : {}),
  };
  if (entity !== 'enterprise') {
    // A record of another firm under the same id would be moved from one to the other.
    if (current && 'enterpriseId' in current && current.enterpriseId !== id)
      throw new Refusal('file', 'caseDamaged');
    tx.put(entity, key, values, id);
    return;
  }
  const uscc = values.uscc as string | null | undefined;
  if (uscc && prepared(tx.db, 'SELECT 1 FROM enterprise WHERE uscc = ? AND id <> ?').get(uscc, id))
    delete values.uscc;
  const name = String(values.name ?? current?.name ?? '');
  tx.put(entity, key, values, id, nameKeys(name));
}

function later(entity: string): number {
  return (travelling as readonly string[]).indexOf(entity);
}

function keepNews(tx: Tx, batchId: string, { id, merge }: FirmPlan): void {
  const insert = prepared(
    tx.db,
    `INSERT OR IGNORE INTO foreign_change
       (hlc, at, actor, action, op, entity, entity_id, enterprise_id, fields, made, batch_id)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  for (const c of merge.news)
    insert.run(
      c.hlc,
      c.at,
      c.actor,
      c.action,
      c.op,
      c.entity,
      c.entityId,
      id,
      JSON.stringify(c.fields),
      c.made ? 1 : 0,
      batchId,
    );
}

function keepDisagreements(tx: Tx, batchId: string, { id, merge }: FirmPlan): number {
  // A field that is disputed anew takes the place of the older dispute: the newest two values are the ones to decide on.
  const settle = prepared(
    tx.db,
    `UPDATE conflict SET settled_at = ?, settled_by = ? WHERE settled_at IS NULL
       AND enterprise_id = ? AND entity = ? AND entity_id = ? AND field = ?`,
  );
  const insert = prepared(
    tx.db,
    `INSERT INTO conflict (id, batch_id, enterprise_id, entity, entity_id, field, mine, theirs, kept)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  for (const { entity, id: entityId, field } of merge.taken)
    settle.run(tx.at, tx.meta.actor, id, entity, entityId, field);
  for (const one of merge.disagreements) {
    settle.run(tx.at, tx.meta.actor, id, one.entity, one.id, one.field);
    insert.run(
      uuid(),
      batchId,
      id,
      one.entity,
      one.id,
      one.field,
      JSON.stringify(one.mine),
      JSON.stringify(one.theirs),
      one.kept,
    );
  }
  return merge.disagreements.length;
}

function newestChange(db: Db): number {
  return Number(prepared(db, 'SELECT ifnull(max(id), 0) AS id FROM change').get()?.id);
}

/** The packages that were taken in, newest first. */
export function listCases(db: Db) {
  return prepared(
    db,
    `SELECT id, at, actor, source, sender, sent_at AS sentAt, added, changed, same, conflicts, undone_at AS undoneAt
     FROM case_batch ORDER BY rowid DESC LIMIT 100`,
  )
    .all()
    .map((row) => row as unknown as z.infer<typeof caseBatchShape>);
}

export interface TakenIn {
  readonly batchId: string;
  readonly added: number;
  readonly changed: number;
  readonly same: number;
  readonly conflicts: number;
}

/**
 * Takes a package in, within the write given: records, the senders' log, the rules of their check-ups and what two hands
 * disagree on. Only the firms of `chosen` (ids as in the package). Throws a Refusal; then nothing is stored.
 */
export function takeIn(tx: Tx, open: OpenCase, file: string, chosen: ReadonlySet<string>): TakenIn {
  const { db } = tx;
  const firms = open.firms.filter((firm) => chosen.has(firm.id));
  const newest = firms
    .flatMap((firm) => firm.log.map((change) => change.hlc))
    .sort()
    .at(-1);
  // What is stored from now on comes after everything the sender did.
  if (newest) continueClock(db, newest);
  const batchId = uuid();
  prepared(
    db,
    `INSERT INTO case_batch (id, at, actor, source, sender, sent_at, after_change, added, changed, same, conflicts)
     VALUES (?, ?, ?, ?, ?, ?, ?, 0, 0, 0, 0)`,
  ).run(
    batchId,
    tx.at,
    tx.meta.actor,
    basename(file),
    open.manifest.sender,
    open.manifest.createdAt,
    newestChange(db),
  );
  keepPacks(db, open.packs);
  const counts = { added: 0, changed: 0, same: 0, conflicts: 0 };
  for (const firm of firms) {
    const plan = planFirm(db, firm);
    const { writes, removed } = plan.merge;
    for (const write of [...writes].sort((a, b) => later(a.record.entity) - later(b.record.entity)))
      put(tx, plan.id, write.record, write.parts);
    for (const record of [...removed].sort((a, b) => later(b.entity) - later(a.entity))) {
      const address = addressOf(db, record.entity, record.id, plan.id);
      if (address) tx.remove(address.entity, address.key, plan.id);
    }
    keepNews(tx, batchId, plan);
    counts.conflicts += keepDisagreements(tx, batchId, plan);
    if (plan.found === 'new') counts.added += 1;
    else if (writes.length > 0 || removed.length > 0) counts.changed += 1;
    else counts.same += 1;
  }
  prepared(db, 'UPDATE case_batch SET added = ?, changed = ?, same = ?, conflicts = ? WHERE id = ?').run(
    counts.added,
    counts.changed,
    counts.same,
    counts.conflicts,
    batchId,
  );
  return { batchId, ...counts };
}

/**
 * Takes a package back as one step: records as before, the senders' log and the disagreements gone. Throws a Refusal
 * where the same fields were changed since, or it is taken back already.
 */
export function takeBack(tx: Tx, batchId: string): void {
  const { db } = tx;
  const batch = prepared(db, 'SELECT rowid, after_change, undone_at FROM case_batch WHERE id = ?').get(
    batchId,
  );
  if (!batch || batch.undone_at !== null) throw new Refusal('not-found', 'caseBatchNotFound');
  const newer = prepared(
    db,
    `SELECT 1 FROM case_batch b WHERE b.undone_at IS NULL AND b.rowid > (SELECT rowid FROM case_batch WHERE id = ?)
       AND EXISTS (SELECT 1 FROM foreign_change f JOIN foreign_change g ON g.enterprise_id = f.enterprise_id
                   WHERE f.batch_id = ? AND g.batch_id = b.id)`,
  ).get(batchId, batchId);
  if (newer) throw new Refusal('conflict', 'caseNewerFirst');
  const next = prepared(db, 'SELECT min(after_change) AS until FROM case_batch WHERE rowid > ?').get(
    batch.rowid,
  );
  const row = prepared(
    db,
    `SELECT step FROM change WHERE id > ? AND id <= ? AND action = 'case.merge' LIMIT 1`,
  ).get(batch.after_change, next?.until ?? newestChange(db));
  if (row) turnStep(tx, String(row.step), 'back');
  prepared(db, 'DELETE FROM foreign_change WHERE batch_id = ?').run(batchId);
  prepared(db, 'DELETE FROM conflict WHERE batch_id = ?').run(batchId);
  prepared(db, 'UPDATE case_batch SET undone_at = ? WHERE id = ?').run(tx.at, batchId);
}
