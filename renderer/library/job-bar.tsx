import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { secondsLeft, WorkBar } from '../components/work-bar.tsx';
import { cancelWork, claimWork, type LongJob, type Underway, useWork } from '../state/work.ts';

function Bar({ job, underway }: { job: LongJob; underway: Underway }) {
  const { t } = useTranslation('work');
  const { done, total, since, cancelling } = underway;
  return (
    <WorkBar
      label={t(`job.${job}`)}
      done={done}
      total={total}
      left={secondsLeft(done, total, since)}
      cancelling={cancelling}
      onCancel={() => cancelWork(job)}
    />
  );
}

/** Work of this kind, shown in a dialog while it runs. */
export function JobBar({ job }: { job: LongJob }) {
  const underway = useWork((state) => state.jobs[job]);
  useEffect(() => claimWork(job), [job]);
  return underway ? <Bar job={job} underway={underway} /> : null;
}

/** All long work under way that no dialog shows, above whatever screen is open. */
export function JobBars() {
  const { jobs, claimed } = useWork();
  const shown = (Object.entries(jobs) as [LongJob, Underway][]).filter(([job]) => !claimed.includes(job));
  if (shown.length === 0) return null;
  return (
    <div className="work-jobs">
      {shown.map(([job, underway]) => (
        <Bar key={job} job={job} underway={underway} />
      ))}
    </div>
  );
}
