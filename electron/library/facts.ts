import type { FactCatalogue } from '../standards/fact-schema.ts';
import { requireEnterprise } from './enterprises.ts';
import { checkFact } from './fact-check.ts';
import { type Db, prepared } from './open.ts';
import { recordOf, recordsOf, without } from './records.ts';
import { invalid, Refusal } from './refusal.ts';
import type { FactRecord } from './shapes.ts';
import type { Tx } from './write.ts';

/** An answer to be stored. What backs it stays as it was where it is not given and the value is the same. */
export type FactInput = Pick<FactRecord, 'factId' | 'year' | 'value'> & {
  readonly [Field in 'basis' | 'source' | 'note']?: FactRecord[Field] | undefined;
};

/** All stored answers of an enterprise, by fact and year. */
export function listFacts(db: Db, enterpriseId: string): FactRecord[] {
  return recordsOf(db, 'fact', enterpriseId, 'fact_id, year').map(
    (record) => without(record, 'enterpriseId') as FactRecord,
  );
}

function getFact(db: Db, enterpriseId: string, factId: string, year: number | null): FactRecord | null {
  const row = prepared(
    db,
    'SELECT * FROM fact WHERE enterprise_id = ? AND fact_id = ? AND ifnull(year, 0) = ifnull(?, 0)',
  ).get(enterpriseId, factId, year);
  return row ? (recordOf('fact', row) as FactRecord) : null;
}

/** Refuses answers that do not fit the catalogue, and the same fact given twice. */
export function checkFacts(
  facts: readonly Pick<FactRecord, 'factId' | 'year' | 'value'>[],
  catalogue: FactCatalogue,
  now: Date,
): void {
  const seen = new Set<string>();
  for (const fact of facts) {
    checkFact(catalogue, fact, now);
    const key = `${fact.factId}@${fact.year ?? ''}`;
    if (seen.has(key)) throw invalid('factTwice', { path: fact.factId, factId: fact.factId });
    seen.add(key);
  }
}

/** Stores answers; a value of null is the answer "unknown for now". Throws a Refusal. */
export function setFacts(
  tx: Tx,
  enterpriseId: string,
  facts: readonly FactInput[],
  catalogue: FactCatalogue,
): void {
  requireEnterprise(tx.db, enterpriseId);
  checkFacts(facts, catalogue, tx.meta.now);
  for (const { factId, year, value, basis, source, note } of facts) {
    const before = getFact(tx.db, enterpriseId, factId, year);
    const same = before !== null && before.value === value;
    tx.put(
      'fact',
      { enterpriseId, factId, year },
      {
        value,
        // A document proves the value it was given for; another value is only declared until it is backed again.
        basis: basis ?? (same ? before.basis : 'declared'),
        source: source === undefined ? (same ? before.source : null) : source,
        note: note === undefined ? (before?.note ?? null) : note,
      },
      enterpriseId,
    );
  }
}

/** Takes an answer back, as if it had never been given. Throws a Refusal where there is none. */
export function clearFact(tx: Tx, enterpriseId: string, factId: string, year: number | null): void {
  requireEnterprise(tx.db, enterpriseId);
  if (!tx.remove('fact', { enterpriseId, factId, year }, enterpriseId))
    throw new Refusal('not-found', 'factNotFound', { factId });
}
