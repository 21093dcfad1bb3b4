import { Button, Progress } from 'antd';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '../components/money.ts';
import { cancelCohort, useCohortProgress } from './use-cohort.ts';

/** How far long work is, how long it may still take, and the way to end it. */
export function WorkBar({ label }: { label: string }) {
  const { t } = useTranslation('cohort');
  const progress = useCohortProgress();
  const [done, total] = progress.done === null ? [0, 0] : [progress.done, progress.total];
  const spent = progress.done === null ? 0 : (Date.now() - progress.since) / 1000;
  const left = done > 0 && spent > 2 ? Math.ceil((spent / done) * (total - done)) : null;
  return (
    <div className="cohort-work" role="status">
      <span>{label}</span>
      <Progress
        percent={total > 0 ? Math.floor((done / total) * 100) : 0}
        size="small"
        aria-label={label}
        className="cohort-work-bar"
      />
      <span className="muted num">
        {total > 0 && t('work.of', { done: formatNumber(done), total: formatNumber(total) })}
        {left !== null &&
          left > 1 &&
          ` · ${left > 90 ? t('work.leftMinutes', { count: Math.ceil(left / 60) }) : t('work.left', { count: left })}`}
      </span>
      <Button size="small" onClick={() => void cancelCohort()}>
        {t('common:cancel')}
      </Button>
    </div>
  );
}
