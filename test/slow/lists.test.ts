import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { closeLibrary, openReadOnly } from '../../electron/library/open.ts';
import { cohortLibrary, TODAY } from '../cohort/cohort-library.ts';
import { dump, scratchFolder } from '../library/scratch.ts';
import { startService } from '../service/start-service.ts';

const root = join(import.meta.dirname, '../..');
const cli = (...args: string[]) =>
  spawnSync(process.execPath, [join(root, 'electron/cli.ts'), 'generate', ...args], { encoding: 'utf8' });

const definition = {
  query: '武汉',
  filter: { district: ['洪山区', ''], reviewWithin: 90 },
  sort: 'distance' as const,
  descending: false,
  columns: ['name' as const, 'distance' as const],
};

test('a view is kept with its search, filters, order and columns, renamed, changed and deleted', async () => {
  const { ask, refusal } = startService();
  const { id, views } = await ask('views.save', { name: ' 待复核 ', definition });
  expect(views).toEqual([{ id, name: '待复核', definition }]);
  expect(await refusal('views.save', { name: '待复核', definition })).toMatchObject({ key: 'viewNameTaken' });
  await ask('views.save', { id, name: '近期复核', definition: { columns: ['name'] } });
  expect(await ask('views.list', {})).toEqual([{ id, name: '近期复核', definition: { columns: ['name'] } }]);
  expect(await ask('views.remove', { id })).toEqual([]);
  // As everything else, it comes back.
  expect((await ask('undo.back', {}))?.action).toBe('views.remove');
  expect(await ask('views.list', {})).toEqual([{ id, name: '近期复核', definition: { columns: ['name'] } }]);
  expect((await ask('undo.back', {}))?.action).toBe('views.save');
  expect((await ask('views.list', {}))[0]?.name).toBe('待复核');
  await ask('undo.again', {});
  expect((await ask('undo.again', {}))?.action).toBe('views.remove');
  expect(await ask('views.list', {})).toEqual([]);
  expect(await refusal('views.remove', { id })).toMatchObject({ key: 'viewNotFound' });
});

test('the effort to the next tier is worked out in the background, as a screening has it, and follows every edit', async () => {
  const { db, folder, clear } = await cohortLibrary(40, 3);
  closeLibrary(db);
  onTestFinished(clear);
  const { ask } = startService({ dataDir: folder, now: () => new Date(`${TODAY}T04:00:00Z`) });
  const listed = async () => (await ask('library.list', { sort: 'effort', limit: 100 })).rows;
  const soon = (look: () => unknown) => expect.poll(look);
  await soon(async () => (await listed()).filter((row) => row.effortOpen).length).toBe(0);
  const rows = await listed();
  const known = rows.flatMap(({ effort }) => (effort === null ? [] : [effort]));
  expect(known.length).toBeGreaterThan(5);
  // Sorted; those without a way come last.
  expect(rows.slice(0, known.length).map((row) => row.effort)).toEqual([...known].sort((a, b) => a - b));
  /** What a screening says of those one step below a rung. */
  const screened = async (rung: number) => {
    const { id } = await ask('cohort.screen', { rung, date: TODAY, routes: true });
    const page = await ask('cohort.screeningPage', { id, offset: 0, limit: 200, fresh: false });
    return new Map(
      page.rows
        .filter((row) => row.held === rung - 1)
        .map((row) => [row.id, row.route?.cheapest.effort ?? null]),
    );
  };
  for (const rung of [1, 2, 3]) {
    const found = await screened(rung);
    expect(found.size).toBeGreaterThan(0);
    for (const row of rows) if (found.has(row.id)) expect(row.effort, row.name).toBe(found.get(row.id));
  }
  // Who rises is measured by what the next tier takes.
  const one = rows.find((row) => row.currentRung === 1 && row.effort !== null);
  await ask('titles.save', {
    enterpriseId: one?.id ?? '',
    title: {
      kind: 'srdi',
      name: '专精特新中小企业',
      number: null,
      issuer: null,
      issuedOn: '2026-01-01',
      expiresOn: null,
      basis: 'documented',
      source: null,
    },
  });
  const again = async () => (await listed()).find((row) => row.id === one?.id);
  await soon(async () => (await again())?.effortOpen).toBe(false);
  const found = await screened(3);
  expect(found.has(one?.id ?? '')).toBe(true);
  expect((await again())?.effort).toBe(found.get(one?.id ?? ''));
  expect((await again())?.effort).not.toBe(one?.effort);
});

test('views travel with the complete export', async () => {
  const { ask, dataDir } = startService();
  const { id } = await ask('views.save', { name: '待复核', definition });
  const path = `${dataDir}/everything.zip`;
  await ask('export.everything', { path, locale: 'zh' });
  const other = startService();
  await other.ask('import.everything', { path });
  expect(await other.ask('views.list', {})).toEqual([{ id, name: '待复核', definition }]);
});

test('the command makes a library in which every firm says that it is invented; the same seed makes the same', () => {
  const [a, b] = [scratchFolder(), scratchFolder()];
  const content = (folder: string) => {
    const db = openReadOnly(join(folder, 'library.sqlite'));
    try {
      const { setting: _, ...rest } = dump(db);
      return rest;
    } finally {
      db.close();
    }
  };
  expect(cli('--size', '40', '--out', a, '--seed', '7').status).toBe(0);
  expect(cli('--size', '40', '--out', b, '--seed', '7').status).toBe(0);
  const made = content(a);
  expect(content(b)).toEqual(made);
  const firms = made.enterprise as { is_synthetic: number; sample_notice: string }[];
  expect(firms).toHaveLength(40);
  expect(firms.every((firm) => firm.is_synthetic === 1 && firm.sample_notice.includes('虚构'))).toBe(true);
  // A library that is there is never touched.
  expect(cli('--size', '40', '--out', a).status).toBe(1);
  expect(content(a)).toEqual(made);
  expect(cli('--size', 'many', '--out', b).status).toBe(2);
});

test('more than some hundred are changed in a thread, as one step that is undone whole', async () => {
  const dataDir = scratchFolder();
  const size = 420;
  expect(cli('--size', String(size), '--out', dataDir).status).toBe(0);
  const { ask, content, events } = startService({ dataDir });
  const selection = { list: { filter: {} } };
  const changes = { tags: { add: ['本轮走访'] } };
  const before = JSON.stringify(content().enterprise).replace(/"updated_at":"[^"]*"/g, '');
  expect(await ask('bulk.apply', { selection, operation: { do: 'edit', changes } })).toEqual({
    selected: size,
    changed: size,
  });
  expect((await ask('library.list', { query: '本轮走访' })).total).toBe(size);
  expect(events.some(([name, far]) => name === 'progress' && (far as { job: string }).job === 'bulk')).toBe(
    true,
  );
  expect((await ask('undo.back', {}))?.action).toBe('enterprise.bulk');
  expect(JSON.stringify(content().enterprise).replace(/"updated_at":"[^"]*"/g, '')).toBe(before);
  expect((await ask('library.list', { query: '本轮走访' })).total).toBe(0);
  await ask('bulk.apply', { selection, operation: { do: 'trash' } });
  expect(await ask('library.summary', {})).toMatchObject({ total: 0, trashed: size });
  expect(await ask('trash.empty', {})).toEqual({ deleted: size });
  expect(
    Object.entries(content()).flatMap(([table, rows]) =>
      ['enterprise', 'figure', 'fact', 'title', 'standing'].includes(table) ? [rows.length] : [],
    ),
  ).toEqual([0, 0, 0, 0, 0]);
  expect(await ask('undo.back', {})).toBeNull();
});
