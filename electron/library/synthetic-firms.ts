import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { textShape } from '../standards/schema.ts';
import { usccWith } from './uscc.ts';

/** A number from 0 to below 1, the same row for the same seed. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const weighted = z.array(z.tuple([z.string(), z.number().positive()])).min(1);
const wordsShape = z.strictObject({
  schema: z.literal('cultivar-synthetic/1'),
  note: textShape,
  /** Printed with everything that is made from an invented firm. */
  notice: textShape,
  city: z.string(),
  cityFull: z.string(),
  province: z.string(),
  syllables: z.string().min(40),
  forms: weighted,
  districts: weighted,
  people: z.string().min(5),
  given: z.string().min(5),
  consultants: z.array(z.string()).min(1),
  tags: z.array(z.string()).min(1),
  titles: z.record(z.string(), z.string()),
  trades: z
    .array(
      z.strictObject({
        section: z.string().regex(/^[A-T]$/),
        division: z.string().regex(/^\d{2}$/),
        share: z.number().positive(),
        words: z.array(z.string()).min(1),
        products: z.array(z.string()).min(1),
      }),
    )
    .min(1),
});
export type SyntheticWords = z.infer<typeof wordsShape>;

/** The words invented firms are made of, from the resources folder. */
export function readSyntheticWords(resources: string): SyntheticWords {
  return wordsShape.parse(JSON.parse(readFileSync(join(resources, 'reference/synthetic.json'), 'utf8')));
}

/** Who an invented firm is. */
export interface SyntheticFirm {
  readonly name: string;
  readonly shortName: string;
  readonly uscc: string;
  readonly district: string;
  readonly section: string;
  readonly division: string;
  readonly product: string;
  readonly person: string;
  readonly consultant: string;
  readonly tags: readonly string[];
}

function chooser(list: readonly (readonly [string, number])[]): (at: number) => string {
  const total = list.reduce((sum, [, share]) => sum + share, 0);
  return (at) => {
    let left = at * total;
    for (const [word, share] of list) {
      left -= share;
      if (left < 0) return word;
    }
    return list[0]![0];
  };
}

/** Makes the firms one after the other; no two of the first million have the same name or code. */
export function firmMaker(words: SyntheticWords, random: () => number): (index: number) => SyntheticFirm {
  const syllables = [...new Set(words.syllables)];
  const district = chooser(words.districts);
  const form = chooser(words.forms);
  const trades = words.trades.map((trade): [string, number] => [trade.division, trade.share]);
  const trade = chooser(trades);
  const some = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)]!;
  const letters = '0123456789ABCDEFGHJKLMNPQRTUWXY';
  const roots = syllables.length ** 2;
  return (index) => {
    // A walk over all pairs of syllables in an order that looks random; when they are used up, three are taken.
    const at = (index * 7919 + 104_729) % roots;
    const third = Math.floor(index / roots);
    const root =
      syllables[Math.floor(at / syllables.length)]! +
      syllables[at % syllables.length]! +
      (third === 0 ? '' : syllables[third % syllables.length]!);
    const mine = words.trades.find((t) => t.division === trade(random())) ?? words.trades[0]!;
    let code = '';
    for (let n = index, i = 0; i < 7; i += 1, n = Math.floor(n / 31)) code = letters[n % 31]! + code;
    return {
      name: `${words.city}${root}${some(mine.words)}${form(random())}`,
      shortName: root,
      // No registry gives out bodies that begin with MX.
      uscc: usccWith(`91420100MX${code}`),
      district: district(random()),
      section: mine.section,
      division: mine.division,
      product: some(mine.products),
      person:
        some([...words.people]) + some([...words.given]) + (random() < 0.5 ? some([...words.given]) : ''),
      consultant: some(words.consultants),
      tags: words.tags.filter(() => random() < 0.12),
    };
  };
}
