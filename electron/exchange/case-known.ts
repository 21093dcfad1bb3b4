import type { CaseChange } from './case-format.ts';

/** A line of a log that came without some of its fields carries its time with this mark. */
const PART = 'p';

/** The time of a change of which only a part is held, as a PDF brings it. */
export function partOf(hlc: string): string {
  return hlc.endsWith(PART) ? hlc : `${hlc}${PART}`;
}

/** The time of a change, whether it is held whole or in part. */
export function wholeOf(hlc: string): string {
  return hlc.endsWith(PART) ? hlc.slice(0, -1) : hlc;
}

/**
 * What of a log another one does not know: the lines it does not hold, less the fields of those that it holds in part
 * (a PDF brings only what is printed of a line; the package with the rest may come later).
 */
export function unknownTo(log: readonly CaseChange[], other: readonly CaseChange[]): CaseChange[] {
  const held = new Map(other.map((change) => [change.hlc, change]));
  return log.flatMap((change) => {
    if (held.has(wholeOf(change.hlc))) return [];
    const part = held.get(partOf(change.hlc));
    if (!part) return [change];
    const fields = Object.entries(change.fields).filter(([field]) => !Object.hasOwn(part.fields, field));
    return fields.length === 0 ? [] : [{ ...change, fields: Object.fromEntries(fields) }];
  });
}
