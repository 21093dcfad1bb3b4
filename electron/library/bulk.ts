import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { archiveEnterprise, getEnterprise, updateEnterprise } from './enterprises.ts';
import { listChoiceShape } from './list-question.ts';
import { type Db, prepared } from './open.ts';
import type { Industries } from './reference-schema.ts';
import { Refusal } from './refusal.ts';
import { matchingIds } from './search.ts';
import { type Enterprise, idShape, type Profile, plainText, profileShape } from './shapes.ts';
import { restoreFromTrash, trashEnterprise } from './trash.ts';
import type { Tx } from './write.ts';

/** Which enterprises: those named, or all of a list but some. */
export const selectionShape = z.union([
  z.strictObject({ ids: z.array(idShape).min(1).max(200_000) }),
  z.strictObject({ list: listChoiceShape, except: z.array(idShape).max(20_000).optional() }),
]);
export type Selection = z.infer<typeof selectionShape>;

const tagList = z.array(plainText(40).min(1)).max(30);

/** Fields that make sense for many enterprises at once; null = back to unknown. */
export const bulkChangesShape = z.strictObject({
  fields: profileShape
    .pick({
      province: true,
      city: true,
      district: true,
      industryDivision: true,
      ownership: true,
      listingStatus: true,
      chain: true,
      consultant: true,
    })
    .partial()
    .optional(),
  /** With `set` all other tags go. */
  tags: z
    .strictObject({ set: tagList.optional(), add: tagList.optional(), remove: tagList.optional() })
    .optional(),
});
export type BulkChanges = z.infer<typeof bulkChangesShape>;

export const operationShape = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('edit'), changes: bulkChangesShape }),
  z.strictObject({ do: z.literal('archive'), archived: z.boolean() }),
  z.strictObject({ do: z.literal('trash') }),
  z.strictObject({ do: z.literal('restore') }),
]);
export type Operation = z.infer<typeof operationShape>;

/** The ids a selection names; those that are not in the library any more are left out. */
export function idsOf(db: Db, selection: Selection, today: string): string[] {
  if ('ids' in selection) {
    const there = prepared(db, 'SELECT 1 FROM enterprise WHERE id = ?');
    return [...new Set(selection.ids)].filter((id) => there.get(id));
  }
  const except = new Set(selection.except);
  return matchingIds(db, selection.list, today).filter((id) => !except.has(id));
}

/** What a change makes of one enterprise: only the fields that differ. */
export function changedFields(enterprise: Enterprise, { fields = {}, tags }: BulkChanges): Partial<Profile> {
  const wanted: Record<string, unknown> = { ...fields };
  if (tags) {
    const kept = (tags.set ?? enterprise.tags).filter((tag) => !tags.remove?.includes(tag));
    wanted.tags = [...new Set([...kept, ...(tags.add ?? [])].map((tag) => tag.trim()))].filter(Boolean);
  }
  return Object.fromEntries(
    Object.entries(wanted).filter(
      ([field, value]) =>
        value !== undefined && !isDeepStrictEqual(value, enterprise[field as keyof Enterprise] ?? null),
    ),
  );
}

export interface BulkPreview {
  selected: number;
  changing: number;
  /** Of those that change, the first ones. */
  samples: { id: string; name: string; fields: { field: string; old: unknown; new: unknown }[] }[];
}

const SAMPLES = 20;

/** What a change would do, without doing it. */
export function previewBulk(db: Db, ids: readonly string[], changes: BulkChanges): BulkPreview {
  const preview: BulkPreview = { selected: ids.length, changing: 0, samples: [] };
  for (const id of ids) {
    const enterprise = getEnterprise(db, id);
    const fields = Object.entries(changedFields(enterprise, changes));
    if (fields.length === 0) continue;
    preview.changing += 1;
    if (preview.samples.length < SAMPLES)
      preview.samples.push({
        id,
        name: enterprise.name,
        fields: fields.map(([field, value]) => ({
          field,
          old: enterprise[field as keyof Enterprise] ?? null,
          new: value,
        })),
      });
  }
  return preview;
}

/**
 * Does one thing to many enterprises, all or nothing; says how many changed. `sections` gives the section of an industry
 * division. Throws a Refusal for an industry that is none.
 */
export function applyBulk(
  tx: Tx,
  ids: readonly string[],
  operation: Operation,
  sections: ReadonlyMap<string, string>,
  progress: (done: number) => void = () => undefined,
): number {
  let changed = 0;
  const change = (id: string): boolean => {
    const before = getEnterprise(tx.db, id);
    switch (operation.do) {
      case 'archive':
        if ((before.archivedAt !== null) === operation.archived || before.trashedAt !== null) return false;
        archiveEnterprise(tx, id, operation.archived);
        return true;
      case 'trash':
        return trashEnterprise(tx, id);
      case 'restore':
        return restoreFromTrash(tx, id);
      case 'edit': {
        const fields = changedFields(before, operation.changes);
        if (Object.keys(fields).length === 0) return false;
        updateEnterprise(tx, id, withSection(fields, sections));
        return true;
      }
    }
  };
  ids.forEach((id, i) => {
    if (change(id)) changed += 1;
    if (i % 200 === 199) progress(i + 1);
  });
  return changed;
}

/** Section of each industry division. */
export function sectionsOf(industries: Industries): ReadonlyMap<string, string> {
  return new Map(industries.divisions.map(({ code, section }) => [code, section]));
}

/** A division lies in exactly one section, so the section follows it. */
function withSection(fields: Partial<Profile>, sections: ReadonlyMap<string, string>): Partial<Profile> {
  const code = fields.industryDivision;
  if (!code) return fields;
  const section = sections.get(code);
  if (!section)
    throw new Refusal('invalid-input', 'industryUnknown', { path: 'industryDivision', value: code });
  return { ...fields, industrySection: section };
}
