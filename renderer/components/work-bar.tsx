import { Button, Progress } from 'antd';
import { useTranslation } from 'react-i18next';
import { formatNumber } from './money.ts';
import './work-bar.css';

/** Seconds work may still take, told from what it took so far; null while that cannot be told. `since` in ms. */
export function secondsLeft(done: number, total: number, since: number): number | null {
  const spent = (Date.now() - since) / 1000;
  return done > 0 && done < total && spent > 2 ? Math.ceil((spent / done) * (total - done)) : null;
}

/** Long work: what is done, how much of how much, how long it may still take, and the way to end it. */
export function WorkBar(props: {
  label: string;
  done: number;
  /** 0 = not known yet: it is being prepared. */
  total: number;
  /** Seconds; null = cannot be told yet. */
  left: number | null;
  cancelling?: boolean;
  onCancel?: (() => void) | undefined;
}) {
  const { t } = useTranslation('work');
  const { label, done, total, left, cancelling = false, onCancel } = props;
  const known = total > 0;
  return (
    <div className="work-bar" role="status">
      <span>{label}</span>
      <Progress
        percent={known ? Math.floor((done / total) * 100) : 0}
        size="small"
        aria-label={label}
        className="work-bar-line"
      />
      <span className="muted num">
        {known ? t('of', { done: formatNumber(done), total: formatNumber(total) }) : t('preparing')}
        {left !== null &&
          left > 1 &&
          ` · ${left > 90 ? t('leftMinutes', { count: Math.ceil(left / 60) }) : t('left', { count: left })}`}
      </span>
      {onCancel && (
        <Button size="small" disabled={cancelling} onClick={onCancel}>
          {t(cancelling ? 'cancelling' : 'cancel')}
        </Button>
      )}
    </div>
  );
}
