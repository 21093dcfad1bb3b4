import catalogue from '../../resources/standards/facts.json' with { type: 'json' };
import type { FactDefinition } from '../standards/fact-schema.ts';

const facts = new Map((catalogue.facts as FactDefinition[]).map((f) => [f.id, f]));

/** The fact behind a field of the fact sheet; undefined for a field the catalogue does not list. */
export function factNamed(field: string): FactDefinition | undefined {
  return facts.get(field);
}
