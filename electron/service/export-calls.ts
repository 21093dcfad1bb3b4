import type { Handlers } from './context.ts';
import { longWork } from './long-work.ts';
import { withBackup } from './safety.ts';
import { followThread, inThread, judgeLater, newThread } from './thread-work.ts';
import { whileWriting } from './writing.ts';

/** Lists and complete exports, written by a thread of their own so that the window is never kept waiting. */
export const exportCalls = {
  'export.list'(context, input) {
    return longWork(context, 'export', async (under) => {
      const { rows } = await inThread(context, under, (thread) =>
        thread.run<{ rows: number }>({ do: 'export-list', input }, under),
      );
      return { path: input.path, rows };
    });
  },

  'export.everything'(context, { path, locale }) {
    return longWork(context, 'exportAll', async (under) => {
      const now = context.now().getTime();
      const written = await inThread(context, under, (thread) =>
        thread.run<{ enterprises: number; bytes: number }>(
          { do: 'export-everything', path, locale, now },
          under,
        ),
      );
      return { path, ...written };
    });
  },

  async 'import.everything'(context, { path }) {
    const thread = newThread(context);
    try {
      const { touched, ...result } = await longWork(context, 'importAll', async (under) => {
        await withBackup(context, 'import');
        under.stopWith(() => thread.cancel());
        return whileWriting(context.db, () =>
          thread.run<{ added: number; skipped: number; touched: string[] }>(
            { do: 'import-everything', path, actor: context.actor(), now: context.now().getTime() },
            under,
          ),
        );
      });
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
