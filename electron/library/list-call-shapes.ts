import { z } from 'zod';
import { listChoiceShape, listQuestionShape } from './list-question.ts';
import { listRowShape } from './shapes.ts';

const nothing = z.object({});
const counts = z.record(z.string(), z.number().int());

/** Lists of enterprises: search, filters and their counts. */
export const listCalls = {
  'library.list': {
    from: 'window',
    input: listQuestionShape,
    output: z.object({ total: z.number(), rows: z.array(listRowShape) }),
  },
  'library.summary': {
    from: 'window',
    input: nothing,
    output: z.object({
      total: z.number(),
      archived: z.number(),
      trashed: z.number(),
      byRung: z.array(z.number()),
      districts: z.array(z.string()),
    }),
  },
  /** How many each value of a filter would show, all other conditions as they are. An empty word = "not given". */
  'library.facets.get': {
    from: 'window',
    input: listChoiceShape.pick({ query: true, filter: true }),
    output: z.record(
      z.enum([
        'district',
        'division',
        'sizeClass',
        'stage',
        'consultant',
        'editor',
        'verdict',
        'rung',
        'tags',
        'reach',
      ]),
      counts,
    ),
  },
} as const;
