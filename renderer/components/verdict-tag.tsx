import {
  CheckCircleFilled,
  CloseCircleFilled,
  MinusCircleOutlined,
  PieChartFilled,
  QuestionCircleFilled,
  SolutionOutlined,
} from '@ant-design/icons';
import type { ComponentType } from 'react';
import { useTranslation } from 'react-i18next';

/** A verdict as it is shown. An indicator that is settled below its full points is partial or without points, never failed. */
export type VerdictName = 'met' | 'unmet' | 'unknown' | 'manual' | 'not_applicable' | 'partial' | 'no_points';

const icons: Record<VerdictName, ComponentType> = {
  met: CheckCircleFilled,
  unmet: CloseCircleFilled,
  unknown: QuestionCircleFilled,
  manual: SolutionOutlined,
  not_applicable: MinusCircleOutlined,
  partial: PieChartFilled,
  no_points: MinusCircleOutlined,
};

function known(verdict: string): VerdictName {
  return verdict in icons ? (verdict as VerdictName) : 'unknown';
}

/** A verdict, always as icon, word and colour. `label` replaces the word where a shorter one is needed. */
export function VerdictTag(props: { verdict: string; size?: 'small' | 'middle' | 'large'; label?: string }) {
  const { t } = useTranslation();
  const verdict = known(props.verdict);
  const Icon = icons[verdict];
  return (
    <span className={`tag tag-${verdict} tag-${props.size ?? 'middle'}`}>
      <Icon aria-hidden />
      <span>{props.label ?? t(`verdict.${verdict}`)}</span>
    </span>
  );
}

/** Only the icon of a verdict, with its word for screen readers and as a tooltip. */
export function VerdictIcon(props: { verdict: string }) {
  const { t } = useTranslation();
  const verdict = known(props.verdict);
  const Icon = icons[verdict];
  return (
    <span
      className={`verdict-icon tag-${verdict}`}
      role="img"
      aria-label={t(`verdict.${verdict}`)}
      title={t(`verdict.${verdict}`)}
    >
      <Icon aria-hidden />
    </span>
  );
}
