import { z } from 'zod';

/** Long work a person asked for and can end, by kind. */
export const longJobs = ['import', 'importAll', 'undo', 'bulk', 'export', 'exportAll', 'pack'] as const;

/** Long work under way. */
export const workCalls = {
  /** Ends it; whoever waits for it hears `workCancelled`, and nothing half-done is left. */
  'work.cancel': {
    from: 'window',
    effect: 'none',
    guests: true,
    input: z.object({ job: z.enum(longJobs) }),
    output: z.object({ cancelled: z.number().int() }),
  },
} as const;
