import { z } from 'zod';
import type { Call } from '../call.ts';
import { idShape, plainText } from '../library/shapes.ts';
import { textShape } from '../standards/schema.ts';
import { layoutShape } from './layouts.ts';
import { SECTIONS, wordingShape } from './wording.ts';

/** Words for one kind of export, kept under a name. */
export const profileWordsShape = z.object({
  id: idShape,
  name: plainText(60).min(1),
  words: wordingShape,
});
export type ProfileWords = z.infer<typeof profileWordsShape>;

const kept = z.object({
  profiles: z.array(profileWordsShape),
  /** What the sections are called where a profile says nothing. */
  usual: z.record(z.enum(SECTIONS), textShape),
});

/** The consultancy's own words on its documents; which of them counts is the setting `wording`. */
export function wordingCalls() {
  return {
    'wording.list': { from: 'window', effect: 'none', guests: true, input: z.object({}), output: kept },
    /** Keeps a profile; without id a new one. */
    'wording.save': {
      from: 'window',
      effect: 'change',
      guests: true,
      input: profileWordsShape.extend({ id: idShape.optional() }),
      output: kept.extend({ id: idShape }),
    },
    /** Documents then say what they usually say. */
    'wording.remove': {
      from: 'window',
      effect: 'change',
      guests: true,
      input: z.object({ id: idShape }),
      output: kept,
    },
    /** The plan of a sample enterprise in these words. Stores nothing. */
    'wording.example': {
      from: 'window',
      effect: 'none',
      guests: true,
      input: z.object({ words: wordingShape, locale: z.enum(['zh', 'en']), layout: layoutShape }),
      output: z.object({ pdf: z.instanceof(Uint8Array), missing: z.array(z.string()) }),
    },
  } as const satisfies Record<string, Call>;
}
