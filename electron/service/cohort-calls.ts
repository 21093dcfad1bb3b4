import { type BatchJob, startBatch } from '../cohort/batch-thread.ts';
import type { BatchQuestion, Impact } from '../cohort/impact-shape.ts';
import { rulesetOf } from '../diagnosis/ruleset.ts';
import { Refusal } from '../library/refusal.ts';
import type { Context, Handlers } from './context.ts';

const running = new WeakMap<object, Set<BatchJob<unknown>>>();

function jobsOf({ db }: Context): Set<BatchJob<unknown>> {
  const jobs = running.get(db) ?? new Set();
  running.set(db, jobs);
  return jobs;
}

/** Keeps hold of a job while it runs, so that it can be cancelled. */
async function finished<T>(context: Context, job: BatchJob<T>): Promise<T> {
  const jobs = jobsOf(context);
  jobs.add(job);
  try {
    return await job.result;
  } finally {
    jobs.delete(job);
  }
}

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
    const jobs = jobsOf(context);
    for (const job of jobs) job.cancel();
    return { cancelled: jobs.size };
  },
} satisfies Partial<Handlers>;
