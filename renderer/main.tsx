import './styles/style-nonce.ts';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { startI18n } from './i18n/i18n.ts';
import { loadDrafts } from './state/drafts.ts';
import { loadGuest } from './state/guest.ts';
import { resumePlace } from './state/place.ts';
import { loadSettings, tellShell } from './state/settings.ts';
import './styles/tokens.css';
import './styles/base.css';
import './styles/components.css';
import './styles/layout.css';
import './styles/print.css';

async function start(): Promise<void> {
  let startError: unknown = null;
  let locale: 'zh-CN' | 'en' = navigator.language.startsWith('zh') ? 'zh-CN' : 'en';
  try {
    locale = (await loadSettings()).locale;
    void tellShell(locale);
    await loadGuest();
    await loadDrafts();
  } catch (error) {
    // Without settings the library could not be opened: the window says why, in the system's language.
    startError = error;
  }
  await startI18n(locale);
  if (!startError) resumePlace();
  createRoot(document.getElementById('root')!).render(<App startError={startError} />);
}

void start();
