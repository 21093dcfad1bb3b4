import type { z } from 'zod';
import type { ApiError } from '../api.ts';
import { looseDateShape } from '../library/shapes.ts';

type Issue = z.core.$ZodIssue;
interface Complaint {
  key: string;
  details: Record<string, unknown>;
}

/** The pattern by which a loose date (day, month or year) is told apart from other formats in a complaint. */
const LOOSE_DATE = (() => {
  const issue = looseDateShape.safeParse('').error?.issues[0];
  return issue?.code === 'invalid_format' && 'pattern' in issue ? String(issue.pattern) : '';
})();

const TYPE_KEYS: Record<string, string> = {
  string: 'notText',
  number: 'notNumber',
  int: 'notWhole',
  boolean: 'notYesNo',
  array: 'notList',
};

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, step) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, step)
        ? (value as Record<PropertyKey, unknown>)[step]
        : undefined,
    input,
  );
}

/** A value as a message may show it: short, and only where it is a plain one. */
function shown(value: unknown): unknown {
  if (typeof value === 'string')
    return value.length > 60 ? `${value.slice(0, 60).toWellFormed()}…` : value.toWellFormed();
  return typeof value === 'number' || typeof value === 'boolean' ? value : undefined;
}

function complaint(issue: Issue, input: unknown, above: readonly PropertyKey[]): Complaint {
  const steps = [...above, ...issue.path];
  const value = valueAt(input, steps);
  const details = { path: steps.map(String).join('.'), value: shown(value) };
  switch (issue.code) {
    case 'invalid_type':
      if (value === undefined) return { key: 'fieldMissing', details };
      if (typeof value === 'number' && !Number.isFinite(value)) return { key: 'notNumber', details };
      return { key: TYPE_KEYS[issue.expected] ?? 'wrongShape', details };
    case 'too_big': {
      const maximum = Number(issue.maximum);
      if (issue.origin === 'string') {
        const length = typeof value === 'string' ? value.length : undefined;
        return { key: 'textTooLong', details: { ...details, maximum, length } };
      }
      if (issue.origin === 'array') return { key: 'listTooLong', details: { ...details, maximum } };
      return { key: 'numberTooLarge', details: { ...details, maximum } };
    }
    case 'too_small': {
      const minimum = Number(issue.minimum);
      if (issue.origin === 'string') return { key: 'textMissing', details };
      if (issue.origin === 'array') return { key: 'listEmpty', details: { ...details, minimum } };
      return { key: minimum === 0 ? 'numberNegative' : 'numberTooSmall', details: { ...details, minimum } };
    }
    case 'invalid_format': {
      const pattern = 'pattern' in issue ? String(issue.pattern) : '';
      if (issue.format === 'date' || pattern === LOOSE_DATE) return { key: 'dateInvalid', details };
      return { key: issue.format === 'uuid' ? 'idInvalid' : 'wrongFormat', details };
    }
    case 'invalid_value':
      return { key: 'notAmongOptions', details: { ...details, options: issue.values } };
    case 'unrecognized_keys':
      return { key: 'fieldUnknown', details: { path: [...steps, ...issue.keys].map(String).join('.') } };
    case 'invalid_key':
      return { key: 'fieldUnknown', details };
    case 'invalid_union': {
      // The branch that got further than the type says what is wrong; without one the value is of no allowed kind.
      const closest = issue.errors.flat().find((inner) => inner.code !== 'invalid_type');
      return closest ? complaint(closest, input, steps) : { key: 'wrongShape', details };
    }
    case 'custom':
      if (issue.message === 'lone-surrogate') return { key: 'brokenCharacter', details };
      if (issue.message === 'control-character') return { key: 'controlCharacter', details };
      return { key: 'wrongShape', details };
    default:
      return { key: 'wrongShape', details };
  }
}

/** What is wrong with the input of a call, as the first thing to put right, and how many more there are. */
export function inputError(error: z.ZodError, input: unknown): ApiError {
  const [first, ...more] = error.issues;
  const { key, details } = first ? complaint(first, input, []) : { key: 'wrongShape', details: {} };
  return { code: 'invalid-input', key, details: { ...details, more: more.length } };
}
