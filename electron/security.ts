import { app, type Session } from 'electron';
import { isOwnUrl } from './app-files.ts';

// data: and blob: never touch the network, and the content security policy limits them to pictures.
const LOCAL_SCHEMES = new Set(['app:', 'devtools:', 'data:', 'blob:']);

/** Denies every permission and cancels every request that would leave the computer. */
export function hardenSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, decide) => decide(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setSpellCheckerEnabled(false);
  session.webRequest.onBeforeRequest((details, decide) => {
    decide({ cancel: !LOCAL_SCHEMES.has(new URL(details.url).protocol) });
  });
}

/** Keeps every window on the product's own page: no foreign navigation, no new windows, no embedded views. */
export function guardContents(): void {
  app.on('web-contents-created', (_created, contents) => {
    const stay = (event: { url: string; preventDefault(): void }) => {
      if (!isOwnUrl(event.url)) event.preventDefault();
    };
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
    contents.on('will-navigate', stay);
    contents.on('will-redirect', stay);
    contents.on('will-frame-navigate', stay);
    contents.on('will-attach-webview', (event) => event.preventDefault());
  });
}
