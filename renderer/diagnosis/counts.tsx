import { useTranslation } from 'react-i18next';
import { VerdictTag } from '../components/verdict-tag.tsx';
import type { Route } from './evaluation.ts';

const order = ['unmet', 'unknown', 'manual', 'met'] as const;

/** How many items of a route stand how. */
export function Counts({ counts }: { counts: Route['counts'] }) {
  const { t } = useTranslation('common');
  return (
    <span className="counts">
      {order
        .filter((verdict) => counts[verdict] > 0)
        .map((verdict) => (
          <VerdictTag
            key={verdict}
            verdict={verdict}
            size="small"
            label={`${t(`verdict.${verdict}`)} ${counts[verdict]}`}
          />
        ))}
    </span>
  );
}
