import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import type { Rules } from '../diagnosis/context.ts';
import type { Db } from '../library/open.ts';
import type { Districts, Industries } from '../library/reference-schema.ts';
import { Refusal } from '../library/refusal.ts';
import { errorsWorkbook } from './errors-file.ts';
import { type FoundHeader, findHeader } from './find-header.ts';
import { type Applied, type ApplyOptions, applyImport } from './import-apply.ts';
import { type Check, checkDrafts } from './import-check.ts';
import { readDrafts } from './import-drafts.ts';
import { headerIndex } from './import-headers.ts';
import {
  columnName,
  columnSamples,
  findClash,
  headerSignature,
  type Mapping,
  proposeMapping,
} from './import-mapping.ts';
import type { Policies } from './import-plan.ts';
import { lexicon } from './import-reader.ts';
import type { OpenedImport, Preview } from './import-shapes.ts';
import { importTargets } from './import-targets.ts';
import { decodeText, parseDelimited } from './sheet-csv.ts';
import { LIMITS, sheetKind } from './sheet-kind.ts';
import type { Cell, Table } from './sheet-table.ts';
import { openWorkbook, readWorkbookSheet, type Workbook } from './sheet-xlsx.ts';
import { writeWhole } from './whole-file.ts';

const SHOWN_ERRORS = 500;
const SHOWN_CONFLICTS = 200;

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
  #workbook: Workbook | null = null;
  #name = '';
  #sheet = 0;
  #table: Table = { rows: [], merges: [] };
  #header: FoundHeader = { row: 0, rows: 1, headers: [], units: new Map(), sheetUnit: null };
  #mapping: Mapping = { columns: [], year: 0, unit: 'wan' };
  #guessed: readonly number[] = [];
  #remembered = false;
  #policies: Policies = { profile: 'fill', figures: 'fill', facts: 'fill', titles: 'fill' };
  #check: Check | null = null;

  constructor(options: SessionOptions) {
    this.#options = options;
    const { rules, industries, districts } = options.resources;
    this.#targets = importTargets(rules.facts);
    this.#index = headerIndex(this.#targets, rules.facts);
    this.#words = lexicon(industries, districts);
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
        const visible = this.#workbook.sheets.findIndex((sheet) => !sheet.hidden && sheet.path);
        await this.turnTo(Math.max(0, visible));
      }
    }
    return this.describe();
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
    this.#check = null;
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
    this.#mapping = fits && known ? { ...known, year: fiscalYear } : proposal;
    this.#guessed = fits ? [] : proposal.guessed;
  }

  /** Texts of cells merged downwards count for each row; numbers do not, or a sum would be counted several times. */
  #fillDown(): void {
    const { rows, merges } = this.#table;
    const first = this.#header.row + this.#header.rows;
    for (const { top, left, bottom, right } of merges) {
      if (top < first || left !== right) continue;
      const value = rows[top]?.[left];
      if (typeof value !== 'string') continue;
      for (let r = top + 1; r <= Math.min(bottom, rows.length - 1); r += 1) rows[r]![left] ??= value;
    }
  }

  #data(): Cell[][] {
    return this.#table.rows.slice(this.#header.row + this.#header.rows);
  }

  describe(): OpenedImport {
    const data = this.#data();
    const { headers, row, rows } = this.#header;
    const samples = columnSamples(data, headers.length);
    return {
      name: this.#name,
      sheets: (this.#workbook?.sheets ?? []).map(({ name, hidden }) => ({ name, hidden })),
      sheet: this.#sheet,
      headerRow: row + 1,
      rows: data.filter((cells) => cells.some((cell) => cell !== null && cell !== '')).length,
      firstRow: row + rows + 1,
      columns: headers.map((header, column) => ({
        ...(this.#mapping.columns[column] ?? { column, target: null, year: null, unit: null }),
        header,
        samples: samples[column] ?? [],
        guessed: this.#guessed.includes(column),
      })),
      year: this.#mapping.year,
      unit: this.#mapping.unit,
      remembered: this.#remembered,
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
  get lastCheck(): Check | null {
    return this.#check;
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
    this.#mapping = {
      ...mapping,
      columns: this.#header.headers.map(
        (_, column) => byColumn.get(column) ?? { column, target: null, year: null, unit: null },
      ),
    };
    this.#guessed = [];
    this.#check = null;
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

  #run(policies: Policies): { check: Check; rows: number; rounded: number; repeated: number } {
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
      firstRow: this.#header.row + this.#header.rows,
      newestYear: Number(this.#options.today.slice(0, 4)),
      today: this.#options.today,
    });
    this.#policies = policies;
    const check = checkDrafts(this.#options.db, drafts, policies, this.#targets);
    this.#check = check;
    return { check, rows: drafts.rows, rounded: drafts.rounded, repeated: drafts.repeated };
  }

  /** A dry run with these policies: counts, errors cell by cell, what stays as it is. Throws a Refusal. */
  preview(policies: Policies): Preview {
    const { check, rows, rounded, repeated } = this.#run(policies);
    const conflicts = check.drafts.flatMap(({ draft, plan }) =>
      plan.conflicts.map((step) => ({ draft, step })),
    );
    const errors = [...check.errors].sort((a, b) => a.row - b.row || (a.column ?? -1) - (b.column ?? -1));
    return {
      rows,
      failedRows: check.failedRows.size,
      added: check.added,
      changed: check.changed,
      same: check.same,
      conflicting: check.conflicting,
      rounded,
      repeated,
      errorCount: errors.length,
      errors: errors.slice(0, SHOWN_ERRORS).map((error) => ({
        ...error,
        row: error.row + 1,
        header: error.column === null ? null : (this.#header.headers[error.column] ?? ''),
      })),
      conflictCount: conflicts.length,
      conflicts: conflicts.slice(0, SHOWN_CONFLICTS).map(({ draft, step }) => ({
        name: draft.name ?? draft.uscc ?? '',
        row: draft.rows[0]! + 1,
        target: step.target.id,
        year: step.year,
        old: Array.isArray(step.old) ? step.old.join(', ') : step.old,
        value: Array.isArray(step.value) ? step.value.join(', ') : step.value,
      })),
      notices: check.notices.slice(0, SHOWN_CONFLICTS).map((notice) => ({ ...notice, row: notice.row + 1 })),
      noticeCount: check.notices.length,
    };
  }

  /** Stores what the last preview showed, checked once more against the library as it is now. Throws a Refusal. */
  apply(
    policies: Policies,
    options: Pick<ApplyOptions, 'actor' | 'now' | 'progress'>,
  ): Applied & Pick<Preview, 'added' | 'changed' | 'same' | 'failedRows'> {
    const { check } = this.#run(policies);
    if (check.drafts.length === 0) throw new Refusal('invalid-input', 'importNothing');
    const { rules, industries } = this.#options.resources;
    const applied = applyImport(this.#options.db, {
      ...options,
      check,
      catalogue: rules.facts,
      sections: new Map(industries.divisions.map(({ code, section }) => [code, section])),
      source: this.#name,
    });
    return {
      ...applied,
      added: check.added,
      changed: check.changed,
      same: check.same,
      failedRows: check.failedRows.size,
    };
  }

  /** Writes the rows in error as a workbook: the rows as they are and a column of what is wrong. Throws a Refusal. */
  async writeErrors(path: string, locale: 'zh' | 'en'): Promise<{ rows: number }> {
    const check = this.#check ?? this.#run(this.#policies).check;
    const header = this.#table.rows.slice(this.#header.row, this.#header.row + this.#header.rows);
    const rows = [...check.failedRows].sort((a, b) => a - b);
    const bytes = await errorsWorkbook({
      headers: this.#header.headers,
      units: header.length > 1 && this.#header.units.size > 0 ? (header.at(-1) ?? []) : null,
      rows: rows.map((row) => ({
        cells: this.#table.rows[row] ?? [],
        errors: check.errors.filter((e) => e.row === row),
      })),
      locale,
    });
    await writeWhole(path, (write) => write(bytes));
    return { rows: rows.length };
  }
}
