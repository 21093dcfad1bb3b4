import type { Rules } from '../diagnosis/context.ts';
import type { LoadedStandards } from '../standards/loader.ts';

/** Nothing in force: what stands in for a pack that was refused, so that the rest keeps working. */
const EMPTY = {
  selection: { schema: 'cultivar-selection/1', rows: [] },
  facts: { schema: 'cultivar-facts/1', facts: [] },
} as const;

/** The loaded packs as the rules of a diagnosis; a refused pack is simply not in force (its faults are shown). */
export function rulesOf(loaded: LoadedStandards): Rules {
  return {
    standards: loaded.standards,
    selection: loaded.selection ?? { ...EMPTY.selection, rows: [] },
    facts: loaded.facts ?? { ...EMPTY.facts, facts: [] },
    size: loaded.size ?? {
      schema: 'cultivar-size/1',
      id: 'none',
      document: { title: { zh: '—', en: '—' }, number: '—', issuer: { zh: '—', en: '—' } },
      rule: { zh: '—', en: '—' },
      source: { grade: 'memory', refs: ['—'], checked: '2026-11-23' },
      industries: [],
    },
  };
}
