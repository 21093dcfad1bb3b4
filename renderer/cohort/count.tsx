import { useTranslation } from 'react-i18next';
import { formatNumber } from '../components/money.ts';
import { type Condition, showBehind } from './list-store.ts';

/** A number that leads to the enterprises behind it. */
export function Count(props: { of: string; condition: Condition; count: number; text?: string }) {
  const { t } = useTranslation('cohort');
  const { of, condition, count } = props;
  const text = props.text ?? formatNumber(count);
  if (count === 0) return <span className="muted">{text}</span>;
  return (
    <button
      type="button"
      className="cohort-link"
      aria-label={t('countOf', { text, of })}
      onClick={() => showBehind(of, condition, count)}
    >
      {text}
    </button>
  );
}
