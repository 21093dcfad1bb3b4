import type { Db } from '../library/open.ts';
import { Problem } from './cell-values.ts';
import { type Choices, rowTaker } from './import-choices.ts';
import type { CellError, Draft, Drafts } from './import-drafts.ts';
import { type MatchNotice, matchDraft, readRoster } from './import-match.ts';
import { type DraftPlan, type PlanOptions, planDraft, type Refused } from './import-plan.ts';

/** An enterprise of the file with what is to be done about it. */
export interface CheckedDraft {
  readonly draft: Draft;
  readonly plan: DraftPlan;
}

/** How many values of a field the library lacks, and how many it has otherwise; of enterprises it knows. */
export interface FieldCount {
  blank: number;
  differ: number;
}

/** A dry run: nothing is stored. */
export interface Check {
  readonly drafts: readonly CheckedDraft[];
  readonly errors: readonly CellError[];
  /** Rows that stay out, those left out by hand among them. */
  readonly failedRows: ReadonlySet<number>;
  readonly byHand: ReadonlySet<number>;
  /** Rows that come in without their faulty cells. */
  readonly part: ReadonlySet<number>;
  readonly added: number;
  readonly changed: number;
  readonly same: number;
  /** Enterprises of which at least one value differs from the file and stays. */
  readonly conflicting: number;
  /** Enterprises of the file that the library knows. */
  readonly known: number;
  /** By target id. */
  readonly fields: ReadonlyMap<string, FieldCount>;
  readonly notices: readonly { key: MatchNotice; row: number; name: string; knownName: string }[];
}

export interface CheckOptions extends Omit<PlanOptions, 'choices'> {
  readonly choices: Choices;
  /** The column a target comes from; null where there is none. */
  columnOf(target: string): number | null;
}

function countFields(fields: Map<string, FieldCount>, { set, conflicts }: DraftPlan): void {
  for (const steps of [set, conflicts])
    for (const { target, old } of steps) {
      const count = fields.get(target.id) ?? { blank: 0, differ: 0 };
      fields.set(target.id, count);
      if (old === null) count.blank += 1;
      else count.differ += 1;
    }
}

/** Matches every draft with the library and works out what would be stored. */
export function checkDrafts(
  db: Db,
  { drafts, errors, failed, byHand, part: partly }: Drafts,
  options: CheckOptions,
): Check {
  const roster = readRoster(db);
  const take = rowTaker(options.choices);
  const checked: CheckedDraft[] = [];
  const found: CellError[] = [...errors];
  const [failedRows, part] = [new Set(failed), new Set(partly)];
  const notices: Check['notices'][number][] = [];
  const taken = new Map<string, Draft>();
  const fields = new Map<string, FieldCount>();
  let [added, changed, same, conflicting, known] = [0, 0, 0, 0, 0];
  const tell = (draft: Draft, { key, details }: Problem, column: number | null) => {
    const value = column === null ? (draft.name ?? draft.uscc ?? '') : String(details.expires ?? '');
    for (const row of draft.rows) found.push({ row, column, key, details, value, needed: column === null });
  };
  const fail = (draft: Draft, problem: Problem, column: number | null = null) => {
    tell(draft, problem, column);
    for (const row of draft.rows) {
      failedRows.add(row);
      part.delete(row);
    }
  };
  /** Takes the values away that cannot be stored, where all rows of the draft come in without faulty cells. */
  const without = (draft: Draft, { problem, paths }: Refused): boolean => {
    const column = paths.map(options.columnOf).find((at) => at !== null) ?? null;
    const ours = paths.some((path) => draft.values.has(path));
    if (!ours || column === null || !draft.rows.every((row) => take(row) === 'part')) {
      fail(draft, problem, column);
      return false;
    }
    tell(draft, problem, column);
    for (const row of draft.rows) part.add(row);
    for (const path of paths) draft.values.delete(path);
    return true;
  };
  for (const draft of drafts) {
    const match = matchDraft(draft, roster);
    if (match instanceof Problem) {
      fail(draft, match);
      continue;
    }
    const other = match.id === null ? undefined : taken.get(match.id);
    if (other) {
      fail(draft, new Problem('contradicts', { row: other.rows[0]! + 1 }));
      continue;
    }
    let plan = planDraft(db, draft, match.id, options);
    while ('problem' in plan && without(draft, plan)) plan = planDraft(db, draft, match.id, options);
    if ('problem' in plan) continue;
    if (match.id !== null) {
      taken.set(match.id, draft);
      known += 1;
      countFields(fields, plan);
    }
    if (match.notice)
      notices.push({
        key: match.notice,
        row: draft.rows[0]!,
        name: draft.name ?? '',
        knownName: match.knownName ?? draft.name ?? '',
      });
    if (match.id === null) added += 1;
    else if (plan.set.length > 0) changed += 1;
    else if (plan.conflicts.length === 0) same += 1;
    if (plan.conflicts.length > 0) conflicting += 1;
    checked.push({ draft, plan });
  }
  return {
    drafts: checked,
    errors: found,
    failedRows,
    byHand,
    part,
    added,
    changed,
    same,
    conflicting,
    known,
    fields,
    notices,
  };
}
