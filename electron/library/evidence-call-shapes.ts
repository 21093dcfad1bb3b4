import { z } from 'zod';
import { linkedEntities } from './evidence.ts';
import { idShape, plainText } from './shapes.ts';

const path = z.string().min(1).max(4000);
const name = z.string().min(1).max(400);
const link = z.object({
  enterpriseId: idShape,
  entity: z.enum(linkedEntities),
  entityId: plainText(120).min(1),
});
const evidenceShape = z.object({
  id: idShape,
  name: z.string(),
  mime: z.string(),
  bytes: z.number(),
  entity: z.enum(linkedEntities),
  entityId: z.string(),
  addedAt: z.string(),
  opens: z.boolean(),
  picture: z.boolean(),
  state: z.enum(['there', 'gone', 'changed']),
});
const addedShape = z.object({
  added: z.number(),
  refused: z.array(
    z.object({ name: z.string(), key: z.string(), details: z.record(z.string(), z.unknown()) }),
  ),
});

/** Files attached as evidence. */
export function evidenceCalls() {
  return {
    /** The files of an enterprise, and what is answered without one. */
    'evidence.list': {
      from: 'window',
      effect: 'none',
      input: z.object({ enterpriseId: idShape }),
      output: z.object({
        files: z.array(evidenceShape),
        missing: z.array(
          z.object({
            entity: z.enum(['fact', 'figure', 'title', 'ipRight']),
            entityId: z.string(),
            basis: z.string().nullable(),
            name: z.string().nullable(),
          }),
        ),
      }),
    },
    /** Attaches files chosen in a dialog. */
    'evidence.addFiles': {
      from: 'shell',
      effect: 'change',
      input: link.extend({ paths: z.array(path).min(1).max(50) }),
      output: addedShape,
    },
    /** Attaches a file that was dropped or pasted (at most 15 MB; larger ones go through the dialog). */
    'evidence.addBytes': {
      from: 'window',
      effect: 'change',
      input: link.extend({ name, bytes: z.instanceof(Uint8Array) }),
      output: addedShape,
    },
    'evidence.remove': {
      from: 'window',
      effect: 'change',
      input: z.object({ id: idShape }),
      output: z.object({}),
    },
    /** The content of a picture of at most 12 MB; null for others. */
    'evidence.preview': {
      from: 'window',
      effect: 'none',
      input: z.object({ id: idShape }),
      output: z.object({ mime: z.string(), bytes: z.instanceof(Uint8Array) }).nullable(),
    },
    /** Writes a copy to where the user said. */
    'evidence.saveCopy': {
      from: 'shell',
      effect: 'none',
      input: z.object({ id: idShape, path }),
      output: z.object({ path: z.string() }),
    },
    /** A copy for looking at, under an honest name, in a folder of its own. */
    'evidence.openCopy': {
      from: 'shell',
      effect: 'none',
      input: z.object({ id: idShape }),
      output: z.object({ path: z.string() }),
    },
    /** Removes contents that neither the library nor any backup refers to. */
    'evidence.clean': {
      from: 'window',
      effect: 'change',
      input: z.object({}),
      output: z.object({ files: z.number(), bytes: z.number() }),
    },
  } as const;
}
