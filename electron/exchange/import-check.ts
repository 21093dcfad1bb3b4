import type { Db } from '../library/open.ts';
import { Problem } from './cell-values.ts';
import type { CellError, Draft, Drafts } from './import-drafts.ts';
import { type MatchNotice, matchDraft, readRoster } from './import-match.ts';
import { type DraftPlan, type Policies, planDraft } from './import-plan.ts';
import type { Target } from './import-targets.ts';

/** An enterprise of the file with what is to be done about it. */
export interface CheckedDraft {
  readonly draft: Draft;
  readonly plan: DraftPlan;
}

/** A dry run: nothing is stored. */
export interface Check {
  readonly drafts: readonly CheckedDraft[];
  readonly errors: readonly CellError[];
  readonly failedRows: ReadonlySet<number>;
  readonly added: number;
  readonly changed: number;
  readonly same: number;
  /** Enterprises of which at least one value differs from the file and stays. */
  readonly conflicting: number;
  readonly notices: readonly { key: MatchNotice; row: number; name: string; knownName: string }[];
}

/** Matches every draft with the library and works out what would be stored. */
export function checkDrafts(
  db: Db,
  { drafts, errors, failed }: Drafts,
  choice: Policies,
  targets: ReadonlyMap<string, Target>,
): Check {
  const roster = readRoster(db);
  const checked: CheckedDraft[] = [];
  const found: CellError[] = [...errors];
  const failedRows = new Set(failed);
  const notices: Check['notices'][number][] = [];
  const taken = new Map<string, Draft>();
  let [added, changed, same, conflicting] = [0, 0, 0, 0];
  const fail = (draft: Draft, { key, details }: Problem) => {
    for (const row of draft.rows) {
      failedRows.add(row);
      found.push({ row, column: null, key, details, value: draft.name ?? draft.uscc ?? '' });
    }
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
    const plan = planDraft(db, draft, match.id, choice, targets);
    if (plan instanceof Problem) {
      fail(draft, plan);
      continue;
    }
    if (match.id !== null) taken.set(match.id, draft);
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
  return { drafts: checked, errors: found, failedRows, added, changed, same, conflicting, notices };
}
