import type { Rules } from '../diagnosis/context.ts';
import { diagnose } from '../diagnosis/diagnose.ts';
import type { AsOf, Diagnosis } from '../diagnosis/shapes.ts';
import { buildFactSheet } from '../library/fact-sheet.ts';
import type { EnterpriseFile } from '../library/shapes.ts';

export interface DiagnoseOptions {
  /** Today, YYYY-MM-DD. */
  readonly today: string;
  /** Last closed fiscal year to judge by; default: a sample's snapshot year, else the year before today. */
  readonly fiscalYear?: number | undefined;
  /** Day of application, which selects the standard in force; default today. */
  readonly applicationDate?: string | undefined;
  /** Rungs to judge as a review. */
  readonly review?: readonly number[] | undefined;
}

/**
 * As of when an enterprise is judged. For a past fiscal year, titles and answers count as of its last day; for the
 * year just closed, as of today.
 */
export function asOfFor(file: EnterpriseFile, options: DiagnoseOptions): AsOf {
  const lastClosed = Number(options.today.slice(0, 4)) - 1;
  const fiscalYear = options.fiscalYear ?? file.enterprise.snapshotYear ?? lastClosed;
  return {
    fiscalYear,
    factsDate: fiscalYear >= lastClosed ? options.today : `${fiscalYear}-12-31`,
    applicationDate: options.applicationDate ?? options.today,
  };
}

/** Judges an enterprise of the library against all rungs. */
export function diagnoseEnterprise(file: EnterpriseFile, rules: Rules, options: DiagnoseOptions): Diagnosis {
  const asOf = asOfFor(file, options);
  const sheet = buildFactSheet(file, rules.facts, asOf);
  return diagnose({ sheet, asOf, review: options.review ?? [], rules });
}

/** Runs a stored snapshot again, from its given facts and with the rules handed in. */
export function rerun(snapshot: Diagnosis, rules: Rules): Diagnosis {
  return diagnose({ sheet: snapshot.given, asOf: snapshot.asOf, review: snapshot.review, rules });
}
