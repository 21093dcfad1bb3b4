import { CheckOutlined, EllipsisOutlined, StopOutlined } from '@ant-design/icons';
import { Tooltip } from 'antd';
import type { ComponentType } from 'react';
import { useTranslation } from 'react-i18next';

const looks: Record<string, { icon: ComponentType; tone: string }> = {
  sure: { icon: CheckOutlined, tone: 'met' },
  possible: { icon: EllipsisOutlined, tone: 'unknown' },
  impossible: { icon: StopOutlined, tone: 'unmet' },
};

/** Whether a rung is proved, disproved or still open on what is known today. */
export function ReachTag(props: { reach: string; size?: 'small' | 'middle' | 'large' }) {
  const { t } = useTranslation();
  const reach = props.reach in looks ? props.reach : 'possible';
  const { icon: Icon, tone } = looks[reach]!;
  return (
    <Tooltip title={t(`reachHelp.${reach}`)}>
      <span className={`tag tag-${tone} tag-${props.size ?? 'middle'} tag-outlined`}>
        <Icon aria-hidden />
        <span>{t(`reach.${reach}`)}</span>
      </span>
    </Tooltip>
  );
}
