import { ArrowLeftOutlined } from '@ant-design/icons';
import { Button, Skeleton, Tabs, Tooltip } from 'antd';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorView } from '../components/error-view.tsx';
import { ResultScreen } from '../diagnosis/result-screen.tsx';
import { WalkScreen } from '../diagnosis/walk-screen.tsx';
import { PlanScreen } from '../plan/plan-screen.tsx';
import { GuestButton } from '../safety/guest-bar.tsx';
import { openEnterprise, refetchEnterprise, useEnterprise } from '../state/enterprise.ts';
import { useGuest } from '../state/guest.ts';
import { type EnterpriseTab, go } from '../state/place.ts';
import { HistoryScreen } from './history-screen.tsx';
import { ProfileScreen } from './profile-screen.tsx';
import { SampleTag } from './sample-tag.tsx';

const tabs: EnterpriseTab[] = ['walk', 'result', 'plan', 'profile', 'history'];

function Content({ id, tab }: { id: string; tab: EnterpriseTab }) {
  if (tab === 'walk') return <WalkScreen enterpriseId={id} />;
  if (tab === 'result') return <ResultScreen enterpriseId={id} />;
  if (tab === 'plan') return <PlanScreen enterpriseId={id} />;
  if (tab === 'history') return <HistoryScreen enterpriseId={id} />;
  return <ProfileScreen enterpriseId={id} />;
}

/** One enterprise: its name, and the tabs check-up, result, plan, profile and history. */
export function EnterpriseScreen({ id, tab }: { id: string; tab: EnterpriseTab }) {
  const { t } = useTranslation('library');
  const state = useEnterprise();
  const watching = useGuest((guest) => guest.id !== null);
  useEffect(() => {
    void openEnterprise(id);
  }, [id]);
  const file = state.id === id ? state.file : null;
  const error = state.id === id ? state.error : null;
  const enterprise = file?.enterprise;
  return (
    <div className="screen">
      <header className="enterprise-bar">
        <Tooltip title={t('backToLibrary')}>
          <Button
            type="text"
            disabled={watching}
            icon={<ArrowLeftOutlined />}
            aria-label={t('backToLibrary')}
            onClick={() => go({ screen: 'library' })}
          />
        </Tooltip>
        <div className="enterprise-name">
          <h1 className="ellipsis" title={enterprise?.name}>
            {enterprise?.name ?? '\u00a0'}
          </h1>
          {enterprise && <SampleTag row={enterprise} />}
        </div>
        <Tabs
          activeKey={tab}
          onChange={(key) => go({ screen: 'enterprise', id, tab: key as EnterpriseTab })}
          items={tabs.map((key) => ({ key, label: t(`tab.${key}`) }))}
        />
        <GuestButton id={id} />
      </header>
      {error ? <ErrorView full={!file} error={error} onRetry={() => void refetchEnterprise()} /> : null}
      {file && <Content key={`${id} ${tab}`} id={id} tab={tab} />}
      {!file && !error && (
        <div className="scroll enterprise-loading">
          <Skeleton active paragraph={{ rows: 8 }} />
        </div>
      )}
    </div>
  );
}
