import { v7 as uuid } from 'uuid';
import { type BatchJob, startBatch } from '../cohort/batch-thread.ts';
import { setTarget, storedTargets } from '../cohort/city-targets.ts';
import type { CohortCondition } from '../cohort/cohort-shapes.ts';
import { DeskThread } from '../cohort/desk-thread.ts';
import type { DeskInput, DeskOutput, DeskTaskName } from '../cohort/desk-work.ts';
import type { BatchQuestion, Impact } from '../cohort/impact-shape.ts';
import { reportPdf } from '../cohort/report-pdf.ts';
import {
  goneScreenings,
  listScreenings,
  putScreeningBy,
  removeScreening,
  showScreening,
} from '../cohort/screenings.ts';
import { rulesetOf } from '../diagnosis/ruleset.ts';
import { idsOf } from '../library/bulk.ts';
import { saveDiagnosis } from '../library/diagnoses.ts';
import { readFile } from '../library/enterprise-file.ts';
import { prepared } from '../library/open.ts';
import { Refusal } from '../library/refusal.ts';
import { readSearchIndex } from '../library/search-index.ts';
import { writeFileSafely } from '../plan/write-file.ts';
import type { Context, Handlers } from './context.ts';
import { judge } from './diagnosis-calls.ts';
import { inTurn } from './writing.ts';

/** What looks at the whole library of a service. */
interface Looking {
  readonly jobs: Set<BatchJob<unknown>>;
  desk: DeskThread | undefined;
  /** Goes up with every cancel: what writes slice by slice ends then. */
  cancels: number;
}
const looking = new WeakMap<object, Looking>();

function lookingOf({ db }: Pick<Context, 'db'>): Looking {
  const known = looking.get(db) ?? { jobs: new Set(), desk: undefined, cancels: 0 };
  looking.set(db, known);
  return known;
}

/** Keeps hold of a job while it runs, so that it can be cancelled. */
async function finished<T>(context: Context, job: BatchJob<T>): Promise<T> {
  const { jobs } = lookingOf(context);
  jobs.add(job);
  try {
    return await job.result;
  } finally {
    jobs.delete(job);
  }
}

/** Asks the cohort's own thread, which is started with the first question. */
export function askDesk<N extends DeskTaskName>(
  context: Context,
  name: N,
  input: DeskInput<N>,
): Promise<DeskOutput<N>> {
  const at = lookingOf(context);
  const { libraryPath, rules, resources } = context;
  at.desk ??= new DeskThread({ libraryPath, rules, folder: resources.folder });
  return at.desk.ask(name, input, context.today(), (done, total) =>
    context.emit('progress', { job: 'cohort', done, total }),
  );
}

/** Ends what looks at a library before it is closed. */
export async function closeCohort(db: Context['db']): Promise<void> {
  const at = looking.get(db);
  if (!at) return;
  at.cancels++;
  for (const job of at.jobs) job.cancel();
  await at.desk?.close();
}

/** A condition with the ids of what was chosen in the library's list, as the library has them now. */
async function withChosen<C extends Pick<CohortCondition, 'chosen'>>(context: Context, condition: C) {
  const { chosen } = condition;
  if (!chosen) return condition;
  if ('list' in chosen.selection) await readSearchIndex(context.db);
  return { ...condition, among: idsOf(context.db, chosen.selection, context.today()) };
}

/** A question whose condition has the ids of what was chosen. */
async function ofChosen<Q extends { readonly condition: CohortCondition }>(context: Context, question: Q) {
  return { ...question, condition: await withChosen(context, question.condition) };
}

/** How long a screening that was taken away can come back, in milliseconds: 90 days. */
const KEPT_MS = 90 * 86_400_000;

/** Check-ups stored between two looks at other calls. */
const SLICE = 4;

/** Looks at the whole library in a thread of their own; `progress` events say how far they are. */
export const cohortCalls = {
  'cohort.impact'(context, { from, to, most }) {
    const ruleset = rulesetOf(context.rules);
    for (const name of [from, to]) {
      if (!ruleset.find(name.standard, name.tier))
        throw new Refusal('not-found', 'tierNotFound', { ...name });
    }
    const question = { from, to, today: context.today(), most: most ?? 1_000 };
    const progress = (done: number, total: number) => context.emit('progress', { job: 'judge', done, total });
    const { libraryPath, rules } = context;
    return finished(context, startBatch<Impact>(libraryPath, rules, { do: 'impact', question }, progress));
  },

  'cohort.askNext'(context, _input) {
    const progress = (done: number, total: number) => context.emit('progress', { job: 'judge', done, total });
    const { libraryPath, rules } = context;
    const task = { do: 'ask', today: context.today() } as const;
    return finished(context, startBatch<BatchQuestion[]>(libraryPath, rules, task, progress));
  },

  'cohort.cancel'(context, _input) {
    const at = lookingOf(context);
    at.cancels++;
    for (const job of at.jobs) job.cancel();
    return { cancelled: at.jobs.size + (at.desk?.cancel() ?? 0) };
  },

  async 'cohort.facets'(context, input) {
    return askDesk(context, 'facets', await withChosen(context, input));
  },

  async 'cohort.list'(context, input) {
    return askDesk(context, 'list', await ofChosen(context, input));
  },

  async 'cohort.screen'(context, question) {
    const { by } = question;
    const tier = by && rulesetOf(context.rules).find(by.standard, by.tier)?.tier;
    if (by && (!tier || tier.rung !== question.rung))
      throw new Refusal('not-found', 'tierNotFound', { ...by });
    const id = uuid();
    const { condition } = question;
    const asked = condition ? { ...question, condition: await withChosen(context, condition) } : question;
    return { id, summary: await askDesk(context, 'screen', { id, question: asked }) };
  },

  'cohort.screeningPage'(context, input) {
    return askDesk(context, 'screeningPage', input);
  },

  'cohort.screeningIds'(context, input) {
    return askDesk(context, 'screeningIds', input);
  },

  'cohort.screeningItems'(context, input) {
    return askDesk(context, 'screeningItems', input);
  },

  async 'cohort.saveScreening'(context, { id, name }) {
    const { summary, rows } = await askDesk(context, 'screeningJson', { id });
    const saved = await inTurn(context.db, () => {
      const id = context.write('cohort.putBy', (tx) => putScreeningBy(tx, name, summary, rows));
      context.write('cohort.saveScreening', (tx) => showScreening(tx, id));
      return id;
    });
    const found = listScreenings(context.db).find((screening) => screening.id === saved);
    if (!found) throw new Refusal('not-found', 'screeningGone');
    return found;
  },

  'cohort.screenings'({ db }, _input) {
    return listScreenings(db);
  },

  'cohort.openScreening'(context, input) {
    return askDesk(context, 'openScreening', input);
  },

  'cohort.removeScreening'(context, { id }) {
    context.write('cohort.removeScreening', (tx) => removeScreening(tx, id));
    const long = goneScreenings(context.db, new Date(context.now().getTime() - KEPT_MS).toISOString());
    if (long.length > 0)
      context.write('cohort.forgetScreenings', (tx) => {
        for (const old of long) tx.remove('screening', { id: old }, null);
      });
    return listScreenings(context.db);
  },

  'cohort.compareScreenings'(context, input) {
    return askDesk(context, 'compare', input);
  },

  async 'cohort.exportTable'(context, { of, path, locale }) {
    const asked =
      of.kind === 'list'
        ? await ofChosen(context, of)
        : of.kind === 'solved'
          ? { ...of, ask: await ofChosen(context, of.ask) }
          : of;
    return askDesk(context, 'exportTable', { of: asked, path, locale });
  },

  async 'cohort.profile'(context, input) {
    return askDesk(context, 'profile', await ofChosen(context, input));
  },

  async 'cohort.benchmark'(context, input) {
    return askDesk(context, 'benchmark', await ofChosen(context, input));
  },

  async 'cohort.heat'(context, input) {
    return askDesk(context, 'heat', await ofChosen(context, input));
  },

  async 'cohort.pipeline'(context, input) {
    const asked = await ofChosen(context, input);
    return askDesk(context, 'pipeline', { ...asked, stored: storedTargets(context.db) });
  },

  'cohort.setTarget'(context, input) {
    context.write('cohort.setTarget', (tx) => setTarget(tx, input));
    return {};
  },

  async 'cohort.forecast'(context, input) {
    return askDesk(context, 'forecast', await ofChosen(context, input));
  },

  async 'cohort.solve'(context, input) {
    return askDesk(context, 'solve', await ofChosen(context, input));
  },

  async 'cohort.exportReport'(context, { of, path, locale }) {
    const settings = context.settings();
    const who = [settings.organisation, settings.consultant].filter((text) => text.trim() !== '').join(' · ');
    const report = await askDesk(context, 'report', {
      ...(await ofChosen(context, of)),
      locale,
      stored: storedTargets(context.db),
      who,
      accent: settings.accent,
    });
    const pdf = await reportPdf(context.resources.folder, report);
    await writeFileSafely(path, pdf);
    return { path };
  },

  async 'cohort.diagnoseAll'(context, { ids, applicationDate }) {
    const at = lookingOf(context);
    const begun = at.cancels;
    let [saved, gone] = [0, 0];
    for (let from = 0; from < ids.length; from += SLICE) {
      if (at.cancels !== begun) break;
      const slice = ids.slice(from, from + SLICE);
      const write = () =>
        context.write('diagnosis.saveAll', (tx) => {
          for (const id of slice) {
            if (!prepared(context.db, 'SELECT 1 FROM enterprise WHERE id = ?').get(id)) {
              gone++;
              continue;
            }
            const diagnosis = judge(context, readFile(context.db, id), { applicationDate });
            saveDiagnosis(tx, id, diagnosis, context.packs);
            saved++;
          }
        });
      await inTurn(context.db, write);
      context.emit('progress', { job: 'cohort', done: from + slice.length, total: ids.length });
      await new Promise((resolve) => setImmediate(resolve));
    }
    context.emit('changed', { topic: 'library' });
    return { saved, gone };
  },
} satisfies Partial<Handlers>;
