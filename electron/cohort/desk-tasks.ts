import { Refusal } from '../library/refusal.ts';
import type {
  AskedCondition,
  CohortCondition,
  CohortLine,
  Screened,
  ScreeningQuestion,
} from './cohort-shapes.ts';
import { compareScreenings, type Now } from './compare-screenings.ts';
import type { CohortDesk, Work } from './desk.ts';
import { itemTitles, type LineSort, lineOf, screenedLines, sortLines } from './desk-lists.ts';
import { readScreening } from './screenings.ts';

type Reach = Screened['reach'];

/** Which rows of a screening: by reach, and by a part of the name. */
export interface ScreeningPage {
  readonly id: string;
  readonly reach?: readonly Reach[] | undefined;
  readonly query?: string | undefined;
  readonly item?: string | undefined;
  readonly sort?: 'rank' | 'name' | 'effort' | 'year' | undefined;
  readonly descending?: boolean | undefined;
}

/** The rows of a screening that are asked for, in the order asked for. */
export function pageRows(desk: CohortDesk, page: ScreeningPage): Screened[] {
  const { rows } = desk.screening(page.id);
  const query = page.query?.trim().toLowerCase() ?? '';
  const { item } = page;
  const chosen = rows.filter(
    (row) =>
      (!page.reach || page.reach.includes(row.reach)) &&
      (query === '' || row.name.toLowerCase().includes(query)) &&
      (item === undefined || row.open.includes(item) || row.unmet.some((u) => u.item === item)),
  );
  const sort = page.sort ?? 'rank';
  if (sort !== 'rank') {
    const key = (row: Screened): string | number =>
      sort === 'name'
        ? row.name
        : sort === 'effort'
          ? (row.route?.cheapest.effort ?? Number.POSITIVE_INFINITY)
          : (row.route?.earliest.year ?? Number.POSITIVE_INFINITY);
    chosen.sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
  }
  return page.descending ? chosen.reverse() : chosen;
}

/** How often each value of a part occurs, the most frequent first; null = not known. */
function counted<T>(
  rows: readonly T[],
  of: (row: T) => string | null,
): { value: string | null; count: number }[] {
  const counts = new Map<string | null, number>();
  for (const row of rows) counts.set(of(row), (counts.get(of(row)) ?? 0) + 1);
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => b.count - a.count || ((a.value ?? '') < (b.value ?? '') ? -1 : 1));
}

/** Tags offered to filter by. */
const MOST_TAGS = 100;

/** How many enterprises have each tag, and how many have none. */
function tagsCounted(rows: readonly { readonly tags: readonly string[] }[]) {
  const counts = new Map<string | null, number>();
  for (const { tags } of rows)
    for (const tag of tags.length === 0 ? [null] : tags) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => b.count - a.count || ((a.value ?? '') < (b.value ?? '') ? -1 : 1))
    .slice(0, MOST_TAGS);
}

/** What the thread of the cohort does; every task looks only. */
export const deskTasks = {
  /** Values to filter by, with how many enterprises have them. */
  async facets(desk: CohortDesk, input: AskedCondition, work: Work) {
    const rows = desk.chosen(await desk.view(work), input);
    return {
      total: rows.length,
      failed: rows.filter((row) => row.failed).length,
      held: [0, 1, 2, 3].map((held) => rows.filter((row) => row.held === held).length),
      samples: rows.filter((row) => row.sample).length,
      city: counted(rows, (row) => row.city),
      district: counted(rows, (row) => row.district),
      section: counted(rows, (row) => row.section),
      division: counted(rows, (row) => row.division),
      size: counted(rows, (row) => row.size),
      stage: counted(rows, (row) => row.stage),
      consultant: counted(rows, (row) => row.consultant),
      tags: tagsCounted(rows),
    };
  },

  async list(
    desk: CohortDesk,
    input: {
      condition: CohortCondition;
      sort?: LineSort | undefined;
      descending?: boolean | undefined;
      offset: number;
      limit: number;
    },
    work: Work,
  ): Promise<{ total: number; rows: CohortLine[] }> {
    const view = await desk.view(work);
    const { due } = input.condition;
    const lines = desk.chosen(view, input.condition).map((row) => lineOf(row, due?.rung));
    const sorted = sortLines(lines, input.sort ?? (due ? 'expires' : 'name'), input.descending ?? false);
    return { total: lines.length, rows: sorted.slice(input.offset, input.offset + input.limit) };
  },

  screen(desk: CohortDesk, input: { id: string; question: ScreeningQuestion }, work: Work) {
    return desk.screen(input.id, input.question, work);
  },

  async screeningPage(
    desk: CohortDesk,
    input: ScreeningPage & { offset: number; limit: number; fresh: boolean },
    work: Work,
  ) {
    const rows = pageRows(desk, input);
    const page = rows.slice(input.offset, input.offset + input.limit);
    const lines = await screenedLines(desk, desk.screening(input.id), page, work, input.fresh);
    return { total: rows.length, rows: lines };
  },

  /** Ids of the first rows, for batch work. */
  async screeningIds(desk: CohortDesk, input: ScreeningPage & { most: number }) {
    const rows = pageRows(desk, input);
    return { total: rows.length, ids: rows.slice(0, input.most).map((row) => row.id) };
  },

  /** How often each item stands in the way. */
  async screeningItems(desk: CohortDesk, { id }: { id: string }) {
    const { rows } = desk.screening(id);
    const counts = new Map<
      string,
      { standard: string; tier: string; item: string; unmet: number; open: number }
    >();
    const count = (row: Screened, item: string, kind: 'unmet' | 'open') => {
      const key = `${row.standard}/${row.tier}/${item}`;
      const at = counts.get(key) ?? { standard: row.standard, tier: row.tier, item, unmet: 0, open: 0 };
      at[kind]++;
      counts.set(key, at);
    };
    for (const row of rows) {
      for (const { item } of row.unmet) count(row, item, 'unmet');
      for (const item of row.open) count(row, item, 'open');
    }
    return [...counts.values()]
      .map((at) => ({ ...at, title: itemTitles(desk, at).get(at.item) ?? { zh: at.item, en: at.item } }))
      .sort((a, b) => b.unmet + b.open - (a.unmet + a.open));
  },

  async screeningJson(desk: CohortDesk, { id }: { id: string }) {
    const { summary, rows } = desk.screening(id);
    return { summary, rows: JSON.stringify(rows) };
  },

  /** Reads a kept screening back; it is then at hand under its own id. */
  async openScreening(desk: CohortDesk, { id }: { id: string }) {
    const saved = await desk.looking((db) => readScreening(db, id));
    desk.keep(id, { summary: saved.summary, rows: saved.rows });
    return saved.summary;
  },

  /** What moved between a kept screening and a later one (kept, or at hand). */
  async compare(desk: CohortDesk, input: { from: string; to: string; kept: boolean }, work: Work) {
    const [before, after] = await desk.looking((db) => [
      readScreening(db, input.from),
      input.kept ? readScreening(db, input.to) : desk.screening(input.to),
    ]);
    if (!before || !after) throw new Refusal('not-found', 'screeningGone');
    if (before.summary.question.rung !== after.summary.question.rung)
      throw new Refusal('conflict', 'screeningRungs');
    const view = await desk.view(work);
    const created = await desk.looking(
      (db) =>
        new Map(
          (db.prepare('SELECT id, created_at FROM enterprise').raw(true).all() as [string, string][]).map(
            ([id, at]) => [id, at],
          ),
        ),
    );
    const now = new Map<string, Now>(
      view.rows.map((row) => [row.id, { held: row.held, createdAt: created.get(row.id) ?? '' }]),
    );
    const moved = compareScreenings(before, after, (id) => now.get(id));
    const titles: Record<string, { zh: string; en: string }> = {};
    for (const { summary, rows } of [before, after])
      for (const tier of summary.tiers.length > 0 ? summary.tiers : rows.slice(0, 1))
        for (const [item, title] of itemTitles(desk, tier)) titles[item] = title;
    const count = (kind: string) => moved.filter((m) => m.kind === kind).length;
    return {
      from: before.summary,
      to: after.summary,
      counts: { up: count('up'), down: count('down'), entered: count('entered'), left: count('left') },
      titles,
      rows: moved,
    };
  },
};
