import {
  AuditOutlined,
  BarChartOutlined,
  CloudServerOutlined,
  FileProtectOutlined,
  FundOutlined,
  HistoryOutlined,
  LockOutlined,
  ScheduleOutlined,
  SwapOutlined,
} from '@ant-design/icons';
import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { go, goTo, type Place } from '../state/place.ts';

/** A place that Ctrl+K leads to. */
export interface PaletteChoice {
  key: string;
  icon: ReactNode;
  text: string;
  second?: string;
  run(): void;
}

/** Screens, their parts and the parts of the settings, as Ctrl+K offers them once something is typed. */
export function palettePlaces(t: TFunction): PaletteChoice[] {
  const cohort = t('common:rail.cohort.label');
  const settings = t('common:rail.settings.label');
  const to = (key: string, icon: ReactNode, text: string, second: string, place: Place): PaletteChoice => ({
    key,
    icon,
    text,
    second,
    run: () => go(place),
  });
  const part = (key: string, icon: ReactNode, text: string): PaletteChoice => ({
    key,
    icon,
    text,
    second: settings,
    run: () => goTo({ screen: 'settings' }, `#settings-${key}`),
  });
  return [
    to('plans', <ScheduleOutlined />, t('common:rail.plan.hint'), t('common:rail.plan.label'), {
      screen: 'plans',
    }),
    to('screening', <AuditOutlined />, t('cohort:tab.screening'), cohort, {
      screen: 'cohort',
      tab: 'screening',
    }),
    to('pipeline', <FundOutlined />, t('cohort:tab.pipeline'), cohort, { screen: 'cohort', tab: 'pipeline' }),
    to('portrait', <BarChartOutlined />, t('cohort:tab.profile'), cohort, {
      screen: 'cohort',
      tab: 'profile',
    }),
    to('impact', <SwapOutlined />, t('cohort:tab.impact'), cohort, { screen: 'cohort', tab: 'impact' }),
    part('policies', <FileProtectOutlined />, t('settings:policies')),
    part('protection', <LockOutlined />, t('protection:title')),
    part('backups', <CloudServerOutlined />, t('safety:backup.title')),
    part('past', <HistoryOutlined />, t('safety:access.pastTitle')),
  ];
}
