import type { Context, Handlers } from '../service/context.ts';
import { withBackup } from '../service/safety.ts';
import { actorOf, followThread, judgeLater, newThread } from './import-calls.ts';

async function inThread<T>(
  context: Context,
  work: (thread: ReturnType<typeof newThread>) => Promise<T>,
): Promise<T> {
  const thread = newThread(context);
  try {
    return await work(thread);
  } finally {
    void thread.close();
  }
}

/** Lists and complete exports, written by a thread of their own so that the window is never kept waiting. */
export const exportCalls = {
  'export.list'(context, input) {
    return inThread(context, async (thread) => {
      const { rows } = await thread.run<{ rows: number }>(
        { do: 'export-list', input },
        { progress: (done, total) => context.emit('progress', { job: 'export', done, total }) },
      );
      return { path: input.path, rows };
    });
  },

  'export.everything'(context, { path, locale }) {
    return inThread(context, async (thread) => {
      const written = await thread.run<{ enterprises: number; bytes: number }>(
        { do: 'export-everything', path, locale, now: context.now().getTime() },
        { progress: (done, total) => context.emit('progress', { job: 'export', done, total }) },
      );
      return { path, ...written };
    });
  },

  async 'import.everything'(context, { path }) {
    const thread = newThread(context);
    try {
      await withBackup(context, 'import');
      const { touched, ...result } = await thread.run<{ added: number; skipped: number; touched: string[] }>(
        { do: 'import-everything', path, actor: actorOf(context), now: context.now().getTime() },
        { progress: (done, total) => context.emit('progress', { job: 'import', done, total }) },
      );
      followThread(context.db);
      context.emit('changed', { topic: 'library' });
      judgeLater(context, thread, touched, () => void thread.close());
      return result;
    } catch (error) {
      void thread.close();
      throw error;
    }
  },
} satisfies Partial<Handlers>;
