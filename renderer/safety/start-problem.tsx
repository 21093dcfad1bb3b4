import { CallError } from '../api.ts';
import { ErrorView } from '../components/error-view.tsx';
import { UnlockScreen } from '../protection/unlock-screen.tsx';
import { DamageScreen } from './damage-screen.tsx';

/** Why the window has nothing to show: a damaged library gets its ways out, anything else is said. */
export function StartProblem({ error }: { error: unknown }) {
  const known = error instanceof CallError ? error.error : null;
  if (known?.code === 'locked') return <UnlockScreen />;
  if (known?.code === 'damaged-library' || known?.key === 'libraryForeign')
    return <DamageScreen error={error} />;
  return <ErrorView full error={error} onRetry={() => location.reload()} />;
}
