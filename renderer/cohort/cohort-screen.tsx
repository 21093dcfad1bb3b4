import { Tabs } from 'antd';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { type CohortTab, go } from '../state/place.ts';
import { ImpactScreen } from './impact-screen.tsx';
import { ListDrawer } from './list-drawer.tsx';
import { PipelineScreen } from './pipeline-screen.tsx';
import { ProfileScreen } from './profile-screen.tsx';
import { ReportButtons } from './report-buttons.tsx';
import { ScreeningScreen } from './screening-screen.tsx';
import { followCohort } from './use-cohort.ts';
import './cohort.css';

const tabs: CohortTab[] = ['screening', 'pipeline', 'profile', 'impact'];

/** 群: over the whole library, who can climb next, how the ladder fills, what the firms are like. */
export function CohortScreen({ tab }: { tab: CohortTab }) {
  const { t } = useTranslation('cohort');
  useEffect(() => followCohort(), []);
  return (
    <div className="screen cohort">
      <header className="cohort-head">
        <h1>{t('title')}</h1>
        <Tabs
          activeKey={tab}
          onChange={(key) => go({ screen: 'cohort', tab: key as CohortTab })}
          items={tabs.map((key) => ({ key, label: t(`tab.${key}`) }))}
        />
        <ReportButtons />
      </header>
      {tab === 'screening' && <ScreeningScreen />}
      {tab === 'pipeline' && <PipelineScreen />}
      {tab === 'profile' && <ProfileScreen />}
      {tab === 'impact' && <ImpactScreen />}
      <ListDrawer />
    </div>
  );
}
