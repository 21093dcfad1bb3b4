import { z } from 'zod';
import { yearShape } from '../library/shapes.ts';
import { policies } from './import-choices.ts';
import { units } from './import-headers.ts';

/** Shapes of the import calls, for the contract. Rows are counted from 1 as the sheet shows them, columns from 0. */
const unitShape = z.enum(units);
const moneyUnitShape = unitShape.exclude(['percent', 'fraction', 'bySize']);
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
/** What happens to values that are there already: for the whole import, and for fields (by target id) where it differs. */
export const fieldPoliciesShape = z.object({
  policy: policyShape,
  fields: z.record(z.string().max(80), policyShape),
});
const rowNumbers = z.array(z.number().int().min(1).max(2_000_000)).max(200_000);
/**
 * What a person decides about an import. Rows as the sheet shows them: `faulty` says whether rows with faulty cells stay out
 * or come in without those cells, `part` which of them come in all the same, `out` which rows are left out by hand.
 */
export const choicesShape = fieldPoliciesShape.extend({
  faulty: z.enum(['row', 'cells']),
  out: rowNumbers,
  part: rowNumbers,
});

const exampleShape = z.object({ row: z.number().int(), value: z.string() });
/** A column of ratios that can be read in two ways, with examples of both. */
const doubtShape = z.object({
  kind: z.enum(['mixed', 'small']),
  percents: z.array(exampleShape),
  fractions: z.array(exampleShape),
});

export const openedImportShape = z.object({
  name: z.string(),
  sheets: z.array(z.object({ name: z.string(), hidden: z.boolean() })),
  sheet: z.number().int(),
  headerRow: z.number().int(),
  firstRow: z.number().int(),
  rows: z.number().int(),
  columns: z.array(
    columnMappingShape.extend({
      header: z.string(),
      samples: z.array(z.string()),
      guessed: z.boolean(),
      doubt: doubtShape.nullable(),
    }),
  ),
  year: z.number().int(),
  unit: moneyUnitShape,
  /** The mapping is the one chosen last time for a table with these headers. */
  remembered: z.boolean(),
  /** What was chosen for the fields of such a table the last time; filling blanks where nothing was. */
  policies: fieldPoliciesShape,
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
  /** Rows that stay out, those left out by hand among them. */
  failedRows: count,
  handRows: count,
  /** Rows that come in without their faulty cells. */
  partRows: count,
  /** Rows with faulty cells, whatever becomes of them. */
  faultyRows: count,
  added: count,
  changed: count,
  same: count,
  conflicting: count,
  /** Enterprises of the file that the library knows. */
  known: count,
  /** Each mapped field: values the library lacks, and values it has otherwise, of enterprises it knows. */
  fields: z.array(z.object({ target: z.string(), blank: count, differ: count })),
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
      /** The row cannot come in without this cell. */
      needed: z.boolean(),
      /** What stays out for it with the choices made. */
      left: z.enum(['row', 'cell']),
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
      key: z.enum([
        'renamed',
        'nameVariant',
        'sameName',
        'ratioMixed',
        'ratioSmall',
        'total',
        'note',
        'header',
        'heading',
      ]),
      row: count,
      /** Name of the enterprise, of the column, or the text of the row. */
      name: z.string(),
      knownName: z.string(),
      details: z.record(z.string(), z.union([z.string(), z.number()])),
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
  handRows: count,
  partRows: count,
});
export type AppliedResult = z.infer<typeof appliedShape>;

export const importRowShape = z.object({
  row: count,
  name: z.string(),
  /** 'out' = left out by hand, 'faulty' = stays out because of its faulty cells. */
  becomes: z.enum(['added', 'changed', 'same', 'out', 'faulty']),
  /** Its faulty cells. */
  faults: count,
  /** It cannot come in at all as it is: something is wrong that says which enterprise or year it is about. */
  lost: z.boolean(),
});
export type ImportRow = z.infer<typeof importRowShape>;

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
