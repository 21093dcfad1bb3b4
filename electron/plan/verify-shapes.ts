import { z } from 'zod';
import { verdictShape } from '../diagnosis/shapes.ts';
import { textShape } from '../standards/schema.ts';
import { manifestShape } from './manifest.ts';

/**
 * What is looked at, in this order: the attachments can be read; the check-up has the hash the manifest names; the
 * standards it was made with are at hand, byte for byte; run again it gives the same verdicts; the printed pages say
 * what the check-up says; the enterprise attached is the one it was made for, with the same facts; this library holds the
 * very same check-up.
 */
export const checkNames = [
  'attachments',
  'snapshot',
  'standards',
  'rerun',
  'pages',
  'carried',
  'library',
] as const;
export type CheckName = (typeof checkNames)[number];

const run = z.object({ verdict: verdictShape, formula: textShape });

export const verifiedShape = z.object({
  /** Name of the file, without its folder. */
  file: z.string(),
  /**
   * `genuine`: nothing differs; `differs`: something was changed; `unchecked`: nothing differs, but it could not be run
   * again, because a standard is not at hand; `foreign`: not a plan made by Cultivar.
   */
  result: z.enum(['genuine', 'differs', 'unchecked', 'foreign']),
  manifest: manifestShape.nullable(),
  asOf: z.object({ fiscalYear: z.number(), factsDate: z.string(), applicationDate: z.string() }).nullable(),
  checks: z.array(
    z.object({
      check: z.enum(checkNames),
      /** `none`: could not be looked at, which is no fault (another library's plan, a standard not at hand). */
      state: z.enum(['ok', 'differs', 'none']),
      /** Names of what differs or is missing. */
      details: z.array(z.string()),
    }),
  ),
  /** Conditions whose verdict or numbers come out otherwise. */
  changed: z.array(z.object({ title: textShape, clause: textShape, printed: run, again: run.nullable() })),
  /** The enterprise and the plan, where this library holds them. */
  here: z.object({ enterpriseId: z.string().nullable(), planId: z.string().nullable() }),
});
export type Verified = z.infer<typeof verifiedShape>;
