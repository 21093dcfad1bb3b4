import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import writeExcel from 'write-excel-file/node';
import type { CallInput, CallName, CallOutput, Events } from '../../electron/api.ts';
import { createService, type Origin } from '../../electron/service/service.ts';
import { NOW, scratchFolder } from '../library/scratch.ts';

export const resources = join(import.meta.dirname, '..', '..', 'resources');
export const fixture = (name: string) => join(import.meta.dirname, '..', 'fixtures', 'import', name);
type Choices = CallInput<'import.apply'>['choices'];
export const FILL: Choices = { policy: 'fill', fields: {}, faulty: 'row', out: [], part: [] };
export const REPLACE: Choices = { ...FILL, policy: 'replace' };

/** A failed call of the harness: what the window would get. */
export class Failed extends Error {
  readonly key: string;
  readonly details: Record<string, unknown>;
  constructor(key: string, details: Record<string, unknown> = {}) {
    super(`${key} ${JSON.stringify(details)}`);
    this.key = key;
    this.details = details;
  }
}

/** The real service on a library of the test's own. */
export async function harness(dataDir = scratchFolder()) {
  const events: { name: string; payload: unknown }[] = [];
  let now = NOW;
  const service = createService({
    dataDir,
    resourcesDir: resources,
    now: () => now,
    actor: 'tester',
    emit: (name, payload) => events.push({ name, payload }),
  });
  await service.ready;
  let open = true;
  const close = async () => {
    if (open) await service.close();
    open = false;
  };
  onTestFinished(close);
  const ask =
    (origin: Origin) =>
    async <N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>> => {
      const result = await service.call(name, input, origin);
      if (!result.ok) throw new Failed(result.error.key, result.error.details);
      return result.value as CallOutput<N>;
    };
  return {
    dataDir,
    library: join(dataDir, 'library.sqlite'),
    call: ask('window'),
    shell: ask('shell'),
    service,
    close,
    events,
    progress: () => events.filter((e) => e.name === 'progress').map((e) => e.payload as Events['progress']),
    later(ms: number) {
      now = new Date(now.getTime() + ms);
    },
    /** Opens, checks and stores a file in one go. */
    async bring(path: string, choices = FILL) {
      const opened = await ask('shell')('import.open', { path });
      const preview = await ask('window')('import.preview', { id: opened.id, choices });
      const applied = await ask('window')('import.apply', { id: opened.id, choices });
      return { opened, preview, applied };
    },
  };
}

/** Writes rows as a workbook. */
export async function workbook(
  path: string,
  rows: readonly (readonly (string | number | boolean | null)[])[],
): Promise<string> {
  const cells = rows.map((row) =>
    row.map((value) =>
      value === null
        ? null
        : { value, type: typeof value === 'number' ? Number : typeof value === 'boolean' ? Boolean : String },
    ),
  );
  await writeExcel(cells as never).toFile(path);
  return path;
}

/** All that is stored of the enterprise of this name. */
export async function fileOf(h: Awaited<ReturnType<typeof harness>>, name: string) {
  const { rows } = await h.call('library.list', { query: name });
  expect(rows.map((row) => row.name)).toContain(name);
  return h.call('enterprise.get', { id: rows.find((row) => row.name === name)!.id });
}
