import { join } from 'node:path';
import { type CallName, calls, type Events, type Result } from '../api.ts';
import type { Effect } from '../call.ts';
import { type RescueCallName, rescueCallNames } from '../library/access-call-shapes.ts';
import { shelfOf } from '../library/backup-shelf.ts';
import { cloudOf, readClouds } from '../library/cloud-folder.ts';
import { keyOf } from '../library/connect.ts';
import { localDay } from '../library/dates.ts';
import { readFile } from '../library/enterprise-file.ts';
import { contentsOf, storeOf } from '../library/evidence-store.ts';
import { prepared } from '../library/open.ts';
import { type OpenHow, openForWork } from '../library/open-for-work.ts';
import { openPast } from '../library/past-library.ts';
import { type ProtectionCallName, protectionCallNames } from '../library/protection-call-shapes.ts';
import { Refusal } from '../library/refusal.ts';
import { getSettings } from '../library/settings.ts';
import type { Settings } from '../library/shapes.ts';
import { judgeLater, putStanding, relist } from '../library/standing.ts';
import { write } from '../library/write.ts';
import { account } from './account.ts';
import { appCalls } from './app-calls.ts';
import { keepAudited } from './audit.ts';
import { backupHandlers } from './backup-calls.ts';
import { batchHandlers, closeBatch } from './batch-calls.ts';
import { bulkCalls } from './bulk-calls.ts';
import { caseHandlers } from './case-calls.ts';
import { checkHandlers } from './check-calls.ts';
import { inputError } from './check-input.ts';
import { closeCohort, cohortCalls } from './cohort-calls.ts';
import type { Access, Context, Handlers } from './context.ts';
import { diagnosisCalls } from './diagnosis-calls.ts';
import { documentsIn } from './documents.ts';
import { duplicateHandlers } from './duplicate-calls.ts';
import { effortUp, keepEffortsFresh } from './efforts.ts';
import { errorOf } from './error-of.ts';
import { evidenceHandlers, forgetOpened } from './evidence-calls.ts';
import { exportCalls } from './export-calls.ts';
import { followHandlers } from './follow-calls.ts';
import { guestRefusal, hushed } from './guest.ts';
import { guestHandlers } from './guest-calls.ts';
import { historyCalls } from './history-calls.ts';
import { closeImports, importCalls } from './import-calls.ts';
import { standingOf } from './judge.ts';
import { libraryCalls } from './library-calls.ts';
import { holdLibrary, type Opened } from './library-vault.ts';
import { listCallHandlers } from './list-calls.ts';
import { longWorkHandlers } from './long-work.ts';
import { packHandlers } from './pack-calls.ts';
import { planCalls } from './plan-calls.ts';
import { createProtection } from './protection-calls.ts';
import { convertEvidenceOf } from './protection-convert.ts';
import { recordCalls } from './record-calls.ts';
import { keepStandingsFresh } from './refresh.ts';
import { accessOf, readOnlyRefusal, rescueHandlers } from './rescue-calls.ts';
import { readResources } from './resources.ts';
import { routeCalls } from './route-calls.ts';
import { keepSafe } from './safety.ts';
import { targetCalls } from './target-calls.ts';
import { undoCalls } from './undo-calls.ts';
import { verifyHandlers } from './verify-calls.ts';
import { wordingHandlers } from './wording-calls.ts';
import { afterWriter } from './writing.ts';

export interface ServiceOptions {
  /** Folder of the library; made where there is none. */
  readonly dataDir: string;
  /** Folder of the product's read-only data. */
  readonly resourcesDir: string;
  readonly now: () => Date;
  readonly emit: <N extends keyof Events>(name: N, payload: Events[N]) => void;
  /** Who is at work, for the change log; default: the consultant of the settings, else the account of the computer. */
  readonly actor?: string | undefined;
  /** Language until the settings say otherwise. */
  readonly locale?: Settings['locale'] | undefined;
}

/** Who asks: the page, or the shell on behalf of a dialog the user answered. */
export type Origin = 'window' | 'shell';

export interface Service {
  /** Answers a call of the contract. Never rejects: whatever goes wrong comes back as data. */
  call(name: string, input: unknown, origin: Origin): Promise<Result<unknown>>;
  /** Done once the library is open, or cannot be opened (then every call says why). */
  readonly ready: Promise<void>;
  /** Ends the work under way and closes the library. */
  close(): Promise<void>;
}

const handlers: Handlers = {
  ...appCalls,
  ...libraryCalls,
  ...listCallHandlers,
  ...bulkCalls,
  ...longWorkHandlers,
  ...duplicateHandlers,
  ...recordCalls,
  ...diagnosisCalls,
  ...planCalls,
  ...followHandlers,
  ...packHandlers,
  ...wordingHandlers,
  ...batchHandlers,
  ...verifyHandlers,
  ...routeCalls,
  ...targetCalls,
  ...cohortCalls,
  ...importCalls,
  ...exportCalls,
  ...backupHandlers,
  ...historyCalls,
  ...undoCalls,
  ...caseHandlers,
  ...guestHandlers,
  'access.status': accessOf,
  ...evidenceHandlers,
  ...checkHandlers,
};

/** What the locking of the library waits for, so that nothing acknowledged late is lost; long work is ended instead. */
const EDITS: ReadonlySet<Effect> = new Set(['draft', 'change']);
/** Longer than most calls take. Milliseconds. */
const PATIENCE = 3000;

function isRescue(name: CallName): name is RescueCallName {
  return (rescueCallNames as readonly string[]).includes(name);
}

function isProtection(name: CallName): name is ProtectionCallName {
  return (protectionCallNames as readonly string[]).includes(name);
}

/** A write of more enterprises than this leaves judging them to the background. */
const JUDGED_AT_ONCE = 50;

async function open(options: ServiceOptions, how: OpenHow, takePlace: Context['takePlace']): Promise<Opened> {
  const { dataDir, resourcesDir, now, emit } = options;
  const resources = readResources(resourcesDir, dataDir);
  const { rules, packs, rulesHash } = resources;
  const lies = join(dataDir, 'library.sqlite');
  const changed = () => emit('changed', { topic: 'safety' });
  const present = await openForWork(lies, {
    ...how,
    now,
    lost() {
      access.readOnly = { reason: 'lost', holder: null, silent: false };
      changed();
    },
  });
  const opened = how.past === undefined ? present : await openPast(present, how.past, now());
  const { db } = opened;
  const access: Access = {
    readOnly: opened.readOnly,
    cloud: cloudOf(dataDir, readClouds(resourcesDir)),
    folder: dataDir,
  };
  // Where the library is only looked at, this is the private copy.
  const libraryPath = db.name;
  const documents = documentsIn(resourcesDir);
  // A library as it was is judged as it would have been on that day.
  const today = () => how.past ?? localDay(now());
  const settings = () => getSettings(db, options.locale ?? 'zh-CN');
  const actor = () => options.actor ?? (settings().consultant.trim() || account());
  const judgeAgain = (id: string) => {
    // What is gone needs no line.
    if (!prepared(db, 'SELECT 1 FROM enterprise WHERE id = ?').get(id)) return;
    const file = readFile(db, id);
    putStanding(db, file, standingOf(file, rules, { today: today(), rulesHash }));
  };
  const safety = keepSafe({
    db,
    libraryPath,
    shelf: shelfOf(lies),
    idle: () => access.readOnly !== null,
    now,
    changed,
  });
  const audit = keepAudited({
    safety,
    libraryPath,
    proved: opened.proved ?? false,
    now,
    changed,
    repair() {
      if (!access.readOnly) judgeLater(db, []);
    },
  });
  const effortOf = (id: string, held: number) =>
    effortUp(db, id, { rules, folder: resources.folder, today: today(), held });
  const startRefresh = () => {
    const standings = keepStandingsFresh({ db, rulesHash, today, judgeAgain, emit });
    const efforts = keepEffortsFresh({ db, rulesHash, today, effortOf, judging: standings.busy, emit });
    return {
      stop() {
        standings.stop();
        efforts.stop();
      },
    };
  };
  let refresh: ReturnType<typeof startRefresh> | null = null;
  const context: Context = {
    db,
    libraryPath,
    access,
    resources,
    rules,
    packs,
    documents,
    now,
    today,
    settings,
    actor,
    emit,
    safety,
    audit,
    takePlace,
    pauseRefresh() {
      refresh?.stop();
    },
    resumeRefresh() {
      refresh = startRefresh();
    },
    write(action, work, more) {
      if (access.readOnly) throw readOnlyRefusal(context);
      let waiting = false;
      const result = write(
        db,
        {
          action,
          actor: actor(),
          now: now(),
          grouped: more?.grouped ?? false,
          after: (touched) => {
            waiting = touched.size > JUDGED_AT_ONCE;
            for (const id of touched) waiting ? relist(db, id) : judgeAgain(id);
          },
        },
        work,
      );
      if (waiting) {
        context.pauseRefresh();
        context.resumeRefresh();
      }
      return result;
    },
  };
  refresh = startRefresh();
  const id = keyOf(db);
  // Attached files that are in clear yet: turning encryption on was cut off, or they came back from a backup.
  if (id !== null && !access.readOnly && contentsOf(storeOf(libraryPath)).length > 0)
    void convertEvidenceOf(context, id, new SharedArrayBuffer(4), () => undefined).catch(() => undefined);
  return {
    context,
    async close() {
      refresh?.stop();
      audit.stop();
      await safety.stop();
      await closeBatch(db);
      await documents.close();
      await closeImports(db);
      await closeCohort(db);
      forgetOpened();
      opened.close();
    },
  };
}

/** The whole product without a window: opens the library and answers the calls of the contract. */
export function createService(options: ServiceOptions): Service {
  let closed = false;
  const underWay = new Map<Promise<unknown>, CallName>();
  const vault = holdLibrary({
    libraryPath: join(options.dataDir, 'library.sqlite'),
    now: options.now,
    actor: options.actor ?? account(),
    emit: options.emit,
    open: (how) => open(options, how, (file) => vault.takePlace(file)),
    async quiet() {
      const edits = [...underWay].filter(([, name]) => EDITS.has(calls[name].effect)).map(([work]) => work);
      let timer: NodeJS.Timeout | undefined;
      const enough = new Promise((resolve) => {
        timer = setTimeout(resolve, PATIENCE);
      });
      await Promise.race([Promise.allSettled(edits), enough]);
      clearTimeout(timer);
    },
  });
  const protection = createProtection(vault);
  const ready = vault.opened().then(
    () => undefined,
    () => undefined,
  );

  async function answer(name: CallName, input: unknown): Promise<Result<unknown>> {
    const parsed = calls[name].input.safeParse(input ?? {});
    if (!parsed.success) {
      const error = inputError(parsed.error, input ?? {});
      // A passphrase is not repeated in a complaint about it.
      if (isProtection(name)) delete error.details?.value;
      return { ok: false, error };
    }
    if (isProtection(name)) return { ok: true, value: await protection[name](parsed.data as never) };
    if (isRescue(name)) {
      const found = await vault.current();
      if (found instanceof Refusal && found.code === 'locked') throw found;
      return { ok: true, value: await rescueHandlers[name](vault, parsed.data as never) };
    }
    let { context } = await vault.opened();
    const { effect } = calls[name];
    const changes = effect === 'change' || effect === 'work';
    if (context.access.readOnly && changes) throw readOnlyRefusal(context);
    if (closed) return { ok: false, error: { code: 'service-restarted', key: 'serviceStopped' } };
    const hidden = guestRefusal(context.db, name, parsed.data);
    if (hidden) throw hidden;
    if (changes) await context.safety.beforeFirstChange();
    if (effect !== 'none') {
      // A restore waits for its own turn.
      while (context.safety.gate && name !== 'backup.restore') {
        await context.safety.gate;
        // What was restored may be another file.
        ({ context } = await vault.opened());
      }
    }
    if (effect === 'draft' || effect === 'change') await afterWriter(context.db);
    try {
      return { ok: true, value: await handlers[name](context, parsed.data as never) };
    } catch (error) {
      throw hushed(context.db, error);
    }
  }

  return {
    ready,
    async call(name, input, origin) {
      if (typeof name !== 'string' || !Object.hasOwn(calls, name))
        return {
          ok: false,
          error: { code: 'unknown-call', key: 'unknownCall', details: { name: String(name).slice(0, 100) } },
        };
      const known = name as CallName;
      if (calls[known].from === 'shell' && origin !== 'shell')
        return { ok: false, error: { code: 'forbidden', key: 'shellOnly', details: { name } } };
      const work = answer(known, input);
      underWay.set(work, known);
      const before = vault.opened();
      try {
        return await work;
      } catch (error) {
        // Whatever broke because the library was locked meanwhile broke for that reason; a key that is missing although
        // the library is open is that of a backup.
        const asked = error instanceof Refusal && error.code === 'locked';
        const found = asked || before !== vault.opened() ? await vault.current() : null;
        const locked = found instanceof Refusal && found.code === 'locked';
        const other = asked && !locked ? new Refusal('forbidden', 'backupLocked') : error;
        return { ok: false, error: errorOf(locked ? found : other, name, options.dataDir) };
      } finally {
        underWay.delete(work);
      }
    },
    async close() {
      if (closed) return;
      closed = true;
      await vault.end();
    },
  };
}
