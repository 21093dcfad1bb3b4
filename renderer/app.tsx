import { App as AntApp, ConfigProvider } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { on } from './api.ts';
import { CohortScreen } from './cohort/cohort-screen.tsx';
import { ErrorBoundary } from './components/error-boundary.tsx';
import { Rail } from './components/rail.tsx';
import { ServiceFailed, ServiceNotice } from './components/service-notice.tsx';
import { EvidenceDrawer } from './evidence/evidence-drawer.tsx';
import { CaseInbox } from './library/case-inbox.tsx';
import { CaseOpen } from './library/case-open.tsx';
import { CasePack } from './library/case-pack.tsx';
import { EnterpriseScreen } from './library/enterprise-screen.tsx';
import { JobBars } from './library/job-bar.tsx';
import { LibraryScreen } from './library/library-screen.tsx';
import { Palette } from './library/palette.tsx';
import { BatchDialog, BatchNotice } from './plan/batch-dialog.tsx';
import { followBatch } from './plan/batch-store.ts';
import { PlansScreen } from './plan/plans-screen.tsx';
import { VerifyDialog } from './plan/verify-dialog.tsx';
import { followProtection } from './protection/protection-store.ts';
import { AccessNotice } from './safety/access-notice.tsx';
import { useAccess } from './safety/access-store.ts';
import { DraftsLeft } from './safety/drafts-left.tsx';
import { FieldHistory } from './safety/field-history.tsx';
import { GuestBar } from './safety/guest-bar.tsx';
import { StartProblem } from './safety/start-problem.tsx';
import { StatusLine } from './safety/status-line.tsx';
import { UndoMessage } from './safety/undo-message.tsx';
import { handleUndoKey } from './safety/undo-store.ts';
import { SettingsScreen } from './settings/settings-screen.tsx';
import { handleShortcut, runMenuCommand } from './state/commands.ts';
import { followEnterprise } from './state/enterprise.ts';
import { useGuest } from './state/guest.ts';
import { usePlace } from './state/place.ts';
import { followPrinting } from './state/print.ts';
import { loadReference } from './state/reference.ts';
import { followService, useService } from './state/service.ts';
import { useSettings } from './state/settings.ts';
import { followWork } from './state/work.ts';
import { styleNonce } from './styles/style-nonce.ts';
import { DEFAULT_ACCENT, readableAccent, themeConfig } from './theme.ts';

function Screen() {
  const place = usePlace((state) => state.place);
  if (place.screen === 'enterprise') return <EnterpriseScreen id={place.id} tab={place.tab} />;
  if (place.screen === 'cohort') return <CohortScreen tab={place.tab} />;
  if (place.screen === 'plans') return <PlansScreen />;
  if (place.screen === 'settings') return <SettingsScreen />;
  return <LibraryScreen />;
}

function Window() {
  const damaged = useAccess((state) => state.damaged);
  const watching = useGuest((state) => state.id !== null);
  const failed = useService((state) => state.state === 'failed');
  useEffect(() => {
    void loadReference();
    document.addEventListener('keydown', handleShortcut);
    document.addEventListener('keydown', handleUndoKey);
    const stops = [
      followEnterprise(),
      followService(),
      followBatch(),
      followPrinting(),
      followWork(),
      followProtection(),
      on('menu', ({ command }) => runMenuCommand(command)),
    ];
    return () => {
      document.removeEventListener('keydown', handleShortcut);
      document.removeEventListener('keydown', handleUndoKey);
      for (const stop of stops) stop();
    };
  }, []);
  if (failed) return <ServiceFailed />;
  if (damaged) return <StartProblem error={damaged} />;
  return (
    <div className="app">
      <Rail />
      <main className="app-main">
        <GuestBar />
        <ServiceNotice />
        {!watching && <BatchNotice />}
        {!watching && <JobBars />}
        <AccessNotice />
        {!watching && <DraftsLeft />}
        <ErrorBoundary>
          <Screen />
        </ErrorBoundary>
        <StatusLine />
      </main>
      <Palette />
      <BatchDialog />
      <CasePack />
      <CaseOpen />
      <CaseInbox />
      <VerifyDialog />
      <FieldHistory />
      <EvidenceDrawer />
      <UndoMessage />
    </div>
  );
}

/** The window: languages, theme and layout. `startError` is why the library could not be opened, or null. */
export function App({ startError }: { startError: unknown }) {
  const { i18n } = useTranslation();
  const theme = useSettings((state) => state.theme);
  const accent = useSettings((state) => state.settings?.accent ?? DEFAULT_ACCENT);
  useEffect(() => {
    document.documentElement.dataset.theme = theme;
    document.documentElement.style.setProperty('--accent', readableAccent(theme, accent));
    document.documentElement.style.setProperty('--accent-fill', accent);
  }, [theme, accent]);
  return (
    <ConfigProvider
      csp={{ nonce: styleNonce }}
      locale={i18n.language === 'en' ? enUS : zhCN}
      theme={themeConfig(theme, accent)}
      button={{ autoInsertSpace: false }}
    >
      <AntApp message={{ maxCount: 3 }} notification={{ placement: 'bottomRight', maxCount: 3 }}>
        {startError ? <StartProblem error={startError} /> : <Window />}
      </AntApp>
    </ConfigProvider>
  );
}
