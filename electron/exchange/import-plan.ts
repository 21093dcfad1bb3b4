import { getEnterprise } from '../library/enterprises.ts';
import { listFacts } from '../library/facts.ts';
import { listFigures } from '../library/figures.ts';
import type { Db } from '../library/open.ts';
import type { FigureColumn, Title } from '../library/shapes.ts';
import { listTitles } from '../library/titles.ts';
import { Problem } from './cell-values.ts';
import { type FieldPolicies, policyFor } from './import-choices.ts';
import type { Draft, Path } from './import-drafts.ts';
import type { Value } from './import-reader.ts';
import type { Target } from './import-targets.ts';

/** A value to be stored. */
export interface Step {
  readonly path: Path;
  readonly target: Target;
  readonly year: number | null;
  readonly old: Value | null;
  readonly value: Value;
}

/** What an import does to one enterprise. */
export interface DraftPlan {
  readonly id: string | null;
  readonly set: readonly Step[];
  /** Values that differ and stay as they are. */
  readonly conflicts: readonly Step[];
  /** For each kind of title: the record its parts go to, null = a new one. */
  readonly titles: ReadonlyMap<string, Title | null>;
}

/** What the library holds now, value by value. */
interface Current {
  value(target: Target, year: number | null): Value | null;
  readonly titles: readonly Title[];
}

/** Why a draft cannot be stored, and the values of it that are the reason. */
export interface Refused {
  readonly problem: Problem;
  readonly paths: readonly Path[];
}

const BLANK: Current = { value: () => null, titles: [] };

function currentOf(db: Db, id: string): Current {
  const enterprise = getEnterprise(db, id) as unknown as Record<string, Value | null>;
  const figures = new Map(listFigures(db, id).map((row) => [row.year, row.values]));
  const facts = new Map(listFacts(db, id).map((fact) => [`${fact.factId}@${fact.year ?? ''}`, fact.value]));
  return {
    titles: listTitles(db, id),
    value(target, year) {
      if (target.group === 'figures') return figures.get(year ?? 0)?.[target.field as FigureColumn] ?? null;
      if (target.group === 'facts') return facts.get(`${target.field}@${year ?? ''}`) ?? null;
      const value = enterprise[target.field] ?? null;
      return Array.isArray(value) && value.length === 0 ? null : value;
    },
  };
}

/** What a field's path names: the field, and the fiscal year where it has one. */
export function pathParts(path: Path): { id: string; year: number | null } {
  const at = path.indexOf('@');
  return at < 0 ? { id: path, year: null } : { id: path.slice(0, at), year: Number(path.slice(at + 1)) };
}

const parts = new Map<Path, ReturnType<typeof pathParts>>();

/** The same few paths come with every draft of a file. */
function knownParts(path: Path): ReturnType<typeof pathParts> {
  let known = parts.get(path);
  if (!known) {
    known = pathParts(path);
    if (parts.size < 10_000) parts.set(path, known);
  }
  return known;
}

function same(a: Value | null, b: Value): boolean {
  return Array.isArray(a) && Array.isArray(b) ? a.join('\n') === b.join('\n') : a === b;
}

function titleKind(target: Target): string {
  return target.id.split(':')[1] ?? '';
}

/** The title a file's parts belong to: the one of that number, else the newest of the kind unless the numbers differ. */
function titleFor(kind: string, draft: Draft, titles: readonly Title[]): Title | null {
  const mine = titles.filter((title) => title.kind === kind);
  const number = draft.values.get(`title:${kind}:number`);
  return (
    mine.find((t) => t.number === number) ??
    mine.findLast((t) => number === undefined || t.number === null) ??
    null
  );
}

export interface PlanOptions {
  readonly choices: FieldPolicies;
  readonly targets: ReadonlyMap<string, Target>;
  /** Section of each industry division: it follows the division. */
  readonly sections: ReadonlyMap<string, string>;
}

const SECTION = 'profile:industrySection';
const DIVISION = 'profile:industryDivision';

/** A division lies in exactly one section: where one is known, and the file is about industries, the section is its. */
function followDivision(
  set: Step[],
  conflicts: Step[],
  draft: Draft,
  current: Current,
  options: PlanOptions,
) {
  if (!draft.values.has(DIVISION) && !draft.values.has(SECTION)) return;
  const [division, target] = [options.targets.get(DIVISION)!, options.targets.get(SECTION)!];
  const code = set.find(({ path }) => path === DIVISION)?.value ?? current.value(division, null);
  const section = typeof code === 'string' ? options.sections.get(code) : undefined;
  if (section === undefined) return;
  for (const steps of [set, conflicts]) {
    const at = steps.findIndex(({ path }) => path === SECTION);
    if (at >= 0) steps.splice(at, 1);
  }
  const old = current.value(target, null);
  if (
    old === section ||
    (old === null && current !== BLANK && policyFor(options.choices, DIVISION) === 'keep')
  )
    return;
  set.push({ path: SECTION, target, year: null, old, value: section });
}

/**
 * What becomes of a draft: values to store and values that stay. The same function serves the preview and the import, so
 * that what was shown is what happens. Throws a Refusal where the enterprise is gone.
 */
export function planDraft(
  db: Db,
  draft: Draft,
  id: string | null,
  options: PlanOptions,
): DraftPlan | Refused {
  const { choices, targets } = options;
  const current = id === null ? BLANK : currentOf(db, id);
  const set: Step[] = [];
  const conflicts: Step[] = [];
  const titles = new Map<string, Title | null>();
  for (const [path, value] of draft.values) {
    const { id: targetId, year } = knownParts(path);
    const target = targets.get(targetId)!;
    if (target.group === 'year') continue;
    let old: Value | null;
    if (target.group === 'titles') {
      const kind = titleKind(target);
      if (!titles.has(kind)) titles.set(kind, titleFor(kind, draft, current.titles));
      old = (titles.get(kind)?.[target.field as 'number'] as string | null | undefined) ?? null;
    } else old = current.value(target, year);
    if (same(old, value)) continue;
    const step = { path, target, year, old, value };
    const policy = policyFor(choices, targetId);
    if (old === null ? policy === 'keep' && id !== null : policy !== 'replace') conflicts.push(step);
    else set.push(step);
  }
  followDivision(set, conflicts, draft, current, options);
  for (const [kind, title] of titles) {
    const part = (field: 'issuedOn' | 'expiresOn') =>
      (set.find((s) => s.path === `title:${kind}:${field}`)?.value as string | undefined) ??
      title?.[field] ??
      null;
    const [issued, expires] = [part('issuedOn'), part('expiresOn')];
    const length = Math.min(issued?.length ?? 0, expires?.length ?? 0);
    if (issued && expires && expires.slice(0, length) < issued.slice(0, length))
      return {
        problem: new Problem('titleDates', { issued, expires }),
        paths: [`title:${kind}:expiresOn`, `title:${kind}:issuedOn`],
      };
  }
  return { id, set, conflicts, titles };
}
