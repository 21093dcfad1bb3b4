import type { MessageInstance } from 'antd/es/message/interface';
import { wasCancelled } from '../state/work.ts';
import { errorText } from './error-text.ts';

/** Says why something did not happen; what a person ended is no failure. */
export function tellFailure(message: MessageInstance, error: unknown): void {
  if (wasCancelled(error)) void message.info(errorText(error));
  else void message.error(errorText(error), 8);
}
