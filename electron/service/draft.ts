import type { z } from 'zod';
import type { Calls } from '../api.ts';
import type { EnterpriseFile, Figures } from '../library/shapes.ts';

/** Unsaved edits: figures, answers and profile fields as they are being typed. */
export type Draft = NonNullable<z.output<Calls['diagnosis.evaluate']['input']>['draft']>;

/**
 * The stored file with unsaved edits laid over it. Nothing is stored and the file itself stays as it is. A value in the
 * draft counts as declared; null takes a figure or an answer back to unknown. Yuan and fiscal years as in the library.
 */
export function overlayDraft(file: EnterpriseFile, draft: Draft | undefined): EnterpriseFile {
  if (!draft) return file;
  const figures = new Map(file.figures.map((row): [number, Figures] => [row.year, row]));
  for (const { year, values } of draft.figures ?? []) {
    const before = figures.get(year) ?? { year, values: {}, backing: {} };
    const backing = { ...before.backing };
    for (const [column, value] of Object.entries(values)) {
      const key = column as keyof typeof backing;
      if (value !== before.values[key]) delete backing[key];
    }
    figures.set(year, { year, values: { ...before.values, ...values }, backing });
  }
  const facts = new Map(file.facts.map((fact) => [`${fact.factId}@${fact.year ?? ''}`, fact]));
  for (const { factId, year, value } of draft.facts ?? []) {
    const key = `${factId}@${year ?? ''}`;
    const before = facts.get(key);
    if (before?.value === value) continue;
    facts.set(key, {
      factId,
      year,
      value,
      basis: 'declared',
      source: null,
      note: null,
      updatedAt: before?.updatedAt ?? file.enterprise.updatedAt,
    });
  }
  return {
    ...file,
    enterprise: { ...file.enterprise, ...draft.profile },
    figures: [...figures.values()].sort((a, b) => a.year - b.year),
    facts: [...facts.values()],
  };
}
