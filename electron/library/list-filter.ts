import { type Columns, dayNumber, type WordName } from './list-columns.ts';
import type { ListFilter } from './list-question.ts';
import { missingBit } from './missing.ts';

/** One condition of a filter on a row; `facet` names the filter's field it comes from. */
export interface Check {
  readonly facet: keyof ListFilter | 'state';
  passes(row: number): boolean;
}

const LETTER = { sure: 's', possible: 'p', impossible: 'i' } as const;

/** The last closed fiscal year on a day. */
export function closedYear(today: string): number {
  return Number(today.slice(0, 4)) - 1;
}

/** A filter as checks of a row, the ones that sort out most first. `today` is YYYY-MM-DD. */
export function checksOf(columns: Columns, filter: ListFilter, today: string): Check[] {
  const { words, numbers } = columns;
  const checks: Check[] = [];
  const add = (facet: Check['facet'], passes: Check['passes']) => checks.push({ facet, passes });
  const state = filter.trash ? 2 : filter.archived ? 1 : 0;
  add('state', (row) => numbers.state[row] === state);
  const among = (facet: Check['facet'], name: WordName, values: readonly string[] | undefined) => {
    if (!values || values.length === 0) return;
    const { rows } = words[name];
    const table = words[name].table((word) => values.includes(word));
    add(facet, (row) => table[rows[row]!] === 1);
  };
  if (filter.rung && filter.rung.length > 0) {
    const rungs = filter.rung;
    add('rung', (row) => rungs.includes(numbers.rung[row]!));
  }
  among('verdict', 'verdict', filter.verdict);
  among('district', 'district', filter.district);
  among('division', 'division', filter.division);
  among('sizeClass', 'sizeClass', filter.sizeClass);
  among('stage', 'stage', filter.stage);
  among('consultant', 'consultant', filter.consultant);
  among('editor', 'editor', filter.editor);
  if (filter.reach && filter.reach.length > 0) {
    const wanted = filter.reach.map((reach): [number, string] => {
      const [rung = '1', word = 'sure'] = reach.split(':');
      return [Number(rung) - 1, LETTER[word as keyof typeof LETTER]];
    });
    const { rows } = words.reach;
    const table = words.reach.table((letters) => wanted.some(([at, letter]) => letters[at] === letter));
    add('reach', (row) => table[rows[row]!] === 1);
  }
  if (filter.tags && filter.tags.length > 0) {
    const tags = filter.tags;
    const { rows } = words.tags;
    const table = words.tags.table((json) => tagsOf(json).some((tag) => tags.includes(tag)));
    add('tags', (row) => table[rows[row]!] === 1);
  }
  if (filter.missing && filter.missing.length > 0) {
    let bits = 0;
    for (const kind of filter.missing) if (kind !== 'figures' && kind !== 'revenue') bits |= missingBit(kind);
    const closed = closedYear(today);
    const [figures, revenue] = [filter.missing.includes('figures'), filter.missing.includes('revenue')];
    add(
      'missing',
      (row) =>
        (numbers.missing[row]! & bits) !== 0 ||
        // Not ">=": an unknown year is missing too.
        (figures && !(numbers.figureYear[row]! >= closed)) ||
        (revenue && !(numbers.revenueYear[row]! >= closed)),
    );
  }
  const { unknownAtLeast, reviewWithin, expiryWithin, untouchedFor, uncheckedFor, planned, samples } = filter;
  const day = dayNumber(today);
  if (unknownAtLeast !== undefined) add('unknownAtLeast', (row) => numbers.unknown[row]! >= unknownAtLeast);
  if (reviewWithin !== undefined) add('reviewWithin', (row) => numbers.reviewDay[row]! <= day + reviewWithin);
  if (expiryWithin !== undefined) add('expiryWithin', (row) => numbers.expiryDay[row]! <= day + expiryWithin);
  if (untouchedFor !== undefined) {
    const since = (day - untouchedFor) * 86_400_000;
    add('untouchedFor', (row) => numbers.updated[row]! < since);
  }
  if (uncheckedFor !== undefined)
    add('uncheckedFor', (row) => !(numbers.checkedDay[row]! >= day - uncheckedFor));
  if (planned !== undefined) add('planned', (row) => (numbers.planned[row] === 1) === planned);
  if (samples !== undefined) add('samples', (row) => (numbers.sample[row] === 1) === samples);
  return checks;
}

/** The tags in a word of the column. */
export function tagsOf(json: string): readonly string[] {
  return json === '' ? [] : (JSON.parse(json) as string[]);
}
