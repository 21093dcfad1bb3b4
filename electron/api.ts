/**
 * THE contract between the window and the service: every call with its input and output, the events and the
 * error codes. The renderer imports types from here and nothing else of electron/.
 */
import { z } from 'zod';
import type { Call } from './call.ts';
import { cohortCallShapes } from './cohort/cohort-call-shapes.ts';
import { batchQuestionShape, impactShape } from './cohort/impact-shape.ts';
import { cohortViewCallShapes } from './cohort/view-call-shapes.ts';
import { routeStepShape } from './diagnosis/route-shape.ts';
import { asOfShape, diagnosisShape, routeShape } from './diagnosis/shapes.ts';
import { exchangeCalls } from './exchange/call-shapes.ts';
import { caseCalls } from './exchange/case-call-shapes.ts';
import { duplicateCalls } from './exchange/duplicate-call-shapes.ts';
import { accessCalls } from './library/access-call-shapes.ts';
import { backupCalls } from './library/backup-call-shapes.ts';
import { checkCalls } from './library/check-call-shapes.ts';
import { evidenceCalls } from './library/evidence-call-shapes.ts';
import { guestCalls } from './library/guest-call-shapes.ts';
import { listCalls } from './library/list-call-shapes.ts';
import { protectionCalls } from './library/protection-call-shapes.ts';
import { recordCallShapes } from './library/record-call-shapes.ts';
import { safetyCalls } from './library/safety-call-shapes.ts';
import {
  factRecordShape,
  figureValuesShape,
  idShape,
  plainText,
  profileShape,
  settingsShape,
  yearShape,
} from './library/shapes.ts';
import { targetCalls } from './library/target-call-shapes.ts';
import { type longJobs, workCalls } from './library/work-call-shapes.ts';
import { planCalls } from './plan/call-shapes.ts';
import { followCalls } from './plan/follow-call-shapes.ts';
import { packCalls } from './plan/pack-call-shapes.ts';
import { wordingCalls } from './plan/wording-call-shapes.ts';
import { factShape } from './standards/fact-schema.ts';
import { gradeShape, textShape } from './standards/schema.ts';

const nothing = z.object({});
const localeShape = z.enum(['zh', 'en']);
const asOfInput = z.object({
  fiscalYear: yearShape.optional(),
  applicationDate: z.iso.date().optional(),
  /** Rungs to be judged as a review (复核). */
  review: z.array(z.number().int().min(1).max(3)).max(3).optional(),
});
/** Unsaved edits laid over what is stored, so that verdicts follow the typing. */
const draftShape = z.object({
  figures: z
    .array(z.object({ year: yearShape, values: figureValuesShape }))
    .max(40)
    .optional(),
  facts: z
    .array(factRecordShape.pick({ factId: true, year: true, value: true }))
    .max(200)
    .optional(),
  profile: profileShape.partial().optional(),
});
const tierNameShape = z.object({ standard: plainText(60).min(1), tier: plainText(60).min(1) });
/** Every call by its name. */
export const calls = {
  'app.info': {
    from: 'window',
    effect: 'none',
    guests: true,
    input: nothing,
    output: z.object({
      version: z.string(),
      libraryPath: z.string(),
      enterprises: z.number(),
      samplesAvailable: z.number(),
      samplesLoaded: z.boolean(),
      /** Who is at work as long as no name is set: the account of the computer. */
      account: z.string(),
      /** Packs that could not be loaded, with the path of the fault. */
      faults: z.array(z.object({ file: z.string(), path: z.string(), message: z.string() })),
      notices: z.array(z.object({ key: z.string(), details: z.record(z.string(), z.string()) })),
    }),
  },
  'settings.get': { from: 'window', effect: 'none', guests: true, input: nothing, output: settingsShape },
  'settings.set': {
    from: 'window',
    effect: 'change',
    guests: true,
    input: settingsShape.partial(),
    output: settingsShape,
  },
  'reference.get': {
    from: 'window',
    effect: 'none',
    guests: true,
    input: nothing,
    output: z.object({
      sections: z.array(z.object({ code: z.string(), name: textShape })),
      divisions: z.array(
        z.object({ code: z.string(), section: z.string(), name: textShape, group: z.string() }),
      ),
      districts: z.array(z.object({ name: textShape })),
      provinces: z.array(z.object({ name: textShape })),
      facts: z.array(factShape),
      standards: z.array(
        z.object({
          id: z.string(),
          version: z.number(),
          hash: z.string(),
          number: textShape,
          title: textShape,
          from: z.string(),
          to: z.string().nullable(),
          status: textShape,
          grade: gradeShape,
          tiers: z.array(
            z.object({ id: z.string(), rung: z.number().int(), title: textShape, annex: textShape }),
          ),
        }),
      ),
    }),
  },
  'samples.load': {
    from: 'window',
    effect: 'change',
    input: nothing,
    output: z.object({ added: z.number(), skipped: z.number() }),
  },

  /** Judges all rungs at once, with unsaved edits laid over; stores nothing. */
  'diagnosis.evaluate': {
    from: 'window',
    effect: 'none',
    input: z.object({ enterpriseId: idShape, asOf: asOfInput.optional(), draft: draftShape.optional() }),
    output: diagnosisShape,
  },
  /** Stores a snapshot. */
  'diagnosis.save': {
    from: 'window',
    effect: 'change',
    input: z.object({ enterpriseId: idShape, asOf: asOfInput.optional() }),
    output: z.object({ id: idShape, createdAt: z.string(), diagnosis: diagnosisShape }),
  },
  'diagnosis.list': {
    from: 'window',
    effect: 'none',
    input: z.object({ enterpriseId: idShape }),
    output: z.array(
      z.object({ id: idShape, createdAt: z.string(), actor: z.string(), asOf: asOfShape, says: textShape }),
    ),
  },
  'diagnosis.get': {
    from: 'window',
    effect: 'none',
    input: z.object({ id: idShape }),
    output: z.object({
      id: idShape,
      enterpriseId: idShape,
      createdAt: z.string(),
      diagnosis: diagnosisShape,
    }),
  },
  /** Re-runs a stored snapshot with the standard it was made with. */
  'diagnosis.verify': {
    from: 'window',
    effect: 'none',
    input: z.object({ id: idShape }),
    output: z.object({ same: z.boolean(), differences: z.array(z.string()) }),
  },
  /** ECharts options in one language: the same charts as on paper. */
  'diagnosis.charts': {
    from: 'window',
    effect: 'none',
    input: z.object({
      diagnosis: diagnosisShape,
      locale: localeShape,
      dark: z.boolean(),
      /** With it, revenue and R&D by year are drawn too. */
      enterpriseId: idShape.optional(),
    }),
    output: z.object({ radar: z.unknown(), gaps: z.unknown(), figures: z.unknown().optional() }),
  },

  /** The way up: each rung above the one held, with its earliest least-effort route or why there is none. */
  'route.get': {
    from: 'window',
    effect: 'none',
    input: z.object({ enterpriseId: idShape, asOf: asOfInput.optional() }),
    output: z.array(routeStepShape),
  },
  /** Changes facts of the sheet (exact text, 万元 and fractions; null = unknown) and judges; stores nothing. */
  'whatif.evaluate': {
    from: 'window',
    effect: 'none',
    input: z.object({
      enterpriseId: idShape,
      asOf: asOfInput.optional(),
      facts: z
        .array(
          z.object({
            field: z.string().regex(/^[a-z][a-z0-9_]{0,60}$/),
            value: z.union([z.boolean(), plainText(100)]).nullable(),
          }),
        )
        .max(200),
    }),
    output: z.object({ diagnosis: diagnosisShape, route: z.array(routeStepShape) }),
  },
  /** Two tiers of two standards side by side, with sentences that say where they differ. */
  'standards.compare': {
    from: 'window',
    effect: 'none',
    input: z.object({
      enterpriseId: idShape,
      asOf: asOfInput.optional(),
      a: tierNameShape,
      b: tierNameShape,
    }),
    output: z.object({ a: routeShape, b: routeShape, says: z.array(textShape) }),
  },

  /** Who gains or loses a title between two tiers' rules, and by which clause; over the whole library. */
  'cohort.impact': {
    from: 'window',
    effect: 'none',
    input: z.object({
      from: tierNameShape,
      to: tierNameShape,
      most: z.number().int().min(0).max(100_000).optional(),
    }),
    output: impactShape,
  },
  /** Which one fact decides the most enterprises, the first most. */
  'cohort.askNext': { from: 'window', effect: 'none', input: nothing, output: z.array(batchQuestionShape) },
  /** Ends what looks at the whole library; it then answers with `batchCancelled`. */
  'cohort.cancel': {
    from: 'window',
    effect: 'none',
    input: nothing,
    output: z.object({ cancelled: z.number() }),
  },

  ...recordCallShapes,
  ...planCalls(asOfInput),
  ...followCalls(asOfInput),
  ...packCalls(),
  ...wordingCalls(),
  ...targetCalls(asOfInput),
  ...cohortCallShapes,
  ...cohortViewCallShapes,
  ...listCalls,
  ...workCalls,
  ...duplicateCalls,
  ...exchangeCalls,
  ...caseCalls(),
  ...guestCalls,
  ...backupCalls(),
  ...accessCalls(),
  ...evidenceCalls(),
  ...checkCalls(),
  ...safetyCalls(),
  ...protectionCalls(),
} as const satisfies Record<string, Call>;

export type { Effect } from './call.ts';
export type Calls = typeof calls;
export type CallName = keyof Calls;
export type CallInput<N extends CallName> = z.input<Calls[N]['input']>;
export type CallOutput<N extends CallName> = z.output<Calls[N]['output']>;

/** Why a call failed, as data: a code, the key of its message in the language files, and details to fill in. */
export interface ApiError {
  code:
    | 'unknown-call'
    | 'invalid-input'
    | 'not-found'
    | 'duplicate'
    | 'conflict'
    | 'too-large'
    | 'forbidden'
    | 'library'
    | 'newer-library'
    | 'damaged-library'
    | 'locked'
    | 'file'
    | 'render'
    | 'service-restarted'
    | 'internal';
  /** Key in resources/i18n/<language>/errors.json, without the namespace. */
  key: string;
  details?: Record<string, unknown>;
}
export type Result<T> = { ok: true; value: T } | { ok: false; error: ApiError };

/** Events the service or the shell sends to the window. */
export interface Events {
  /** Something in the library changed; refetch what is shown. */
  changed: { topic: 'library' | 'enterprise' | 'plan' | 'settings' | 'safety'; id?: string };
  menu: { command: string };
  /** The computer goes to sleep, or its screen is locked. */
  away: Record<string, never>;
  service: { state: 'restarted' | 'failed' };
  /** How far a long job is. */
  progress: {
    job: (typeof longJobs)[number] | 'judge' | 'cohort' | 'plans' | 'protection';
    done: number;
    total: number;
    /** Which part of the job it is, where it has several. */
    step?: string;
  };
  /** Long work began or ended; how much of the kind runs now. */
  work: { job: (typeof longJobs)[number]; running: number };
}
export type EventName = keyof Events;
