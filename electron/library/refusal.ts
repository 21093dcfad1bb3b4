/** The codes of the contract that the library itself answers with. */
export type RefusalCode =
  | 'invalid-input'
  | 'not-found'
  | 'duplicate'
  | 'conflict'
  | 'forbidden'
  | 'library'
  | 'newer-library'
  | 'damaged-library'
  | 'locked'
  | 'file';

/**
 * A request that is turned down for a reason the user can act on. `key` names its message in
 * resources/i18n/<language>/errors.json, `details` fill its placeholders. Thrown inside a write it undoes all of it.
 */
export class Refusal extends Error {
  readonly code: RefusalCode;
  readonly key: string;
  readonly details: Record<string, unknown>;
  constructor(code: RefusalCode, key: string, details: Record<string, unknown> = {}) {
    super(`${code}: ${key}`);
    this.code = code;
    this.key = key;
    this.details = details;
  }
}

/** Input that has the right shape but cannot be: the field it concerns goes into the details as `path`. */
export function invalid(key: string, details: Record<string, unknown> = {}): Refusal {
  return new Refusal('invalid-input', key, details);
}
