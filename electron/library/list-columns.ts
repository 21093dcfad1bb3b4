/** A column of words of which few differ: each row holds the number of its word. Number 0 stands for "not given". */
export class WordColumn {
  readonly words: string[] = [''];
  readonly rows: number[] = [];
  readonly #numbers = new Map<string, number>([['', 0]]);

  set(row: number, word: string): void {
    let number = this.#numbers.get(word);
    if (number === undefined) {
      number = this.words.length;
      this.words.push(word);
      this.#numbers.set(word, number);
    }
    this.rows[row] = number;
  }

  of(row: number): string {
    return this.words[this.rows[row] ?? 0] ?? '';
  }

  /** For each number whether its word passes. */
  table(passes: (word: string) => boolean): Uint8Array {
    return Uint8Array.from(this.words, (word) => (passes(word) ? 1 : 0));
  }
}

/** Columns of words, and where each comes from in `standing`. */
const WORDS = {
  district: 'district',
  division: 'division',
  sizeClass: 'size_class',
  stage: 'stage',
  consultant: 'consultant',
  editor: 'editor',
  verdict: 'next_verdict',
  /** The list of tags as JSON. */
  tags: 'tags',
  /** Reach of the rungs 1–3, a letter each: sure, possible, impossible, or "-". */
  reach: 'rungs',
} as const;
export type WordName = keyof typeof WORDS;

/** Columns of numbers; NaN = not known. Days are days since 1970. */
const NUMBERS = {
  /** 0 = worked on, 1 = archived, 2 = in the trash. */
  state: 'archived',
  sample: 'is_sample',
  rung: 'current_rung',
  revenue: 'revenue',
  figureYear: 'figure_year',
  revenueYear: 'revenue_year',
  unmet: 'unmet',
  unknown: 'unknown',
  distance: 'distance',
  effort: 'effort',
  missing: 'missing',
  planned: 'planned',
} as const;
const DAYS = { reviewDay: 'review_on', expiryDay: 'expires_on', checkedDay: 'checked_at' } as const;
export type NumberName = keyof typeof NUMBERS | keyof typeof DAYS | 'updated';

const wordNames = Object.keys(WORDS) as WordName[];
const numberNames = Object.keys(NUMBERS) as (keyof typeof NUMBERS)[];
const dayNames = Object.keys(DAYS) as (keyof typeof DAYS)[];

/** Everything a list is filtered and sorted by, column by column. */
export interface Columns {
  readonly words: Readonly<Record<WordName, WordColumn>>;
  readonly numbers: Readonly<Record<NumberName, number[]>>;
  /** What names are sorted by, and the ids of the enterprises. */
  readonly names: string[];
  readonly ids: string[];
}

/** The list's columns without a line. */
export function emptyColumns(): Columns {
  return {
    words: Object.fromEntries(wordNames.map((name) => [name, new WordColumn()])) as Columns['words'],
    numbers: Object.fromEntries(
      [...numberNames, ...dayNames, 'updated'].map((name) => [name, [] as number[]]),
    ) as Columns['numbers'],
    names: [],
    ids: [],
  };
}

/** A row of `standing` as LINE reads it. */
export type Line = readonly unknown[];
const HEAD = ['enterprise_id', 'search_text', 'name_sort', 'updated_at'];
/** Reads lines of `standing` for `putLine`. */
export const LINE = `SELECT ${[...HEAD, ...Object.values(WORDS), ...Object.values(NUMBERS), ...Object.values(DAYS)].join(', ')} FROM standing`;
/** The enterprise a line is of. */
export const lineId = (line: Line) => line[0] as string;
/** What a line is searched by. */
export const lineText = (line: Line) => line[1] as string;

/** A day as days since 1970; NaN for none. */
export function dayNumber(day: string | null): number {
  return day === null ? Number.NaN : Math.floor(Date.parse(day.slice(0, 10)) / 86_400_000);
}

/** Few lists of rungs differ, so each is read once. */
const reaches = new Map<string, string>();

function reachOf(rungs: string): string {
  let reach = reaches.get(rungs);
  if (reach === undefined) {
    const letters = ['-', '-', '-'];
    for (const { rung, reach: word } of JSON.parse(rungs) as { rung: number; reach: string }[])
      letters[rung - 1] = word.charAt(0);
    reach = letters.join('');
    reaches.set(rungs, reach);
  }
  return reach;
}

/** Puts a line of `standing` into a row. */
export function putLine({ words, numbers, names, ids }: Columns, row: number, line: Line): void {
  ids[row] = lineId(line);
  names[row] = line[2] as string;
  numbers.updated[row] = Date.parse(line[3] as string);
  let at = HEAD.length;
  for (const name of wordNames) {
    const word = (line[at++] ?? '') as string;
    words[name].set(row, name === 'reach' ? reachOf(word) : name === 'tags' && word === '[]' ? '' : word);
  }
  for (const name of numberNames) numbers[name][row] = (line[at++] ?? Number.NaN) as number;
  for (const name of dayNames) numbers[name][row] = dayNumber((line[at++] ?? null) as string | null);
}
