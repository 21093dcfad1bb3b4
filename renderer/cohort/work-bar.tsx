import { WorkBar as Bar, secondsLeft } from '../components/work-bar.tsx';
import { cancelCohort, useCohortProgress } from './use-cohort.ts';

/** How far the cohort's long work is, how long it may still take, and the way to end it. */
export function WorkBar({ label }: { label: string }) {
  const progress = useCohortProgress();
  const [done, total, since] =
    progress.done === null ? [0, 0, 0] : [progress.done, progress.total, progress.since];
  return (
    <div className="cohort-work">
      <Bar
        label={label}
        done={done}
        total={total}
        left={secondsLeft(done, total, since)}
        onCancel={() => void cancelCohort()}
      />
    </div>
  );
}
