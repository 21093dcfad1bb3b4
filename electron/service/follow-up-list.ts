import en from '../../resources/i18n/en/follow-file.json' with { type: 'json' };
import zh from '../../resources/i18n/zh-CN/follow-file.json' with { type: 'json' };
import { writeTable } from '../exchange/write-table.ts';
import { fold } from '../library/names.ts';
import { type Db, prepared } from '../library/open.ts';
import { progressOf } from '../plan/progress.ts';
import type { FollowUp } from '../plan/progress-shapes.ts';
import { newestPlans } from '../plan/stored-plans.ts';

interface Found {
  readonly row: FollowUp;
  /** What it is searched by, as the enterprise is in the library's list. */
  readonly text: string;
}
interface Kept {
  readonly stamp: string;
  readonly list: Promise<readonly Found[]>;
}
/** The list of a library as it was read last: a page of it is asked for again and again while somebody scrolls. */
const kept = new WeakMap<Db, Kept>();

async function read(db: Db, today: string): Promise<Found[]> {
  const list: Found[] = [];
  const textOf = prepared(db, 'SELECT search_text FROM standing WHERE enterprise_id = ?');
  let seen = 0;
  for (const { plan, name } of newestPlans(db)) {
    const { content } = plan;
    const progress = progressOf(content, today);
    // A long list must not hold up other calls.
    if (++seen % 20 === 0) await new Promise((resolve) => setImmediate(resolve));
    if (progress.done === progress.total) continue;
    const first = progress.overdue[0] ?? progress.next;
    list.push({
      row: {
        planId: plan.id,
        enterpriseId: plan.enterpriseId,
        name,
        title: content.title,
        targetRung: content.targetRung,
        targetYear: content.targetYear,
        updatedAt: plan.updatedAt,
        total: progress.total,
        doing: progress.doing,
        done: progress.done,
        overdue: progress.overdue.length,
        soon: progress.soon.length,
        nextDue: first?.due ?? null,
        first: first?.title ?? null,
      },
      text: String(textOf.get(plan.enterpriseId)?.search_text ?? fold(name)),
    });
  }
  return list.sort(
    ({ row: a }, { row: b }) =>
      b.overdue - a.overdue ||
      (a.nextDue ?? '9999').localeCompare(b.nextDue ?? '9999') ||
      (a.planId < b.planId ? -1 : 1),
  );
}

/**
 * The newest plan of every enterprise that has one and is not done, what presses most first; `query` as in the library's list:
 * words that must all occur. `today` is YYYY-MM-DD. Read anew where the library changed.
 */
export async function followUps(db: Db, today: string, query = ''): Promise<FollowUp[]> {
  const stamp = `${today} ${prepared(db, 'SELECT max(id) AS id FROM change').get()?.id ?? 0}`;
  let known = kept.get(db);
  if (known?.stamp !== stamp) {
    known = { stamp, list: read(db, today) };
    kept.set(db, known);
    known.list.catch(() => kept.delete(db));
  }
  const words = fold(query)
    .split(/[\s\u0000]+/)
    .filter(Boolean);
  const list = await known.list;
  return list.filter(({ text }) => words.every((word) => text.includes(word))).map(({ row }) => row);
}

/** Writes the list as .xlsx or, by the ending of the path, .csv. Throws a Refusal where the place cannot be written. */
export async function writeFollowUps(
  path: string,
  rows: readonly FollowUp[],
  locale: 'zh' | 'en',
): Promise<void> {
  const words = locale === 'zh' ? zh : en;
  const titles = [
    'enterprise',
    'title',
    'tier',
    'year',
    'total',
    'doing',
    'done',
    'overdue',
    'soon',
    'nextDue',
    'first',
    'updated',
  ] as const;
  await writeTable(
    path,
    words.sheet,
    titles.map((key) => words[key]),
    rows.map((row) => [
      row.name,
      row.title[locale],
      row.targetRung === null ? null : words[`tier${row.targetRung}` as 'tier1'],
      row.targetYear,
      row.total,
      row.doing,
      row.done,
      row.overdue,
      row.soon,
      row.nextDue,
      row.first?.[locale] ?? null,
      row.updatedAt.slice(0, 10),
    ]),
  );
}
