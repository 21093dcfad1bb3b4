import type { CallInput, CallOutput } from '../../electron/api.ts';
import { call } from '../api.ts';

export type Target = CallOutput<'targets.list'>[number];
type NewTarget = CallInput<'targets.set'>['targets'][number];

/** Stores targets; the function it answers with puts back what was there before. Throws CallError. */
export async function saveTargets(
  enterpriseId: string,
  targets: readonly NewTarget[],
): Promise<() => Promise<void>> {
  const before = await call('targets.list', { enterpriseId });
  await call('targets.set', { enterpriseId, targets: [...targets] });
  return async () => {
    for (const { field, year } of targets) {
      const old = before.find((target) => target.field === field && target.year === year);
      if (old) {
        const { value, note } = old;
        await call('targets.set', { enterpriseId, targets: [{ field, year, value, note }] });
      } else await call('targets.clear', { enterpriseId, field, year });
    }
  };
}
