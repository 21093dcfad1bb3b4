import { z } from 'zod';
import { changeShape, enterpriseFileShape, idShape } from './shapes.ts';

const nothing = z.object({});
const undoneShape = z
  .object({
    action: z.string(),
    enterpriseId: z.string().nullable(),
    enterpriseName: z.string().nullable(),
    changes: z.array(changeShape),
  })
  .nullable();

const draftShape = z.object({
  key: z.string().min(1).max(300),
  value: z.unknown(),
});

/** Undo, the history of a field, past days, and what is typed and not stored yet. */
export function safetyCalls() {
  return {
    /** Takes back the last action of the person at work; null where there is none. */
    'undo.back': { from: 'window', effect: 'work', guests: true, input: nothing, output: undoneShape },
    /** Does again what was taken back last; null where there is nothing. */
    'undo.again': { from: 'window', effect: 'work', guests: true, input: nothing, output: undoneShape },
    /** Who changed one field, when, from what to what; the newest first. */
    'history.field.list': {
      from: 'window',
      effect: 'none',
      input: z.object({
        enterpriseId: idShape,
        entity: z.string().max(40),
        entityId: z.string().max(120),
        field: z.string().max(200),
        limit: z.number().int().min(1).max(200).optional(),
      }),
      output: z.array(
        z.object({
          changeId: z.number(),
          field: z.string(),
          at: z.string(),
          actor: z.string(),
          action: z.string(),
          old: z.unknown(),
          new: z.unknown(),
        }),
      ),
    },
    /** Gives one field the value it had before or after an entry of the log. */
    'history.restore': {
      from: 'window',
      effect: 'change',
      input: z.object({
        changeId: z.number().int(),
        field: z.string().max(300),
        side: z.enum(['old', 'new']),
      }),
      output: nothing,
    },
    /** An enterprise at the end of a past day, read-only; null where it was not in the library yet. */
    'history.asOf.get': {
      from: 'window',
      effect: 'none',
      input: z.object({ enterpriseId: idShape, day: z.iso.date() }),
      output: z.object({ file: enterpriseFileShape.nullable(), firstDay: z.string().nullable() }),
    },
    /** Everything that was typed and not stored, and the place where the user was. */
    'draft.list': {
      from: 'window',
      effect: 'none',
      guests: true,
      input: nothing,
      output: z.array(draftShape),
    },
    /** Keeps what is typed (at most 200,000 characters as JSON); it survives a crash of window, service or machine. */
    'draft.keep': { from: 'window', effect: 'draft', guests: true, input: draftShape, output: nothing },
    'draft.drop': {
      from: 'window',
      effect: 'draft',
      guests: true,
      input: z.object({ key: z.string().min(1).max(300) }),
      output: nothing,
    },
  } as const;
}
