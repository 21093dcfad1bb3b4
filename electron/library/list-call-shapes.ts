import { z } from 'zod';
import { bulkChangesShape, operationShape, selectionShape } from './bulk.ts';
import { listChoiceShape, listQuestionShape } from './list-question.ts';
import { idShape, listRowShape, plainText } from './shapes.ts';
import { viewDefinitionShape, viewShape } from './views.ts';

const nothing = z.object({});
const counts = z.record(z.string(), z.number().int());

/** Lists of enterprises: search, filters and their counts; what is typed about one before it is stored. */
export const listCalls = {
  /** What is wrong with a credit code as typed, `key` among the language files' `library:uscc`; null = it is valid. */
  'uscc.check': {
    from: 'window',
    effect: 'none',
    guests: true,
    input: z.object({ text: z.string().max(200) }),
    output: z.object({
      length: z.number().int(),
      problem: z
        .object({
          key: z.enum(['length', 'digit', 'character', 'characterMeant', 'check']),
          details: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
        })
        .nullable(),
    }),
  },
  'library.list': {
    from: 'window',
    effect: 'none',
    input: listQuestionShape,
    output: z.object({ total: z.number(), rows: z.array(listRowShape) }),
  },
  'library.summary': {
    from: 'window',
    effect: 'none',
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
    effect: 'none',
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
  /** Ids of a list in its order; for selecting a range or all of it. */
  'library.ids.get': {
    from: 'window',
    effect: 'none',
    input: z.object({
      selection: selectionShape,
      offset: z.number().int().min(0).optional(),
      limit: z.number().int().min(1).max(200_000).optional(),
    }),
    output: z.object({ ids: z.array(idShape) }),
  },
  /** What a change of many enterprises would do. */
  'bulk.preview': {
    from: 'window',
    effect: 'none',
    input: z.object({ selection: selectionShape, changes: bulkChangesShape }),
    output: z.object({
      selected: z.number().int(),
      changing: z.number().int(),
      samples: z.array(
        z.object({
          id: idShape,
          name: z.string(),
          fields: z.array(z.object({ field: z.string(), old: z.unknown(), new: z.unknown() })),
        }),
      ),
    }),
  },
  /** Does one thing to many enterprises as one step that can be undone. Event 'progress' with job 'bulk'. */
  'bulk.apply': {
    from: 'window',
    effect: 'work',
    input: z.object({ selection: selectionShape, operation: operationShape }),
    output: z.object({ selected: z.number().int(), changed: z.number().int() }),
  },
  /** Deletes what is in the trash for good (all of it, or those named), after a checked backup. */
  'trash.empty': {
    from: 'window',
    effect: 'work',
    input: z.object({ selection: selectionShape.optional() }),
    output: z.object({ deleted: z.number().int() }),
  },
  'views.list': { from: 'window', effect: 'none', input: nothing, output: z.array(viewShape) },
  /** Keeps search, filters, order and columns under a name; with an id over the view that has it. */
  'views.save': {
    from: 'window',
    effect: 'change',
    input: z.object({ id: idShape.optional(), name: plainText(60).min(1), definition: viewDefinitionShape }),
    output: z.object({ id: idShape, views: z.array(viewShape) }),
  },
  'views.remove': {
    from: 'window',
    effect: 'change',
    input: z.object({ id: idShape }),
    output: z.array(viewShape),
  },
} as const;
