import { create } from 'zustand';
import type { CallOutput } from '../../electron/api.ts';
import { callShell } from '../api.ts';

export type Verified = CallOutput<'plan.verifyFile'>;

/** The PDF that was verified last, while its result is shown. */
export const useVerify = create<{ result: Verified | null; error: unknown; busy: boolean }>(() => ({
  result: null,
  error: null,
  busy: false,
}));

/** Asks for a PDF and verifies it; the dialog then shows the result or why there is none. */
export async function verifyPlan(): Promise<void> {
  if (useVerify.getState().busy) return;
  useVerify.setState({ busy: true });
  try {
    const answer = await callShell('shell.verifyPlan', {});
    useVerify.setState({ busy: false, ...('cancelled' in answer ? {} : { result: answer, error: null }) });
  } catch (error) {
    useVerify.setState({ busy: false, error, result: null });
  }
}

/** Closes what was found in the PDF. */
export function closeVerify(): void {
  useVerify.setState({ result: null, error: null });
}
