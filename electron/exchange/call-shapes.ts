import { z } from 'zod';
import { listChoiceShape } from '../library/list-question.ts';
import {
  appliedShape,
  batchShape,
  choicesShape,
  importRowShape,
  mappingShape,
  openedImportShape,
  previewShape,
} from './import-shapes.ts';

const id = z.uuid();
const path = z.string().min(1).max(4000);
const locale = z.enum(['zh', 'en']);
const opened = openedImportShape.extend({ id });
const nothing = z.object({});

/** Columns of a list that can be exported, named as on the library screen. */
export const exportColumns = [
  'name',
  'shortName',
  'uscc',
  'city',
  'district',
  'industry',
  'mainProduct',
  'sizeClass',
  'stage',
  'tier',
  'rung1',
  'rung2',
  'rung3',
  'gaps',
  'revenue',
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
export type ExportColumn = (typeof exportColumns)[number];

/** A list, or of it only some enterprises, or all but some. */
export const exportedListShape = listChoiceShape.extend({
  only: z.array(id).max(200_000).optional(),
  except: z.array(id).max(20_000).optional(),
});

/** Import and export in the contract. */
export const exchangeCalls = {
  /** Opens a file the user chose in a dialog. Nothing is stored before 'import.apply'. */
  'import.open': { from: 'shell', effect: 'work', input: z.object({ path }), output: opened },
  /** Opens a file dropped on the window (at most 15 MB; larger ones go through the dialog). */
  'import.bytes': {
    from: 'window',
    effect: 'work',
    input: z.object({ name: z.string().max(400), bytes: z.instanceof(Uint8Array) }),
    output: opened,
  },
  /** Opens cells copied from a spreadsheet (tab-separated text). */
  'import.paste': {
    from: 'window',
    effect: 'work',
    input: z.object({ text: z.string().min(1).max(12_000_000) }),
    output: opened,
  },
  'import.sheet': {
    from: 'window',
    effect: 'none',
    input: z.object({ id, sheet: z.number().int().min(0).max(1000) }),
    output: opened,
  },
  /** Takes the person's mapping and remembers it for tables with the same headers. */
  'import.setMapping': {
    from: 'window',
    effect: 'change',
    input: z.object({ id, mapping: mappingShape }),
    output: opened,
  },
  /** A dry run. */
  'import.preview': {
    from: 'window',
    effect: 'none',
    input: z.object({ id, choices: choicesShape }),
    output: previewShape,
  },
  /** A page of the rows of the last dry run, with what becomes of each. */
  'import.rows': {
    from: 'window',
    effect: 'none',
    input: z.object({
      id,
      query: z.string().max(200),
      offset: z.number().int().min(0),
      limit: z.number().int().min(1).max(500),
    }),
    output: z.object({ total: z.number(), rows: z.array(importRowShape) }),
  },
  /** All or nothing; a checked backup is made first. Events 'progress' with job 'import', then 'judge'. */
  'import.apply': {
    from: 'window',
    effect: 'work',
    input: z.object({ id, choices: choicesShape }),
    output: appliedShape,
  },
  /** Lets go of an opened table. */
  'import.close': { from: 'window', effect: 'none', input: z.object({ id }), output: nothing },
  /** The rows in error as a workbook, to be corrected and imported again. */
  'import.errorsFile': {
    from: 'shell',
    effect: 'none',
    input: z.object({ id, path, locale }),
    output: z.object({ path: z.string(), rows: z.number() }),
  },
  'import.list': { from: 'window', effect: 'none', input: nothing, output: z.array(batchShape) },
  /** Takes an import back as one step; refused where the same fields were edited since. */
  'import.undo': {
    from: 'window',
    effect: 'work',
    input: z.object({ batchId: id }),
    output: z.array(batchShape),
  },
  /** Adds a complete export to this library; enterprises that are there already stay as they are. */
  'import.everything': {
    from: 'shell',
    effect: 'work',
    input: z.object({ path }),
    output: z.object({ added: z.number(), skipped: z.number() }),
  },
  /** A list with its filter, order and columns as .xlsx or .csv, by the ending of the path. Amounts in 万元. */
  'export.list': {
    from: 'shell',
    effect: 'none',
    input: z.object({
      list: exportedListShape,
      columns: z.array(z.enum(exportColumns)).min(1).max(40),
      path,
      locale,
    }),
    output: z.object({ path: z.string(), rows: z.number() }),
  },
  /** Everything in open formats: a zip of JSON (complete) and CSV (to look at) with a description. */
  'export.everything': {
    from: 'shell',
    effect: 'none',
    input: z.object({ path, locale }),
    output: z.object({ path: z.string(), enterprises: z.number(), bytes: z.number() }),
  },
} as const;
