import { protocol } from 'electron';
import { APP_SCHEME, answerAppRequest } from './app-files.ts';

/** Makes app:// a secure, standard origin. Has to run before the `ready` event. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/** Serves the built page under `root` at app://cultivar/. */
export function serveApp(root: string): void {
  protocol.handle(APP_SCHEME, (request) => answerAppRequest(root, request));
}
