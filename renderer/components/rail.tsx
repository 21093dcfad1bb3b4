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
import { useGuest } from '../state/guest.ts';
import { type EnterpriseTab, go, usePlace } from '../state/place.ts';
import { Brand } from './brand.tsx';

const checkTabs: EnterpriseTab[] = ['walk', 'result'];

/** The places of the product, in the order of its motto: library, check-up, plan, and the cohort over all of it. */
export function Rail() {
  const { t } = useTranslation(['common', 'guest']);
  const { place, lastEnterprise } = usePlace();
  const tab = place.screen === 'enterprise' ? place.tab : null;

  const watching = useGuest((state) => state.id !== null);
  const hidden = (open: () => void) => (watching ? null : open);
  const item = (name: string, icon: ReactNode, current: boolean, open: (() => void) | null) => (
    <Tooltip
      title={open ? t(`rail.${name}.hint`) : t(watching ? 'guest:hidden' : 'rail.needsEnterprise')}
      placement="right"
    >
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
      {item(
        'library',
        <DatabaseOutlined aria-hidden />,
        place.screen === 'library',
        hidden(() => go({ screen: 'library' })),
      )}
      {item('check', <MonitorOutlined aria-hidden />, tab !== null && checkTabs.includes(tab), toTab('walk'))}
      {item(
        'plan',
        <FileDoneOutlined aria-hidden />,
        tab === 'plan' || place.screen === 'plans',
        toTab('plan') ?? hidden(() => go({ screen: 'plans' })),
      )}
      {item(
        'cohort',
        <FundProjectionScreenOutlined aria-hidden />,
        place.screen === 'cohort',
        hidden(() => go({ screen: 'cohort', tab: 'screening' })),
      )}
      <div className="rail-space" />
      {item(
        'settings',
        <SettingOutlined aria-hidden />,
        place.screen === 'settings',
        hidden(() => go({ screen: 'settings' })),
      )}
    </nav>
  );
}
