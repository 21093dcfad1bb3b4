import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import type { Rules } from '../diagnosis/context.ts';
import { sectionsOf } from '../library/bulk.ts';
import type { Db } from '../library/open.ts';
import type { Districts, Industries } from '../library/reference-schema.ts';
import { Refusal } from '../library/refusal.ts';
import { errorsWorkbook } from './errors-file.ts';
import { type FoundHeader, findHeader } from './find-header.ts';
import { type Applied, type ApplyOptions, applyImport } from './import-apply.ts';
import { type Check, checkDrafts } from './import-check.ts';
import { type Choices, FILL_BLANKS, type FieldPolicies, rowTaker } from './import-choices.ts';
import { type CellError, type Drafts, readDrafts } from './import-drafts.ts';
import { headerIndex } from './import-headers.ts';
import {
  columnName,
  columnSamples,
  findClash,
  headerSignature,
  type Mapping,
  proposeMapping,
  ratioDoubts,
} from './import-mapping.ts';
import { previewOf } from './import-preview.ts';
import type { RatioDoubt } from './import-ratios.ts';
import { lexicon } from './import-reader.ts';
import { type RowsPage, type RowsQuestion, rowsPage } from './import-rows.ts';
import type { AppliedResult, OpenedImport, Preview } from './import-shapes.ts';
import { importTargets } from './import-targets.ts';
import { enterpriseRows } from './row-kinds.ts';
import { decodeText, parseDelimited } from './sheet-csv.ts';
import { LIMITS, sheetKind } from './sheet-kind.ts';
import type { Cell, Table } from './sheet-table.ts';
import { openWorkbook, readWorkbookSheet, type Workbook } from './sheet-xlsx.ts';
import { writeWhole } from './whole-file.ts';

/** Sheets looked at for one with enterprises. */
const SHEETS_TRIED = 6;

export type ImportSource =
  | { readonly path: string }
  | { readonly name: string; readonly bytes: Uint8Array }
  | { readonly text: string };

export interface SessionOptions {
  readonly db: Db;
  readonly resources: {
    readonly rules: Rules;
    readonly industries: Industries;
    readonly districts: Districts;
  };
  /** Today, YYYY-MM-DD: the last closed fiscal year is the one before. */
  readonly today: string;
  /** The mapping a person chose for a table with these headers, if any. */
  remembered(signature: string): Mapping | null;
  /** What a person chose for the fields of such a table, if anything. */
  rememberedPolicies(signature: string): FieldPolicies | null;
}

function readSource(source: ImportSource): { name: string; bytes: Buffer | null; text: string | null } {
  if ('text' in source) return { name: '', bytes: null, text: source.text };
  if ('bytes' in source) return { name: source.name, bytes: Buffer.from(source.bytes), text: null };
  try {
    const { size } = statSync(source.path);
    if (size > LIMITS.fileBytes)
      throw new Refusal('file', 'fileTooLarge', {
        limit: LIMITS.fileBytes / 1048576,
        megabytes: Math.round(size / 1048576),
      });
    return { name: basename(source.path), bytes: readFileSync(source.path), text: null };
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal('file', 'fileUnreadable', { reason: (error as NodeJS.ErrnoException).code ?? '' });
  }
}

/** One opened table on its way into the library. Nothing is stored until `apply`. */
export class ImportSession {
  readonly #options: SessionOptions;
  readonly #targets;
  readonly #index;
  readonly #words;
  readonly #sections: ReadonlyMap<string, string>;
  #workbook: Workbook | null = null;
  #name = '';
  #sheet = 0;
  #table: Table = { rows: [], merges: [] };
  #header: FoundHeader = { row: 0, rows: 1, headers: [], lower: [], units: new Map(), sheetUnit: null };
  #mapping: Mapping = { columns: [], year: 0, unit: 'wan' };
  #guessed: readonly number[] = [];
  #remembered = false;
  #doubts: ReadonlyMap<number, RatioDoubt> = new Map();
  #choices: Choices = { ...FILL_BLANKS, faulty: 'row', out: [], part: [] };
  #last: { check: Check; drafts: Drafts } | null = null;

  constructor(options: SessionOptions) {
    this.#options = options;
    const { rules, industries, districts } = options.resources;
    this.#targets = importTargets(rules.facts);
    this.#index = headerIndex(this.#targets, rules.facts);
    this.#words = lexicon(industries, districts);
    this.#sections = sectionsOf(industries);
  }

  /** Reads a file or pasted text. Throws a Refusal for what is no table; nothing is changed then. */
  async open(source: ImportSource): Promise<OpenedImport> {
    const { name, bytes, text } = readSource(source);
    this.#name = name;
    if (text !== null) this.#use(parseDelimited(text));
    else if (bytes) {
      const found = sheetKind(bytes);
      if (found.kind === 'text') this.#use(parseDelimited(decodeText(bytes).text));
      else {
        this.#workbook = openWorkbook(bytes, found.entries);
        await this.#turnToTable(this.#workbook);
      }
    }
    return this.describe();
  }

  /** Turns to the first visible sheet that names enterprises; notes on filling in often come before it. */
  async #turnToTable(workbook: Workbook): Promise<void> {
    const visible = workbook.sheets.flatMap(({ hidden, path }, i) => (!hidden && path ? [i] : []));
    for (const sheet of visible.length > 1 ? visible.slice(0, SHEETS_TRIED) : []) {
      try {
        await this.turnTo(sheet);
      } catch (error) {
        // One sheet too large or damaged is told when somebody turns to it.
        if (error instanceof Refusal) continue;
        throw error;
      }
      const named = this.#mapping.columns.some(
        (c) => c.target === 'profile:name' || c.target === 'profile:uscc',
      );
      if (named && this.#data().length > 0) return;
    }
    await this.turnTo(visible[0] ?? 0);
  }

  /** Turns to another sheet of the workbook. Throws a Refusal. */
  async turnTo(sheet: number): Promise<OpenedImport> {
    if (!this.#workbook) throw new Refusal('file', 'sheetGone');
    const table = await readWorkbookSheet(this.#workbook, sheet);
    this.#sheet = sheet;
    this.#use(table);
    return this.describe();
  }

  #use(table: Table): void {
    this.#table = table;
    this.#last = null;
    this.#header = findHeader(table, this.#index);
    this.#fillDown();
    const data = this.#data();
    const fiscalYear = Number(this.#options.today.slice(0, 4)) - 1;
    const proposal = proposeMapping(this.#header, data, this.#targets, this.#index, fiscalYear);
    const known = this.#options.remembered(headerSignature(this.#header.headers));
    const fits =
      known?.columns.length === this.#header.headers.length &&
      known.columns.every((c) => c.target === null || this.#targets.has(c.target));
    this.#remembered = fits;
    this.#settle(fits && known ? { ...known, year: fiscalYear } : proposal);
    const { policy, fields } = this.#options.rememberedPolicies(this.signature) ?? FILL_BLANKS;
    this.#choices = { policy, fields, faulty: 'row', out: [], part: [] };
    this.#guessed = fits ? [] : proposal.guessed;
  }

  /** Takes a mapping; ratios of which nobody said how they are written are looked over. */
  #settle(mapping: Mapping): void {
    const { settled, doubts } = ratioDoubts(
      mapping,
      this.#header,
      this.#data(),
      this.#targets,
      this.#firstRow,
    );
    this.#mapping = { ...mapping, columns: settled };
    this.#doubts = doubts;
  }

  /** Texts of cells merged downwards count for each row; numbers do not, or a sum would be counted several times. */
  #fillDown(): void {
    const { rows, merges } = this.#table;
    const first = this.#firstRow;
    for (const { top, left, bottom, right } of merges) {
      if (top < first || left !== right) continue;
      const value = rows[top]?.[left];
      if (typeof value !== 'string') continue;
      for (let r = top + 1; r <= Math.min(bottom, rows.length - 1); r += 1) rows[r]![left] ??= value;
    }
  }

  #data(): Cell[][] {
    return this.#table.rows.slice(this.#firstRow);
  }

  /** Row of the first line of data, from 0. */
  get #firstRow(): number {
    return this.#header.row + this.#header.rows;
  }

  /** The column of a target; -1 where it has none. */
  #column(target: string): number {
    return this.#mapping.columns.find((c) => c.target === target)?.column ?? -1;
  }

  describe(): OpenedImport {
    const data = this.#data();
    const { headers, row } = this.#header;
    const { policy, fields } = this.#choices;
    const samples = columnSamples(data, headers.length);
    return {
      name: this.#name,
      sheets: (this.#workbook?.sheets ?? []).map(({ name, hidden }) => ({ name, hidden })),
      sheet: this.#sheet,
      headerRow: row + 1,
      rows: enterpriseRows(data, this.#column('profile:name'), this.#column('profile:uscc'), headers),
      firstRow: this.#firstRow + 1,
      columns: headers.map((header, column) => ({
        ...(this.#mapping.columns[column] ?? { column, target: null, year: null, unit: null }),
        header,
        samples: samples[column] ?? [],
        guessed: this.#guessed.includes(column),
        doubt: this.#doubts.get(column) ?? null,
      })),
      year: this.#mapping.year,
      unit: this.#mapping.unit,
      remembered: this.#remembered,
      policies: { policy, fields },
      targets: [...this.#targets.values()].map(({ id, group, kind, yearly, field, label }) => ({
        id,
        group,
        kind,
        yearly,
        field,
        label,
      })),
    };
  }

  get signature(): string {
    return headerSignature(this.#header.headers);
  }
  get mapping(): Mapping {
    return this.#mapping;
  }

  /** Takes a person's mapping. Throws a Refusal where a column or a target is none, or one is given twice. */
  setMapping(mapping: Mapping): OpenedImport {
    const width = this.#header.headers.length;
    for (const { column, target } of mapping.columns) {
      if (column >= width || (target !== null && !this.#targets.has(target)))
        throw new Refusal('invalid-input', 'mappingUnknown');
    }
    this.#refuseClash(mapping);
    const byColumn = new Map(mapping.columns.map((c) => [c.column, c]));
    this.#settle({
      ...mapping,
      columns: this.#header.headers.map(
        (_, column) => byColumn.get(column) ?? { column, target: null, year: null, unit: null },
      ),
    });
    this.#guessed = [];
    this.#last = null;
    return this.describe();
  }

  /** Throws a Refusal naming both columns where one would overwrite the other. */
  #refuseClash(mapping: Mapping): void {
    const clash = findClash(mapping, this.#targets);
    if (!clash) return;
    const named = {
      first: columnName(this.#header.headers, clash.first),
      second: columnName(this.#header.headers, clash.second),
    };
    if (typeof clash.year === 'number')
      throw new Refusal('invalid-input', 'mappingTwiceYear', { ...named, year: clash.year });
    throw new Refusal('invalid-input', 'mappingTwice', named);
  }

  #run(choices: Choices): { check: Check; drafts: Drafts } {
    const named = this.#mapping.columns.some(
      (c) => c.target === 'profile:name' || c.target === 'profile:uscc',
    );
    if (!named) throw new Refusal('invalid-input', 'mappingNoName');
    // Also for a mapping nobody has sent: one proposed, or remembered from another year.
    this.#refuseClash(this.#mapping);
    const drafts = readDrafts(this.#data(), {
      mapping: this.#mapping,
      headers: this.#header.headers,
      targets: this.#targets,
      words: this.#words,
      firstRow: this.#firstRow,
      newestYear: Number(this.#options.today.slice(0, 4)),
      today: this.#options.today,
      take: rowTaker(choices),
    });
    const check = checkDrafts(this.#options.db, drafts, {
      choices,
      targets: this.#targets,
      sections: this.#sections,
      columnOf: (target) => this.#mapping.columns.find((c) => c.target === target)?.column ?? null,
    });
    this.#choices = choices;
    this.#last = { check, drafts };
    return this.#last;
  }

  /** A dry run with these choices: counts, errors cell by cell, what stays as it is. Throws a Refusal. */
  preview(choices: Choices): Preview {
    return previewOf({
      ...this.#run(choices),
      header: this.#header,
      mapping: this.#mapping,
      doubts: this.#doubts,
    });
  }

  /** A page of the rows of the last preview, with what becomes of each. Throws a Refusal. */
  rows(question: RowsQuestion): RowsPage {
    const { check, drafts } = this.#last ?? this.#run(this.#choices);
    return rowsPage(question, {
      check,
      drafts,
      rows: this.#table.rows,
      firstRow: this.#firstRow,
      nameColumns: [this.#column('profile:name'), this.#column('profile:uscc')],
    });
  }

  /** Stores what the last preview showed, checked once more against the library as it is now. Throws a Refusal. */
  apply(
    choices: Choices,
    options: Pick<ApplyOptions, 'actor' | 'now' | 'progress'>,
  ): Applied & Omit<AppliedResult, 'batchId'> & { signature: string } {
    const { check } = this.#run(choices);
    if (check.drafts.length === 0) throw new Refusal('invalid-input', 'importNothing');
    const applied = applyImport(this.#options.db, {
      ...options,
      check,
      catalogue: this.#options.resources.rules.facts,
      source: this.#name,
    });
    return {
      ...applied,
      signature: this.signature,
      added: check.added,
      changed: check.changed,
      same: check.same,
      failedRows: check.failedRows.size,
      handRows: check.byHand.size,
      partRows: check.part.size,
    };
  }

  /**
   * Writes what was left out as a workbook: the rows in error, those without some cells and those left out by hand, as they
   * are, and a column of what is wrong. Throws a Refusal.
   */
  async writeErrors(path: string, locale: 'zh' | 'en'): Promise<{ rows: number }> {
    const { check } = this.#last ?? this.#run(this.#choices);
    const header = this.#table.rows.slice(this.#header.row, this.#firstRow);
    const rows = [...check.failedRows, ...check.part].sort((a, b) => a - b);
    const byRow = new Map<number, CellError[]>(rows.map((row) => [row, []]));
    for (const error of check.errors) byRow.get(error.row)?.push(error);
    const bytes = await errorsWorkbook({
      headers: this.#header.headers,
      units: header.length > 1 && this.#header.units.size > 0 ? (header.at(-1) ?? []) : null,
      rows: rows.map((row) => ({
        cells: this.#table.rows[row] ?? [],
        errors: byRow.get(row) ?? [],
        left: check.part.has(row) ? 'cells' : check.byHand.has(row) ? 'hand' : 'row',
      })),
      locale,
    });
    await writeWhole(path, (write) => write(bytes));
    return { rows: rows.length };
  }
}
