import { join } from 'node:path';
import type { CallInput, CallName, CallOutput } from '../../electron/api.ts';
import { seeded } from '../../electron/library/synthetic-firms.ts';
import { createService } from '../../electron/service/service.ts';
import { line, type Part, quantile, root, TODAY } from './part.ts';

type ListInput = CallInput<'library.list'>;

/** The product's service on a library, as the window has it. */
async function started(folder: string) {
  const service = createService({
    dataDir: folder,
    resourcesDir: join(root, 'resources'),
    now: () => new Date(`${TODAY}T04:00:00Z`),
    emit: () => undefined,
    actor: 'bench',
  });
  await service.ready;
  return {
    async ask<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>> {
      const result = await service.call(name, input, 'window');
      if (!result.ok) throw new Error(`${name}: ${JSON.stringify(result.error)}`);
      return result.value as CallOutput<N>;
    },
    close: () => service.close(),
  };
}

type App = Awaited<ReturnType<typeof started>>;

/** Milliseconds of each call, sorted. */
async function timesOf<T>(inputs: readonly T[], call: (input: T) => Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  for (const input of inputs) {
    const start = performance.now();
    await call(input);
    times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b);
}

function tell(label: string, times: readonly number[], asked: number | null): void {
  const [median, p95, most] = [0.5, 0.95, 1].map((share) => quantile(times, share).toFixed(1));
  line(
    label,
    `${p95} ms`,
    `median ${median}, most ${most}, ${times.length} calls${asked === null ? '' : `; asked: p95 below ${asked}`}`,
  );
}

/** From the start of the service to the first page of the list. */
export const openPart: Part = {
  name: 'open',
  async run({ size, rounds, folder }) {
    const place = await folder();
    const times: number[] = [];
    for (let i = 0; i < Math.max(3, rounds); i++) {
      const start = performance.now();
      const app = await started(place);
      const { rows } = await app.ask('library.list', { limit: 100 });
      times.push(performance.now() - start);
      if (rows.length !== Math.min(100, size)) throw new Error('the first page is not full');
      await app.close();
    }
    times.sort((a, b) => a - b);
    line(
      'open, to the first page of the list (median)',
      `${quantile(times, 0.5).toFixed(0)} ms`,
      `most ${quantile(times, 1).toFixed(0)}; asked: below 300`,
    );
  },
};

/** What people type, cut out of what is there: every kind of substring, at random. */
async function queries(app: App, size: number): Promise<Record<string, string[]>> {
  const random = seeded(16);
  const pages = await Promise.all(
    Array.from({ length: 8 }, () =>
      app.ask('library.list', { sort: 'name', offset: Math.floor(random() * size * 0.99), limit: 50 }),
    ),
  );
  const rows = pages.flatMap((page) => page.rows);
  const piece = (text: string, least: number, most: number) => {
    const length = Math.min(text.length, least + Math.floor(random() * (most - least + 1)));
    const at = Math.floor(random() * (text.length - length + 1));
    return text.slice(at, at + length);
  };
  const { pinyinOf } = await import('../../electron/library/names.ts');
  const some = (make: (row: (typeof rows)[number]) => string | null, count = 200) =>
    Array.from({ length: count }, () => make(rows[Math.floor(random() * rows.length)]!)).filter(
      (text): text is string => text !== null && text.trim() !== '',
    );
  return {
    'one Chinese character': some((row) => piece(row.name, 1, 1)),
    'two to six characters of a name': some((row) => piece(row.name, 2, 6)),
    'pinyin initials, one to six': some((row) => piece(pinyinOf(row.name).initials, 1, 6)),
    'a piece of full pinyin': some((row) => piece(pinyinOf(row.name).full, 2, 12)),
    'a piece of the credit code': some((row) => row.uscc && piece(row.uscc, 3, 18)),
    'a tag or a product': some((row) => row.tags[0] ?? row.mainProduct),
    'two words': some((row) => `${piece(row.name, 1, 2)} ${piece(row.mainProduct ?? row.name, 1, 2)}`),
    'what is nowhere': some((row) => `${piece(row.name, 2, 3)}qzx`, 50),
  };
}

/** Search through everything, with the page that is shown. */
export const searchPart: Part = {
  name: 'search',
  async run({ size, folder }) {
    const app = await started(await folder());
    try {
      // The index is read in the background after the start; a search before that waits for it.
      const start = performance.now();
      await app.ask('library.list', { query: 'x', limit: 100 });
      line(
        'first search right after the start',
        `${(performance.now() - start).toFixed(0)} ms`,
        'reads the index',
      );
      const all: number[] = [];
      for (const [kind, texts] of Object.entries(await queries(app, size))) {
        const times = await timesOf(texts, (query) => app.ask('library.list', { query, limit: 100 }));
        all.push(...times);
        tell(`search: ${kind}`, times, null);
      }
      tell(
        'search, all of these: p95',
        all.sort((a, b) => a - b),
        16,
      );
      line('resident memory', `${(process.memoryUsage().rss / 1e6).toFixed(0)} MB`);
    } finally {
      await app.close();
    }
  },
};

/** Filters, orders and pages far down the list. */
export const listPart: Part = {
  name: 'list',
  async run({ size, folder }) {
    const app = await started(await folder());
    try {
      await app.ask('library.list', { query: 'x' });
      const filters: NonNullable<ListInput['filter']>[] = [
        {},
        { district: ['洪山区', '江夏区'] },
        { division: ['39', '65'], rung: [0, 1] },
        { consultant: [''], missing: ['figures', 'uscc'] },
        { tags: ['种子选手'], untouchedFor: 180 },
        { uncheckedFor: 90, planned: false, sizeClass: ['small', 'medium'] },
      ];
      const sorts = ['updated', 'name', 'revenue', 'distance', 'district', 'industry', 'consultant'] as const;
      const asked = (offset: number): ListInput[] =>
        filters.flatMap((filter) =>
          sorts.flatMap((sort) =>
            [true, false].map((descending) => ({ filter, sort, descending, offset, limit: 100 })),
          ),
        );
      const first = await timesOf(
        sorts.map((sort) => ({ sort, limit: 100 })),
        (input) => app.ask('library.list', input),
      );
      tell('an order for the first time', first, null);
      tell(
        'filter and order, first page: p95',
        await timesOf([...asked(0), ...asked(0)], (input) => app.ask('library.list', input)),
        50,
      );
      tell(
        'filter and order, far down: p95',
        await timesOf(asked(Math.floor(size * 0.4)), (input) => app.ask('library.list', input)),
        50,
      );
      tell(
        'counts beside the filters: p95',
        await timesOf([...filters, ...filters], (filter) => app.ask('library.facets.get', { filter })),
        null,
      );
    } finally {
      await app.close();
    }
  },
};
