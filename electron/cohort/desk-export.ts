import { type TableCell, writeTable } from '../exchange/write-table.ts';
import type { Text } from '../standards/schema.ts';
import type { ExportOf } from './cohort-call-shapes.ts';
import { type CohortLocale, cohortWord, wordFor } from './cohort-words.ts';
import type { CohortDesk, Work } from './desk.ts';
import { lineOf, screenedLines, sortLines } from './desk-lists.ts';
import { deskTasks, pageRows } from './desk-tasks.ts';
import { pacer } from './pace.ts';

interface Table {
  readonly titles: readonly string[];
  readonly rows: readonly (readonly TableCell[])[];
}

const SLICE = 50;

function helpers(desk: CohortDesk, locale: CohortLocale) {
  const w = (key: Parameters<typeof cohortWord>[1]) => cohortWord(locale, key);
  const say = (text: Text | null | undefined) => (text ? text[locale] : '');
  const industry = (code: string | null) =>
    desk.industries.divisions.find((d) => d.code === code)?.name[locale] ?? code;
  const all = (texts: readonly string[]) => texts.filter((text) => text !== '').join(w('join')) || null;
  return { w, say, industry, all };
}

async function listTable(
  desk: CohortDesk,
  of: Extract<ExportOf, { kind: 'list' }>,
  locale: CohortLocale,
  work: Work,
): Promise<Table> {
  const { w, industry } = helpers(desk, locale);
  const view = await desk.view(work);
  const { due } = of.condition;
  const lines = desk.chosen(view, of.condition).map((row) => lineOf(row, due?.rung));
  const sorted = sortLines(lines, of.sort ?? (due ? 'expires' : 'name'), of.descending ?? false);
  return {
    titles: (
      ['name', 'uscc', 'district', 'industry', 'revenueWan', 'held', 'expiresOn', 'next', 'stage'] as const
    ).map(w),
    rows: sorted.map((line) => [
      line.name,
      line.uscc,
      line.district,
      industry(line.division),
      line.revenueWan,
      w(`tier${line.held}` as 'tier0'),
      line.expiresOn,
      line.next && wordFor(locale, 'verdict', line.next.verdict),
      line.stage && wordFor(locale, 'stage', line.stage),
    ]),
  };
}

async function screeningTable(
  desk: CohortDesk,
  of: Extract<ExportOf, { kind: 'screening' }>,
  locale: CohortLocale,
  work: Work,
): Promise<Table> {
  const { w, say, industry, all } = helpers(desk, locale);
  const rows = pageRows(desk, of);
  const screening = desk.screening(of.id);
  const numbers = new Map(
    screening.summary.tiers.map((t) => [`${t.standard}/${t.tier}`, `${t.number} ${say(t.annex)}`]),
  );
  const step = pacer(rows.length, work.cancelled, work.progress);
  const out: TableCell[][] = [];
  for (let from = 0; from < rows.length; from += SLICE) {
    const lines = await screenedLines(desk, screening, rows.slice(from, from + SLICE), work, of.fresh);
    for (const line of lines) {
      const reason = (r: (typeof line.reasons)[number]) => {
        const near = r.closeness === null ? '' : ` (${Math.min(99, Math.floor(r.closeness * 100))}%)`;
        return r.gap ? `${say(r.title)}: ${say(r.gap)}` : `${say(r.title)}${near}`;
      };
      const extra = (at: number) => cohortWord(locale, 'criterion', { number: at + 1 });
      out.push([
        out.length + 1,
        line.name,
        line.district,
        industry(line.division),
        w(`tier${line.held}` as 'tier0'),
        wordFor(locale, 'reach', line.reach),
        all([
          ...line.reasons.filter((r) => r.state === 'unmet').map(reason),
          ...line.criteriaUnmet.map(extra),
        ]),
        all([...line.reasons.filter((r) => r.state === 'open').map(reason), ...line.criteriaOpen.map(extra)]),
        line.distance,
        say(line.askLabel) || null,
        line.route?.earliest.year ?? null,
        line.route?.cheapest.effort ?? null,
        line.route?.cheapest.year ?? null,
        numbers.get(`${line.standard}/${line.tier}`) ?? line.standard,
      ]);
    }
    if (!(await step(Math.min(rows.length, from + SLICE)))) break;
  }
  return {
    titles: (
      [
        'rank',
        'name',
        'district',
        'industry',
        'held',
        'reach',
        'unmet',
        'open',
        'distance',
        'ask',
        'routeYear',
        'routeEffort',
        'routeBest',
        'standard',
      ] as const
    ).map(w),
    rows: out,
  };
}

async function movedTable(
  desk: CohortDesk,
  of: Extract<ExportOf, { kind: 'moved' }>,
  locale: CohortLocale,
  work: Work,
): Promise<Table> {
  const { w, say, all } = helpers(desk, locale);
  const { rows, titles } = await deskTasks.compare(desk, of, work);
  const named = (item: string) => {
    const criterion = /^criterion (\d+)$/.exec(item)?.[1];
    return criterion
      ? cohortWord(locale, 'criterion', { number: Number(criterion) + 1 })
      : say(titles[item]) || item;
  };
  const reach = (value: string | null) => value && wordFor(locale, 'reach', value);
  return {
    titles: (['name', 'kind', 'from', 'to', 'why', 'gone', 'fresh'] as const).map(w),
    rows: rows.map((m) => [
      m.name,
      wordFor(locale, 'kind', m.kind),
      reach(m.from),
      reach(m.to),
      wordFor(locale, 'why', m.why),
      all(m.gone.map(named)),
      all(m.fresh.map(named)),
    ]),
  };
}

/** Writes a table of the cohort to a path that the user chose. */
export async function exportTable(
  desk: CohortDesk,
  input: { of: ExportOf; path: string; locale: CohortLocale },
  work: Work,
): Promise<{ path: string; rows: number }> {
  const { of, path, locale } = input;
  const table =
    of.kind === 'list'
      ? await listTable(desk, of, locale, work)
      : of.kind === 'screening'
        ? await screeningTable(desk, of, locale, work)
        : await movedTable(desk, of, locale, work);
  await writeTable(path, cohortWord(locale, 'sheet'), table.titles, table.rows);
  return { path, rows: table.rows.length };
}
