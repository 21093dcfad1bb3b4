/** What happens to a value that is there already and differs: it stays, only blanks are filled, or the file wins. */
export const policies = ['keep', 'fill', 'replace'] as const;
export type Policy = (typeof policies)[number];

/** For each field of the file what happens to values that are there already; `policy` where `fields` names no other. */
export interface FieldPolicies {
  readonly policy: Policy;
  /** By target id ("profile:district", "figure:revenue"). */
  readonly fields: Readonly<Record<string, Policy>>;
}

/** What becomes of rows; rows are counted from 1 as the sheet shows them. */
export interface RowChoices {
  /** Rows with faulty cells stay out, or come in without those cells. */
  readonly faulty: 'row' | 'cells';
  /** Rows a person leaves out, good or faulty. */
  readonly out: readonly number[];
  /** Rows a person takes without their faulty cells, where `faulty` says otherwise. */
  readonly part: readonly number[];
}

/** All a person decides about an import before it is stored. */
export type Choices = FieldPolicies & RowChoices;

export const FILL_BLANKS: FieldPolicies = { policy: 'fill', fields: {} };

/** The policy of a field. */
export function policyFor({ policy, fields }: FieldPolicies, target: string): Policy {
  return fields[target] ?? policy;
}

/** How a row is taken: left out by hand, only where all its cells are good, or without the faulty ones. */
export type Take = 'out' | 'whole' | 'part';

/** How each row is taken; rows counted from 0. */
export function rowTaker({ faulty, out, part }: RowChoices): (row: number) => Take {
  const [left, partly] = [new Set(out), new Set(part)];
  const others: Take = faulty === 'cells' ? 'part' : 'whole';
  return (row) => (left.has(row + 1) ? 'out' : partly.has(row + 1) ? 'part' : others);
}
