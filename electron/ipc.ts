import { ipcMain } from 'electron';
import { isTooLarge, isTrustedSender } from './call-guard.ts';
import { type CallResult, failure } from './shell-calls.ts';

type Answer = (name: string, input: unknown) => Promise<CallResult>;

/**
 * The one channel the page can ask on. Names that begin with "shell." are answered here, everything else by the
 * service. Whatever goes wrong comes back as data.
 */
export function serveCalls({ shell, service }: { shell: Answer; service: Answer }): void {
  ipcMain.handle('call', async (event, name: unknown, input: unknown): Promise<CallResult> => {
    if (!isTrustedSender(event.senderFrame, event.sender.mainFrame))
      return failure('forbidden', 'errors.forbidden');
    if (typeof name !== 'string' || name.length > 100) return failure('unknown-call', 'errors.unknownCall');
    if (isTooLarge(input)) return failure('too-large', 'errors.inputTooLarge');
    try {
      return await (name.startsWith('shell.') ? shell(name, input) : service(name, input));
    } catch (error) {
      console.error(`Call ${name} failed in the shell:`, error);
      return failure('internal', 'errors.internal', {
        message: error instanceof Error ? error.message : String(error),
      });
    }
  });
}
