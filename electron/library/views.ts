import { v7 as uuid } from 'uuid';
import { z } from 'zod';
import { listChoiceShape } from './list-question.ts';
import { type Db, prepared } from './open.ts';
import { recordOf } from './records.ts';
import { invalid, Refusal } from './refusal.ts';
import { idShape, plainText } from './shapes.ts';
import type { Tx } from './write.ts';

/** Columns of the library screen, in the order in which they stand there. */
export const listColumnNames = [
  'name',
  'uscc',
  'place',
  'industry',
  'sizeClass',
  'stage',
  'revenue',
  'tier',
  'rung1',
  'rung2',
  'rung3',
  'gaps',
  'distance',
  'effort',
  'tags',
  'consultant',
  'editor',
  'review',
  'expiry',
  'checked',
  'updated',
] as const;
export const listColumnShape = z.enum(listColumnNames);
export type ListColumn = z.infer<typeof listColumnShape>;

/** What a view keeps of a list: search, filters, order and columns. */
export const viewDefinitionShape = listChoiceShape.extend({
  columns: z.array(listColumnShape).min(1).max(listColumnNames.length),
});
export type ViewDefinition = z.infer<typeof viewDefinitionShape>;
export const viewShape = z.object({ id: idShape, name: plainText(60), definition: viewDefinitionShape });
export type View = z.infer<typeof viewShape>;

/** Views that are kept, by name; one that this version cannot read is left out and stays as it is. */
export function listViews(db: Db): View[] {
  const collator = new Intl.Collator('zh-CN', { numeric: true });
  return prepared(db, 'SELECT * FROM list_view')
    .all()
    .flatMap((row) => {
      const view = viewShape.safeParse(recordOf('listView', row));
      return view.success ? [view.data] : [];
    })
    .sort((a, b) => collator.compare(a.name, b.name));
}

/** Keeps a view (without id a new one). Throws a Refusal where another has the name. */
export function saveView(
  tx: Tx,
  view: { readonly id?: string | undefined; readonly name: string; readonly definition: ViewDefinition },
): string {
  const name = view.name.trim();
  if (name === '') throw invalid('nameMissing', { path: 'name' });
  const { id = uuid(), definition } = view;
  if (view.id && !prepared(tx.db, 'SELECT 1 FROM list_view WHERE id = ?').get(id))
    throw new Refusal('not-found', 'viewNotFound', { id });
  if (prepared(tx.db, 'SELECT 1 FROM list_view WHERE name = ? AND id <> ?').get(name, id))
    throw new Refusal('duplicate', 'viewNameTaken', { path: 'name', name });
  tx.put('listView', { id }, { name, definition }, null);
  return id;
}

/** Throws a Refusal where there is no such view. */
export function removeView(tx: Tx, id: string): void {
  if (!tx.remove('listView', { id }, null)) throw new Refusal('not-found', 'viewNotFound', { id });
}
