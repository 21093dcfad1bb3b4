import { z } from 'zod';
import { listChoiceShape, listQuestionShape } from './list-question.ts';
import { idShape, listRowShape, plainText } from './shapes.ts';
import { viewDefinitionShape, viewShape } from './views.ts';

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
  'views.list': { from: 'window', input: nothing, output: z.array(viewShape) },
  /** Keeps search, filters, order and columns under a name; with an id over the view that has it. */
  'views.save': {
    from: 'window',
    input: z.object({ id: idShape.optional(), name: plainText(60).min(1), definition: viewDefinitionShape }),
    output: z.object({ id: idShape, views: z.array(viewShape) }),
  },
  'views.remove': { from: 'window', input: z.object({ id: idShape }), output: z.array(viewShape) },
} as const;
