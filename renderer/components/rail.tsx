import {
  DatabaseOutlined,
  FileDoneOutlined,
  FundProjectionScreenOutlined,
  MonitorOutlined,
  SettingOutlined,
} from '@ant-design/icons';
import { Tooltip } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type EnterpriseTab, go, usePlace } from '../state/place.ts';
import { Brand } from './brand.tsx';

const checkTabs: EnterpriseTab[] = ['walk', 'result'];

/** The places of the product, in the order of its motto: library, check-up, plan, and the cohort over all of it. */
export function Rail() {
  const { t } = useTranslation();
  const { place, lastEnterprise } = usePlace();
  const tab = place.screen === 'enterprise' ? place.tab : null;

  const item = (name: string, icon: ReactNode, current: boolean, open: (() => void) | null) => (
    <Tooltip title={open ? t(`rail.${name}.hint`) : t('rail.needsEnterprise')} placement="right">
      <button
        type="button"
        aria-label={t(`rail.${name}.hint`)}
        aria-current={current ? 'page' : undefined}
        disabled={!open}
        onClick={open ?? undefined}
      >
        {icon}
        <span>{t(`rail.${name}.label`)}</span>
      </button>
    </Tooltip>
  );
  const toTab = (to: EnterpriseTab) =>
    lastEnterprise ? () => go({ screen: 'enterprise', id: lastEnterprise, tab: to }) : null;

  return (
    <nav className="rail" aria-label={t('rail.name')}>
      <div className="rail-brand">
        <Brand />
      </div>
      {item('library', <DatabaseOutlined aria-hidden />, place.screen === 'library', () =>
        go({ screen: 'library' }),
      )}
      {item('check', <MonitorOutlined aria-hidden />, tab !== null && checkTabs.includes(tab), toTab('walk'))}
      {item(
        'plan',
        <FileDoneOutlined aria-hidden />,
        tab === 'plan' || place.screen === 'plans',
        toTab('plan') ?? (() => go({ screen: 'plans' })),
      )}
      {item('cohort', <FundProjectionScreenOutlined aria-hidden />, place.screen === 'cohort', () =>
        go({ screen: 'cohort', tab: 'screening' }),
      )}
      <div className="rail-space" />
      {item('settings', <SettingOutlined aria-hidden />, place.screen === 'settings', () =>
        go({ screen: 'settings' }),
      )}
    </nav>
  );
}
