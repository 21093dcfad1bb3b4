import type { z } from 'zod';

/** What kind of fault a pack has; the window translates the code, `message` is for whoever edits the pack. */
export type FaultCode =
  | 'json'
  | 'shape'
  | 'duplicate'
  | 'field'
  | 'ref'
  | 'score'
  | 'external'
  | 'placement'
  | 'range'
  | 'points';

/** One fault inside a pack. `path` is its place in the JSON, such as `tiers[1].gates[0].when.all[2].field`. */
export interface Fault {
  readonly code: FaultCode;
  readonly path: string;
  readonly message: string;
}

/** A fault with the file it was found in. */
export interface PackFault extends Fault {
  readonly file: string;
}

/** `['tiers', 1, 'gates']` → `tiers[1].gates`; keys that are no plain words are quoted: `refs["L-4-general"]`. */
export function jsonPath(steps: readonly PropertyKey[]): string {
  let path = '';
  for (const step of steps) {
    if (typeof step === 'number') path += `[${step}]`;
    else if (/^[A-Za-z_]\w*$/.test(String(step))) path += path ? `.${String(step)}` : String(step);
    else path += `[${JSON.stringify(String(step))}]`;
  }
  return path;
}

/** A place in a pack, extended step by step. */
export type Place = readonly PropertyKey[];

/** A fault of a pack: where it is and what is wrong. */
export function fault(code: FaultCode, place: Place, message: string): Fault {
  return { code, path: jsonPath(place), message };
}

type Issue = z.core.$ZodIssue;

/**
 * The issues of a failed parse, each at the deepest place that explains it: a union (the rule language) is
 * reported as the branch the author most likely meant, not as "invalid input" at its top.
 */
export function shapeFaults(issues: readonly Issue[]): Fault[] {
  return issues
    .flatMap((issue) => spread(issue, []))
    .map(({ path, message }) => ({ code: 'shape', path: jsonPath(path), message }));
}

interface Spread {
  readonly path: PropertyKey[];
  readonly message: string;
}

function spread(issue: Issue, above: Place): Spread[] {
  const path = [...above, ...issue.path];
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    const branches = issue.errors.map((issues) => issues as Issue[]);
    return likeliest(branches).flatMap((inner) => spread(inner, path));
  }
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ path: [...path, key], message: 'unknown key' }));
  }
  return [{ path, message: issue.message }];
}

/** The branch with the fewest complaints; among equals the one that got deepest. */
function likeliest(branches: readonly Issue[][]): Issue[] {
  const weight = (issues: readonly Issue[]) =>
    issues.reduce((sum, i) => sum + (i.code === 'unrecognized_keys' ? i.keys.length : 1), 0);
  const depth = (issues: readonly Issue[]) => Math.max(0, ...issues.map((i) => i.path.length));
  return [...branches].sort((a, b) => weight(a) - weight(b) || depth(b) - depth(a))[0] ?? [];
}
