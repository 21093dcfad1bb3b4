import type { FoundHeader } from './find-header.ts';
import type { Check } from './import-check.ts';
import type { Drafts } from './import-drafts.ts';
import { columnName, type Mapping } from './import-mapping.ts';
import type { RatioDoubt } from './import-ratios.ts';
import type { Preview } from './import-shapes.ts';

const SHOWN_ERRORS = 500;
const SHOWN_CONFLICTS = 200;

export interface PreviewParts {
  readonly check: Check;
  readonly drafts: Drafts;
  readonly header: FoundHeader;
  readonly mapping: Mapping;
  readonly doubts: ReadonlyMap<number, RatioDoubt>;
}

type Notice = Preview['notices'][number];

/** How columns of ratios that can be read in two ways are read now. */
function ratioNotices({ header, mapping, doubts }: PreviewParts): Notice[] {
  return [...doubts].map(([column, { kind, percents, fractions }]) => ({
    key: kind === 'mixed' ? 'ratioMixed' : 'ratioSmall',
    row: (fractions[0] ?? percents[0])?.row ?? 0,
    name: columnName(header.headers, column),
    knownName: '',
    details: {
      percent: percents[0]?.value ?? '',
      percentRow: percents[0]?.row ?? 0,
      fraction: fractions[0]?.value ?? '',
      unit: mapping.columns.find((c) => c.column === column)?.unit ?? 'undecided',
    },
  }));
}

/** What a dry run found, for people: rows counted from 1, the first errors and conflicts, counts of all of them. */
export function previewOf(parts: PreviewParts): Preview {
  const { check, drafts, header, mapping } = parts;
  const conflicts = check.drafts.flatMap(({ draft, plan }) =>
    plan.conflicts.map((step) => ({ draft, step })),
  );
  const errors = [...check.errors].sort((a, b) => a.row - b.row || (a.column ?? -1) - (b.column ?? -1));
  const notices: Notice[] = [
    ...ratioNotices(parts),
    ...check.notices.map((notice): Notice => ({ ...notice, row: notice.row + 1, details: {} })),
    ...drafts.others.map(
      ({ row, kind, text }): Notice => ({ key: kind, row: row + 1, name: text, knownName: '', details: {} }),
    ),
  ];
  const mapped = new Set(
    mapping.columns.flatMap(({ target }) => (target && target !== 'year' ? [target] : [])),
  );
  return {
    rows: drafts.rows,
    failedRows: check.failedRows.size,
    handRows: check.byHand.size,
    partRows: check.part.size,
    faultyRows: new Set(check.errors.map(({ row }) => row)).size,
    added: check.added,
    changed: check.changed,
    same: check.same,
    conflicting: check.conflicting,
    known: check.known,
    rounded: drafts.rounded,
    repeated: drafts.repeated,
    fields: [...mapped].map((target) => ({
      target,
      ...(check.fields.get(target) ?? { blank: 0, differ: 0 }),
    })),
    errorCount: errors.length,
    errors: errors.slice(0, SHOWN_ERRORS).map((error) => ({
      ...error,
      row: error.row + 1,
      header: error.column === null ? null : (header.headers[error.column] ?? ''),
      left: check.part.has(error.row) ? 'cell' : 'row',
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
    notices: notices.slice(0, SHOWN_CONFLICTS),
    noticeCount: notices.length,
  };
}
