import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { writeTable } from '../exchange/write-table.ts';
import { type Db, prepared } from '../library/open.ts';
import { Refusal } from '../library/refusal.ts';
import { PlanBatch, taskName } from '../plan/batch.ts';
import { type BatchHead, readBatchRecord } from '../plan/batch-journal.ts';
import { type BatchError, type BatchStatus, type BatchWanted, ERRORS_TOLD } from '../plan/batch-shapes.ts';
import { batchErrorText, batchWord } from '../plan/batch-words.ts';
import type { DocumentInput } from '../plan/document-model.ts';
import { aimOf } from '../plan/gaps.ts';
import { listPlans } from '../plan/stored-plans.ts';
import type { PlanLocale } from '../plan/words.ts';
import type { Context, Handlers } from './context.ts';
import { errorOf } from './error-of.ts';
import { documentInput, newPlan } from './new-plan.ts';
import { inTurn } from './writing.ts';

/** The batch of a library: the one under way or the last that ran. */
interface Under {
  readonly batch: PlanBatch;
  readonly folder: string;
  index: string | null;
  /** The index could not be written, though the plans were. */
  indexFault: BatchError | null;
  /** The index is dealt with, too. */
  finished: boolean;
  readonly running: Promise<void>;
}
const batches = new WeakMap<Db, Under>();

/** What the index says of a firm beside its file. */
interface Line {
  readonly tier: string;
  readonly target: string;
  readonly year: number | null;
}

/** Where the folder of the last export is kept in the library, so that it can be taken up after a restart. */
const SETTING = 'internal.planBatch';
/** Between two events of progress, in milliseconds. */
const EVERY = 150;

function setFolder(context: Context, folder: string | null): void {
  context.write('settings.set', (tx) => tx.put('setting', { key: SETTING }, { value: { folder } }, null));
}

function keptFolder({ db }: Context): string | null {
  const row = prepared(db, 'SELECT value FROM setting WHERE key = ?').get(SETTING);
  const value = row ? (JSON.parse(String(row.value)) as { folder?: unknown }) : {};
  return typeof value.folder === 'string' ? value.folder : null;
}

/** The export that did not end, where there is one. */
async function unfinishedOf(
  context: Context,
): Promise<{ folder: string; head: BatchHead; done: number; total: number } | null> {
  const folder = keptFolder(context);
  if (!folder) return null;
  const { head, ended, files } = await readBatchRecord(folder);
  if (!head || ended) return null;
  const keys = head.ids.flatMap((id) => head.locales.map((locale) => taskName(id, locale, head.layout)));
  return { folder, head, total: keys.length, done: keys.filter((key) => files.has(key)).length };
}

async function statusOf(context: Context): Promise<BatchStatus> {
  const under = batches.get(context.db);
  const status = under?.batch.status();
  const running = under?.finished === false;
  const left = running ? null : await unfinishedOf(context);
  const failures = (under?.batch.outcomes() ?? []).flatMap(({ task, outcome }) =>
    outcome?.error ? [{ ...task, name: outcome.name, error: outcome.error }] : [],
  );
  return {
    ...(status ?? {
      state: 'idle',
      total: 0,
      done: 0,
      made: 0,
      kept: 0,
      failed: 0,
      secondsLeft: null,
      fault: null,
    }),
    ...(running && status?.state !== 'running' ? { state: 'ending' as const } : {}),
    fault: status?.fault ?? under?.indexFault ?? null,
    folder: under?.folder ?? null,
    index: under?.index ?? null,
    errors: failures.slice(0, ERRORS_TOLD),
    unfinished: left && { folder: left.folder, total: left.total, done: left.done },
  };
}

function lineOf({ plan, diagnosis }: DocumentInput, language: PlanLocale): Line {
  const { current, currentKnown } = diagnosis.ladder;
  const held = diagnosis.rungs.find((r) => r.rung === current);
  const aim = aimOf(diagnosis, plan.content.targetRung ?? undefined);
  return {
    tier: held?.title[language] ?? batchWord(language, currentKnown ? 'tierNone' : 'tierUnknown'),
    target: aim?.rung.title[language] ?? '',
    year: plan.content.targetYear,
  };
}

const nameRow = (db: Db, id: string) =>
  prepared(db, 'SELECT name, uscc FROM enterprise WHERE id = ?').get(id) as
    | { name: string; uscc: string | null }
    | undefined;

async function writeIndex(
  context: Context,
  batch: PlanBatch,
  lines: ReadonlyMap<string, Line>,
  path: string,
  language: PlanLocale,
): Promise<void> {
  const w = (key: Parameters<typeof batchWord>[1]) => batchWord(language, key);
  const rows = batch.outcomes().map(({ task, outcome }) => {
    const firm = nameRow(context.db, task.enterpriseId);
    const line = lines.get(task.enterpriseId);
    return [
      firm?.name ?? outcome?.name ?? w('gone'),
      firm?.uscc ?? null,
      line?.tier ?? null,
      line?.target ?? null,
      line?.year ?? null,
      w(`edition_${task.locale}`),
      outcome?.file ?? null,
      outcome?.error
        ? batchWord(language, 'failed', { reason: batchErrorText(language, outcome.error) })
        : w(outcome ? 'made' : 'waiting'),
    ];
  });
  const titles = (['name', 'uscc', 'tier', 'target', 'targetYear', 'edition', 'file', 'result'] as const).map(
    w,
  );
  await writeTable(path, w('sheet'), titles, rows);
}

async function begin(
  context: Context,
  wanted: BatchWanted,
  folder: string,
  day: string,
  language: PlanLocale,
): Promise<BatchStatus> {
  const before = batches.get(context.db);
  if (before?.finished === false) throw new Refusal('conflict', 'batchRunning');
  if (!(await stat(folder).catch(() => null))?.isDirectory())
    throw new Refusal('file', 'batchFolder', { folder });
  const lines = new Map<string, Line>();
  let told = 0;
  let made = 0;
  const emit = () => {
    const { done, total } = batch.status();
    context.emit('progress', { job: 'plans', done, total });
  };
  const batch = new PlanBatch({
    resourcesDir: context.resources.folder,
    folder,
    wanted,
    day,
    async prepare({ enterpriseId, locale }) {
      while (context.safety.gate) await context.safety.gate;
      let planId = listPlans(context.db, enterpriseId)[0]?.id;
      if (!planId) {
        // Hundreds of plans made along the way are not hundreds of steps to be taken back.
        planId = await inTurn(context.db, () => newPlan(context, { enterpriseId }, 'plan.batch'));
        made++;
      }
      const input = documentInput(context, planId, locale);
      lines.set(enterpriseId, lineOf(input, language));
      return input;
    },
    nameOf: (id) => nameRow(context.db, id)?.name ?? batchWord(language, 'gone'),
    tell: (error) => errorOf(error, 'plan.batch'),
    progress() {
      if (Date.now() - told < EVERY) return;
      told = Date.now();
      emit();
    },
  });
  setFolder(context, folder);
  const finish = async () => {
    await batch.run();
    const path = join(folder, `${batchWord(language, 'index')}_${day}.xlsx`);
    try {
      if (batch.status().done > 0) {
        await writeIndex(context, batch, lines, path, language);
        under.index = path;
      }
    } catch (error) {
      under.indexFault = errorOf(error, 'plan.batch index');
    }
    under.finished = true;
    if (made > 0) for (const topic of ['library', 'plan'] as const) context.emit('changed', { topic });
    emit();
  };
  const under: Under = {
    batch,
    folder,
    index: null,
    indexFault: null,
    finished: false,
    running: Promise.resolve(),
  };
  batches.set(context.db, Object.assign(under, { running: finish() }));
  return statusOf(context);
}

/** Ends a batch before its library is closed; it can be taken up later. */
export async function closeBatch(db: Db): Promise<void> {
  const under = batches.get(db);
  under?.batch.cancel();
  await under?.running;
}

/** Plans of many enterprises into one folder. */
export const batchHandlers = {
  'plan.batch.start'(context, { folder, language, ...wanted }) {
    return begin(context, wanted, folder, context.today(), language);
  },

  'plan.batch.status'(context) {
    return statusOf(context);
  },

  'plan.batch.cancel'(context) {
    batches.get(context.db)?.batch.cancel();
    return statusOf(context);
  },

  async 'plan.batch.resume'(context, { language }) {
    const left = await unfinishedOf(context);
    if (!left) throw new Refusal('not-found', 'batchNothingLeft');
    const { ids, locales, layout, day } = left.head;
    return begin(context, { ids, locales, layout }, left.folder, day, language);
  },

  async 'plan.batch.forget'(context) {
    setFolder(context, null);
    if (batches.get(context.db)?.finished) batches.delete(context.db);
    return statusOf(context);
  },
} satisfies Partial<Handlers>;
