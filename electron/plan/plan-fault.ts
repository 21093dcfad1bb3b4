/**
 * A failure of making or writing the paper, as data for the contract: `key` is the message's key in errors.json,
 * `details` what to fill in.
 */
export class PlanFault extends Error {
  readonly code: 'render' | 'file';
  readonly key: string;
  readonly details: Record<string, string>;

  constructor(code: 'render' | 'file', key: string, details: Record<string, string>) {
    super(`${code}: ${JSON.stringify(details)}`);
    this.name = 'PlanFault';
    this.code = code;
    this.key = key;
    this.details = details;
  }
}
