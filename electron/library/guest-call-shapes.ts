import { z } from 'zod';
import { idShape } from './shapes.ts';

const status = z.object({ enterpriseId: idShape.nullable() });

/** Privacy mode: one enterprise can be seen while guests watch the screen, everything else is hidden. */
export const guestCalls = {
  'guest.status': { from: 'window', effect: 'none', guests: true, input: z.object({}), output: status },
  'guest.begin': {
    from: 'window',
    effect: 'change',
    guests: true,
    input: z.object({ enterpriseId: idShape }),
    output: status,
  },
  'guest.end': { from: 'window', effect: 'change', guests: true, input: z.object({}), output: status },
} as const;
