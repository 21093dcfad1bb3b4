import type { FactCatalogue } from '../standards/fact-schema.ts';
import type { Selection, SizeStandard, Standard } from '../standards/schema.ts';

/** A standard as loaded, with the hash of its file. */
export interface HashedStandard {
  readonly standard: Standard;
  /** sha-256 of the pack file, hex. */
  readonly hash: string;
}

/** The rules a diagnosis is made with. */
export interface Rules {
  readonly standards: ReadonlyMap<string, HashedStandard>;
  readonly selection: Selection;
  readonly size: SizeStandard;
  readonly facts: FactCatalogue;
}
