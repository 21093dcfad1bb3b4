import { z } from 'zod';
import { yearShape } from '../library/shapes.ts';
import { units } from './import-headers.ts';
import { policies } from './import-plan.ts';

/** Shapes of the import calls, for the contract. Rows are counted from 1 as the sheet shows them, columns from 0. */
const unitShape = z.enum(units);
const moneyUnitShape = unitShape.exclude(['percent', 'fraction']);
export const columnMappingShape = z.object({
  column: z.number().int().min(0).max(999),
  target: z.string().max(80).nullable(),
  year: yearShape.nullable(),
  unit: unitShape.nullable(),
});
export const mappingShape = z.object({
  columns: z.array(columnMappingShape).max(1000),
  year: yearShape,
  unit: moneyUnitShape,
});
const policyShape = z.enum(policies);
/** What happens to values that are there already, by group; filling blanks is the default of the screen. */
export const policiesShape = z.object({
  profile: policyShape,
  figures: policyShape,
  facts: policyShape,
  titles: policyShape,
});

export const openedImportShape = z.object({
  name: z.string(),
  sheets: z.array(z.object({ name: z.string(), hidden: z.boolean() })),
  sheet: z.number().int(),
  headerRow: z.number().int(),
  firstRow: z.number().int(),
  rows: z.number().int(),
  columns: z.array(
    columnMappingShape.extend({ header: z.string(), samples: z.array(z.string()), guessed: z.boolean() }),
  ),
  year: z.number().int(),
  unit: moneyUnitShape,
  /** The mapping is the one chosen last time for a table with these headers. */
  remembered: z.boolean(),
  targets: z.array(
    z.object({
      id: z.string(),
      group: z.enum(['profile', 'figures', 'facts', 'titles', 'year']),
      kind: z.string(),
      yearly: z.boolean(),
      field: z.string(),
      label: z.object({ zh: z.string(), en: z.string() }).nullable(),
    }),
  ),
});
export type OpenedImport = z.infer<typeof openedImportShape>;

const shownValue = z.union([z.string(), z.number(), z.boolean()]);
const count = z.number().int();
export const previewShape = z.object({
  rows: count,
  failedRows: count,
  added: count,
  changed: count,
  same: count,
  conflicting: count,
  rounded: count,
  repeated: count,
  errorCount: count,
  errors: z.array(
    z.object({
      row: count,
      column: count.nullable(),
      header: z.string().nullable(),
      value: z.string(),
      /** Key in exchange.json under "problem". */
      key: z.string(),
      details: z.record(z.string(), z.union([z.string(), z.number()])),
    }),
  ),
  conflictCount: count,
  conflicts: z.array(
    z.object({
      name: z.string(),
      row: count,
      target: z.string(),
      year: count.nullable(),
      old: shownValue.nullable(),
      value: shownValue,
    }),
  ),
  noticeCount: count,
  notices: z.array(
    z.object({
      key: z.enum(['renamed', 'nameVariant', 'sameName']),
      row: count,
      name: z.string(),
      knownName: z.string(),
    }),
  ),
});
export type Preview = z.infer<typeof previewShape>;

export const appliedShape = z.object({
  batchId: z.string(),
  added: count,
  changed: count,
  same: count,
  failedRows: count,
});
export type AppliedResult = z.infer<typeof appliedShape>;

export const batchShape = z.object({
  id: z.string(),
  at: z.string(),
  actor: z.string(),
  source: z.string(),
  added: count,
  changed: count,
  same: count,
  failed: count,
  undoneAt: z.string().nullable(),
});
