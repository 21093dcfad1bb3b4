import { parentPort, workerData } from 'node:worker_threads';
import { writeCase } from '../exchange/case-write.ts';
import { exportEverything } from '../exchange/export-everything.ts';
import { exportList, type ListExport } from '../exchange/export-list.ts';
import type { Choices, FieldPolicies } from '../exchange/import-choices.ts';
import { importEverything } from '../exchange/import-everything.ts';
import type { Mapping } from '../exchange/import-mapping.ts';
import type { RowsQuestion } from '../exchange/import-rows.ts';
import { ImportSession, type ImportSource } from '../exchange/import-session.ts';
import { undoImport } from '../exchange/import-undo.ts';
import { applyBulk, type Operation, sectionsOf } from '../library/bulk.ts';
import { readFile } from '../library/enterprise-file.ts';
import { newestVersion } from '../library/migrate.ts';
import { migrations } from '../library/migrations/index.ts';
import { libraryFault, openFile, prepared } from '../library/open.ts';
import { Refusal } from '../library/refusal.ts';
import { putStanding, relist } from '../library/standing.ts';
import { purgeEnterprise } from '../library/trash.ts';
import { redo, type Undone, undo } from '../library/undo.ts';
import { write } from '../library/write.ts';
import { standingOf } from './judge.ts';
import { readResources } from './resources.ts';

/** What a worker is started with. `cancel` is one number; 1 asks it to end before the commit. */
export interface WorkerSetup {
  readonly libraryPath: string;
  readonly resourcesDir: string;
  readonly today: string;
  readonly cancel: SharedArrayBuffer;
}

/** What a worker can be asked, one thing at a time. */
export type WorkerTask =
  | { readonly do: 'open'; readonly source: ImportSource }
  | { readonly do: 'sheet'; readonly sheet: number }
  | { readonly do: 'mapping'; readonly mapping: Mapping }
  | { readonly do: 'preview'; readonly choices: Choices }
  | { readonly do: 'rows'; readonly question: RowsQuestion }
  | { readonly do: 'apply'; readonly choices: Choices; readonly actor: string; readonly now: number }
  | { readonly do: 'undo'; readonly batchId: string; readonly actor: string; readonly now: number }
  | { readonly do: 'judge'; readonly ids: readonly string[] }
  | {
      readonly do: 'turn';
      readonly way: 'back' | 'again';
      readonly only: string | null;
      readonly actor: string;
      readonly now: number;
    }
  | {
      readonly do: 'bulk';
      readonly ids: readonly string[];
      readonly operation: Operation | { readonly do: 'purge' };
      readonly action: string;
      readonly actor: string;
      readonly now: number;
    }
  | {
      readonly do: 'pack';
      readonly ids: readonly string[];
      readonly path: string;
      readonly passphrase: string | null;
      readonly sender: string;
      readonly now: number;
    }
  | { readonly do: 'errors'; readonly path: string; readonly locale: 'zh' | 'en' }
  | { readonly do: 'export-list'; readonly input: ListExport }
  | {
      readonly do: 'export-everything';
      readonly path: string;
      readonly locale: 'zh' | 'en';
      readonly now: number;
    }
  | { readonly do: 'import-everything'; readonly path: string; readonly actor: string; readonly now: number };

export type FromWorker =
  | { readonly type: 'progress'; readonly done: number; readonly total: number }
  | { readonly type: 'done'; readonly value: unknown }
  | {
      readonly type: 'failed';
      readonly refusal: { code: string; key: string; details: Record<string, unknown> } | null;
      readonly message: string;
    };

const setup = workerData as WorkerSetup;
const port = parentPort;
if (!port) throw new Error('library-worker runs as a worker thread');

// Its own connection: the window's calls are answered meanwhile, and a transaction here is seen only once it is whole.
const db = openFile(setup.libraryPath, newestVersion(migrations));
// Edits made in the window meanwhile are short; waiting for them is better than failing.
db.pragma('busy_timeout = 15000');
const resources = readResources(setup.resourcesDir);
const cancelled = new Int32Array(setup.cancel);
function setting<T>(key: string): T | null {
  const row = prepared(db, 'SELECT value FROM setting WHERE key = ?').get(key);
  return row ? (JSON.parse(String(row.value)) as T) : null;
}

const session = new ImportSession({
  db,
  resources,
  today: setup.today,
  remembered: (signature) => setting<Mapping>(`import.mapping.${signature}`),
  rememberedPolicies: (signature) => setting<FieldPolicies>(`import.policies.${signature}`),
});

function progress(done: number, total: number): void {
  if (Atomics.load(cancelled, 0) === 1) throw new Refusal('conflict', 'workCancelled');
  port?.postMessage({ type: 'progress', done, total } satisfies FromWorker);
}

const pause = new Int32Array(new SharedArrayBuffer(4));

/** Judges the enterprises of an import, a few in each short transaction so that edits in the window hardly wait. */
function judge(ids: readonly string[]): void {
  const { rules, rulesHash } = resources;
  for (let at = 0; at < ids.length; at += 20) {
    const began = performance.now();
    db.transaction(() => {
      for (const id of ids.slice(at, at + 20)) {
        if (!prepared(db, 'SELECT 1 FROM enterprise WHERE id = ?').get(id)) continue;
        const file = readFile(db, id);
        putStanding(db, file, standingOf(file, rules, { today: setup.today, rulesHash }));
      }
    }).immediate();
    // As long a pause, so that whoever waits to write has a turn: SQLite keeps no queue.
    Atomics.wait(pause, 0, 0, Math.min(50, performance.now() - began));
    port?.postMessage({
      type: 'progress',
      done: Math.min(at + 20, ids.length),
      total: ids.length,
    } satisfies FromWorker);
  }
}

/** Takes a large step back or does it again; the lines wait to be judged. */
function turnBack({ way, only, actor, now }: Extract<WorkerTask, { do: 'turn' }>): Undone | null {
  const meta = {
    action: way === 'back' ? 'undo' : 'redo',
    actor,
    now: new Date(now),
    after: (touched: ReadonlySet<string>) => {
      for (const id of touched)
        if (prepared(db, 'SELECT 1 FROM enterprise WHERE id = ?').get(id)) relist(db, id);
    },
  };
  return write(db, meta, (tx) => (way === 'back' ? undo : redo)(tx, only, progress));
}

/** One thing done to many enterprises, in one transaction; their lines wait to be judged. */
function bulk(task: Extract<WorkerTask, { do: 'bulk' }>): { changed: number } {
  const { ids, operation, action, actor, now } = task;
  const meta = {
    action,
    actor,
    now: new Date(now),
    after: (touched: ReadonlySet<string>) => {
      for (const id of touched) relist(db, id);
    },
  };
  const tell = (done: number) => progress(done, ids.length);
  const changed = write(db, meta, (tx) => {
    if (operation.do !== 'purge')
      return applyBulk(tx, ids, operation, sectionsOf(resources.industries), tell);
    return ids.filter((id, i) => {
      if (i % 200 === 199) tell(i + 1);
      return purgeEnterprise(tx, id);
    }).length;
  });
  return { changed };
}

async function work(task: WorkerTask): Promise<unknown> {
  switch (task.do) {
    case 'open':
      return session.open(task.source);
    case 'sheet':
      return session.turnTo(task.sheet);
    case 'mapping':
      return {
        opened: session.setMapping(task.mapping),
        signature: session.signature,
        mapping: session.mapping,
      };
    case 'preview':
      return session.preview(task.choices);
    case 'rows':
      return session.rows(task.question);
    case 'apply':
      return session.apply(task.choices, { actor: task.actor, now: new Date(task.now), progress });
    case 'undo':
      return undoImport(db, { batchId: task.batchId, actor: task.actor, now: new Date(task.now), progress });
    case 'judge':
      return judge(task.ids);
    case 'turn':
      return turnBack(task);
    case 'bulk':
      return bulk(task);
    case 'pack':
      return writeCase(db, { ...task, now: new Date(task.now), progress });
    case 'errors':
      return session.writeErrors(task.path, task.locale);
    case 'export-list':
      return exportList(db, task.input, resources.industries, setup.today, progress);
    case 'export-everything':
      return exportEverything(db, {
        ...task,
        libraryPath: setup.libraryPath,
        now: new Date(task.now),
        progress,
      });
    case 'import-everything':
      return importEverything(db, {
        ...task,
        libraryPath: setup.libraryPath,
        now: new Date(task.now),
        progress,
      });
  }
}

port.on('message', async (task: WorkerTask) => {
  try {
    port.postMessage({ type: 'done', value: await work(task) } satisfies FromWorker);
  } catch (error) {
    const known = libraryFault(error, setup.libraryPath);
    port.postMessage({
      type: 'failed',
      refusal: known && { code: known.code, key: known.key, details: known.details },
      message: error instanceof Error ? (error.stack ?? error.message) : String(error),
    } satisfies FromWorker);
  }
});
