import { type TableCell, writeTable } from '../exchange/write-table.ts';
import { Refusal } from '../library/refusal.ts';
import type { Text } from '../standards/schema.ts';
import type { ExportOf } from './cohort-call-shapes.ts';
import { type CohortLocale, cohortWord, wordFor } from './cohort-words.ts';
import type { CohortDesk, Work } from './desk.ts';
import { lineOf, screenedLines, sortLines } from './desk-lists.ts';
import { deskTasks, pageRows } from './desk-tasks.ts';
import { viewTasks } from './desk-views.ts';
import { impactOf } from './impact.ts';
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

async function solvedTable(
  desk: CohortDesk,
  of: Extract<ExportOf, { kind: 'solved' }>,
  locale: CohortLocale,
  work: Work,
): Promise<Table> {
  const { w, say, industry, all } = helpers(desk, locale);
  const solved = await viewTasks.solve(desk, of.ask, work);
  const labels = new Map([...solved.levers, ...solved.confirm].map((l) => [l.id, say(l.label)]));
  const named = (ids: readonly string[]) => all(ids.map((id) => labels.get(id) ?? id));
  return {
    titles: (
      ['rank', 'name', 'district', 'industry', 'held', 'year', 'effort', 'levers', 'confirm'] as const
    ).map(w),
    rows: solved.chosen.map((c, i) => [
      i + 1,
      c.name,
      c.district,
      industry(c.division),
      w(`tier${c.held}` as 'tier0'),
      c.year,
      c.effort,
      named(c.levers),
      named(c.confirm),
    ]),
  };
}

async function impactTable(
  desk: CohortDesk,
  of: Extract<ExportOf, { kind: 'impact' }>,
  locale: CohortLocale,
  work: Work,
): Promise<Table> {
  const { w, say, all } = helpers(desk, locale);
  const impact = await desk.looking((db) =>
    impactOf(
      db,
      desk.ruleset.rules,
      { from: of.from, to: of.to, today: work.today, most: Number.POSITIVE_INFINITY },
      () => !work.cancelled(),
    ),
  );
  if (!impact) throw new Refusal('library', 'batchCancelled');
  const titles = new Map([...impact.lostBy, ...impact.gainedBy].map((c) => [c.id, say(c.title)]));
  return {
    titles: [w('name'), w('fiscalYear'), say(impact.from.number), say(impact.to.number), w('clauses')],
    rows: impact.rows.map((row) => [
      row.name,
      row.fiscalYear,
      wordFor(locale, 'verdict', row.from),
      wordFor(locale, 'verdict', row.to),
      all(row.clauses.map((id) => titles.get(id) ?? id)),
    ]),
  };
}

function tableOf(desk: CohortDesk, of: ExportOf, locale: CohortLocale, work: Work): Promise<Table> {
  switch (of.kind) {
    case 'list':
      return listTable(desk, of, locale, work);
    case 'screening':
      return screeningTable(desk, of, locale, work);
    case 'moved':
      return movedTable(desk, of, locale, work);
    case 'solved':
      return solvedTable(desk, of, locale, work);
    case 'impact':
      return impactTable(desk, of, locale, work);
  }
}

/** Writes a table of the cohort to a path that the user chose. */
export async function exportTable(
  desk: CohortDesk,
  input: { of: ExportOf; path: string; locale: CohortLocale },
  work: Work,
): Promise<{ path: string; rows: number }> {
  const { of, path, locale } = input;
  const table = await tableOf(desk, of, locale, work);
  await writeTable(path, cohortWord(locale, 'sheet'), table.titles, table.rows);
  return { path, rows: table.rows.length };
}
