import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Diagnosis } from '../diagnosis/shapes.ts';
import { flatten } from '../library/fields.ts';
import { CARRIED_NAME, carriedWith } from './carried.ts';
import { layoutShape } from './layouts.ts';
import type { DocumentInput } from './model-words.ts';

/** Names under which check-up and manifest are attached to the PDF. */
export const SNAPSHOT_NAME = 'cultivar-diagnosis.json';
export const MANIFEST_NAME = 'cultivar-plan.json';

/** What a PDF says of itself, for those who verify it later: whose plan it is and from which check-up it was printed. */
export const manifestShape = z.object({
  schema: z.literal('cultivar-plan/1'),
  enterprise: z.object({
    id: z.string().max(60),
    name: z.string().max(400),
    uscc: z.string().max(40).nullable(),
  }),
  plan: z.object({
    id: z.string().max(60),
    version: z.number().int(),
    updatedAt: z.string().max(40),
    targetRung: z.number().int().min(1).max(3).nullable(),
    /** The route chosen, where the plan names one. */
    route: z.object({ standard: z.string().max(60), tier: z.string().max(60) }).nullable(),
  }),
  diagnosis: z.object({ id: z.string().max(60), sha256: z.string().max(64) }),
  /** The files of rules the check-up was made with. */
  packs: z.array(z.object({ id: z.string().max(200), hash: z.string().max(64) })).max(200),
  locale: z.enum(['zh', 'en']),
  layout: layoutShape,
  /** SHA-256 of the attachment with the enterprise; PDFs of former versions have none. */
  carried: z.string().max(64).optional(),
});
export type Manifest = z.infer<typeof manifestShape>;

/** SHA-256 of a check-up as the library keeps it. */
export function snapshotHash(diagnosis: unknown): string {
  return createHash('sha256').update(JSON.stringify(diagnosis)).digest('hex');
}

/** Of that hash so much is printed. */
export const CODE_LENGTH = 16;

/** The short code on paper by which a plan's diagnosis can be told. */
export function checkCode(diagnosis: unknown): string {
  return snapshotHash(diagnosis).slice(0, CODE_LENGTH);
}

function manifestOf(input: DocumentInput, carried: Uint8Array | undefined): Manifest {
  const { plan, file, diagnosis, packs = [], locale, layout = 'full' } = input;
  const { id, name, uscc } = file.enterprise;
  const route = plan.content.planning?.route;
  return {
    schema: 'cultivar-plan/1',
    enterprise: { id, name, uscc },
    plan: {
      id: plan.id,
      version: plan.version,
      updatedAt: plan.updatedAt,
      targetRung: plan.content.targetRung,
      route: route ? { standard: route.standard, tier: route.tier } : null,
    },
    diagnosis: { id: plan.diagnosisId, sha256: snapshotHash(diagnosis satisfies Diagnosis) },
    packs: packs.map((pack) => ({ id: pack.id, hash: pack.hash })),
    locale,
    layout,
    ...(carried ? { carried: createHash('sha256').update(carried).digest('hex') } : {}),
  };
}

/** The enterprise as it is attached, with the plan as it is printed. */
function carriedOf({ carried, plan }: DocumentInput): object | undefined {
  const { diagnosisId, version, content } = plan;
  return (
    carried &&
    carriedWith(carried, {
      entity: 'plan',
      id: plan.id,
      parts: { diagnosisId, version, ...flatten('content', content) },
    })
  );
}

const encoder = new TextEncoder();

/** The attachments of a PDF, by name. */
export function attachmentsOf(input: DocumentInput): Record<string, Uint8Array> {
  const bytes = (value: object) => encoder.encode(`${JSON.stringify(value, null, 1)}\n`);
  const enterprise = carriedOf(input);
  const carried = enterprise && encoder.encode(JSON.stringify(enterprise));
  return {
    [SNAPSHOT_NAME]: bytes(input.diagnosis),
    [MANIFEST_NAME]: bytes(manifestOf(input, carried)),
    ...(carried ? { [CARRIED_NAME]: carried } : {}),
  };
}
