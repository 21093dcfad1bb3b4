import type { CallOutput } from '../../electron/api.ts';
import type { EnterpriseFile } from '../state/enterprise.ts';
import type { Reference } from '../state/reference.ts';

export type Fact = Reference['facts'][number];
type Diagnosis = CallOutput<'diagnosis.evaluate'>;
export type Topic = Fact['topic'];
export type StoredFact = EnterpriseFile['facts'][number];

/** The eight topics of the walk, in order. */
export const topics: readonly Topic[] = [
  'profile',
  'figures',
  'specialized',
  'refined',
  'distinctive',
  'innovative',
  'chain',
  'compliance',
];

/** The platform's score is a gate of its own, so it gets a card and not a line among the ratios. */
export function isScoreFact(fact: Fact): boolean {
  return fact.origin === 'yearly' && fact.type === 'score';
}

/** The facts asked one by one in a topic. */
export function questionsOf(facts: readonly Fact[], topic: Topic): Fact[] {
  return facts.filter(
    (fact) =>
      fact.topic === topic &&
      fact.question !== undefined &&
      (fact.origin === 'answer' || fact.origin === 'profile' || isScoreFact(fact)),
  );
}

/** Ratios that may be known only as such. */
export function ratioFacts(facts: readonly Fact[]): Fact[] {
  return facts.filter((fact) => fact.origin === 'yearly' && !isScoreFact(fact));
}

/** The fiscal year a fact is stored under, null where it has none. `fiscalYear` is the last closed year. */
export function yearOfFact(fact: Fact, fiscalYear: number): number | null {
  return fact.origin === 'yearly' ? fiscalYear + (fact.offset ?? 0) : null;
}

/** The key of a stored answer: id and year. */
export function factKey(fact: Fact, fiscalYear: number): string {
  return `${fact.stored ?? fact.id}@${yearOfFact(fact, fiscalYear) ?? ''}`;
}

/** The stored answer behind a field of the walk. */
export function storedFact(file: EnterpriseFile, key: string): StoredFact | undefined {
  return file.facts.find((fact) => `${fact.factId}@${fact.year ?? ''}` === key);
}

export interface Progress {
  answered: number;
  /** Marked "unknown for now" by a person. */
  noted: number;
  asked: number;
}

/** How far a topic is: facts known, facts marked unknown, facts asked in all. */
export function progressOf(
  facts: readonly Fact[],
  topic: Topic,
  file: EnterpriseFile,
  diagnosis: Diagnosis | null,
): Progress {
  const asked = [
    ...questionsOf(facts, topic),
    ...facts.filter(
      (fact) => fact.topic === topic && fact.origin === 'figure' && fact.id.match(/_y\d(_wan)?$/),
    ),
  ];
  const fiscalYear = diagnosis?.asOf.fiscalYear ?? 0;
  let answered = 0;
  let noted = 0;
  for (const fact of asked) {
    if (diagnosis?.sheet[fact.id]) answered += 1;
    else if (storedFact(file, factKey(fact, fiscalYear))?.value === null) noted += 1;
  }
  return { answered, noted, asked: asked.length };
}
