import { z } from 'zod';
import { reachShape, type Screened, type ScreeningSummary } from './cohort-shapes.ts';

/** One enterprise that stands differently in two screenings, and by what. */
export const movedShape = z.object({
  id: z.string(),
  name: z.string(),
  from: reachShape.nullable(),
  to: reachShape.nullable(),
  /**
   * entered: new in the library, or now asked for; left: holds the title now, was archived, or is asked for no more;
   * up and down: stands better or worse.
   */
  kind: z.enum(['entered', 'left', 'up', 'down']),
  why: z.enum(['added', 'asked', 'titled', 'archived', 'notAsked', 'items', 'rules']),
  /** Items that were failed or open and no longer are, and that are failed or open now and were not. */
  gone: z.array(z.string()),
  fresh: z.array(z.string()),
});
export type Moved = z.infer<typeof movedShape>;

/** What became of an enterprise since: as the library has it now. */
export interface Now {
  readonly held: number;
  readonly createdAt: string;
}

const ORDER = { sure: 2, possible: 1, impossible: 0 } as const;

const boards = (row: Screened) => [
  ...row.unmet.map((u) => u.item),
  ...row.open,
  ...row.criteriaUnmet.map((i) => `criterion ${i}`),
  ...row.criteriaOpen.map((i) => `criterion ${i}`),
];
/** 2 = failed, 1 = open, 0 = neither. */
function stateOf(row: Screened, item: string): number {
  const criterion = /^criterion (\d+)$/.exec(item)?.[1];
  if (criterion !== undefined) {
    const at = Number(criterion);
    return row.criteriaUnmet.includes(at) ? 2 : row.criteriaOpen.includes(at) ? 1 : 0;
  }
  return row.unmet.some((u) => u.item === item) ? 2 : row.open.includes(item) ? 1 : 0;
}

/**
 * Who entered, left, rose and fell between two screenings of the same tier, and why. `now` gives what the library says
 * of an enterprise today; undefined = it is not there, or archived.
 */
export function compareScreenings(
  before: { readonly summary: ScreeningSummary; readonly rows: readonly Screened[] },
  after: { readonly summary: ScreeningSummary; readonly rows: readonly Screened[] },
  now: (id: string) => Now | undefined,
): Moved[] {
  const old = new Map(before.rows.map((row) => [row.id, row]));
  const found: Moved[] = [];
  // Other lines drawn by the consultant are other rules.
  const lines = (s: ScreeningSummary) => JSON.stringify(s.question.criteria ?? []);
  const redrawn = lines(before.summary) !== lines(after.summary);
  for (const row of after.rows) {
    const was = old.get(row.id);
    old.delete(row.id);
    const { id, name } = row;
    if (!was) {
      const created = now(id)?.createdAt.slice(0, 10);
      const why = created !== undefined && created > before.summary.today ? 'added' : 'asked';
      found.push({ id, name, from: null, to: row.reach, kind: 'entered', why, gone: [], fresh: boards(row) });
      continue;
    }
    const [from, to] = [ORDER[was.reach], ORDER[row.reach]];
    if (from === to) continue;
    const other = was.standard !== row.standard || was.tier !== row.tier;
    const rules = redrawn || other;
    const items = [...new Set([...boards(was), ...boards(row)])];
    // Lines that were redrawn have nothing to do with those of the same number before.
    const state = (of: Screened, item: string, mine: boolean) =>
      redrawn && item.startsWith('criterion ') && !mine ? 0 : stateOf(of, item);
    const better = (item: string) => state(row, item, false) < state(was, item, true);
    const worse = (item: string) => state(row, item, true) > state(was, item, false);
    found.push({
      id,
      name,
      from: was.reach,
      to: row.reach,
      kind: to > from ? 'up' : 'down',
      why: rules ? 'rules' : 'items',
      gone: other ? boards(was) : items.filter(better),
      fresh: other ? boards(row) : items.filter(worse),
    });
  }
  for (const [id, was] of old) {
    const today = now(id);
    const why = !today ? 'archived' : today.held >= after.summary.question.rung ? 'titled' : 'notAsked';
    found.push({
      id,
      name: was.name,
      from: was.reach,
      to: null,
      kind: 'left',
      why,
      gone: boards(was),
      fresh: [],
    });
  }
  const rank = { up: 0, down: 1, entered: 2, left: 3 } as const;
  return found.sort(
    (a, b) => rank[a.kind] - rank[b.kind] || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0),
  );
}
