import { z } from 'zod';
import type { Call } from '../call.ts';
import { textShape } from '../standards/schema.ts';
import { policyShape } from './measure-schema.ts';

const policyId = policyShape.shape.id.max(57);

/** A policy as it counts, with where it comes from. */
export const listedPolicyShape = z.object({
  policy: policyShape,
  /** product: ours; pack: from a file of the data folder; own: edited in the library. */
  origin: z.enum(['product', 'pack', 'own']),
  /** There is one of ours by this id, which comes back when the own one is dropped. */
  overrides: z.boolean(),
  hidden: z.boolean(),
});
export type ListedPolicy = z.infer<typeof listedPolicyShape>;

const ownPacksShape = z.object({
  /** Folder of the library, in which `measures` and `policies` hold the packs. */
  folder: z.string(),
  packs: z.array(
    z.object({
      file: z.string(),
      kind: z.enum(['measures', 'policies']),
      id: z.string().nullable(),
      title: textShape.nullable(),
      entries: z.number().int(),
      /** Of those, entries that stand in place of one of ours. */
      overrides: z.number().int(),
    }),
  ),
  faults: z.array(z.object({ file: z.string(), path: z.string(), message: z.string(), stray: z.boolean() })),
});

/** The consultancy's own policies and packs. */
export function packCalls() {
  return {
    'policies.list': {
      from: 'window',
      effect: 'none',
      input: z.object({}),
      output: z.array(listedPolicyShape),
    },
    /** Keeps a policy: a new one, or one in place of ours. */
    'policies.save': {
      from: 'window',
      effect: 'change',
      input: z.object({ policy: policyShape.extend({ id: policyId }) }),
      output: z.array(listedPolicyShape),
    },
    /** Leaves a policy out of plans, or takes it in again. */
    'policies.hide': {
      from: 'window',
      effect: 'change',
      input: z.object({ id: policyId, hidden: z.boolean() }),
      output: z.array(listedPolicyShape),
    },
    /** Drops what the consultancy made of a policy. */
    'policies.reset': {
      from: 'window',
      effect: 'change',
      input: z.object({ id: policyId }),
      output: z.array(listedPolicyShape),
    },
    'packs.list': { from: 'window', effect: 'none', input: z.object({}), output: ownPacksShape },
    /** Reads the packs of the data folder again. */
    'packs.reload': { from: 'window', effect: 'none', input: z.object({}), output: ownPacksShape },
    /** Makes the folders, each with an example to be copied and renamed; nothing that is there is changed. */
    'packs.prepare': {
      from: 'window',
      effect: 'none',
      input: z.object({}),
      output: z.object({ files: z.array(z.string()) }),
    },
  } as const satisfies Record<string, Call>;
}
