import { create } from 'zustand';
import type { CallOutput } from '../../electron/api.ts';
import { call } from '../api.ts';

export type Reference = CallOutput<'reference.get'>;

/** Industries, districts, provinces, the fact catalogue and the loaded standards; read once, they do not change. */
export const useReference = create<{ reference: Reference | null; error: unknown }>(() => ({
  reference: null,
  error: null,
}));

let loading: Promise<void> | null = null;

/** Reads the reference data once; after a failure the next call tries again. */
export function loadReference(): Promise<void> {
  loading ??= call('reference.get', {}).then(
    (reference) => useReference.setState({ reference, error: null }),
    (error: unknown) => {
      loading = null;
      useReference.setState({ error });
    },
  );
  return loading;
}

/** The bilingual name of an industry division ("39"), or null where the code is unknown. */
export function divisionName(
  reference: Reference | null,
  code: string | null,
): { zh: string; en: string } | null {
  return reference?.divisions.find((d) => d.code === code)?.name ?? null;
}

/** The number of a standard's document in both languages; as it was kept where the standard is not loaded any more. */
export function documentNumber(
  reference: Reference | null,
  kept: { standard: string; number: string },
): { zh: string; en: string } {
  const known = reference?.standards.find((s) => s.id === kept.standard);
  return known?.number ?? { zh: kept.number, en: kept.number };
}
