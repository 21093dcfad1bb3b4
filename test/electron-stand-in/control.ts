/*
 * The line between a test and the stand-in it started. Without a test (npm start) there is no line and nothing waits.
 */
export type ToStandIn =
  | { type: 'answer'; result: DialogAnswer }
  | { type: 'kill-service' }
  /** Everything ends at once, as in a power cut. */
  | { type: 'crash' }
  | { type: 'quit' }
  | { type: 'menu'; path: string[]; id: number }
  /** The system goes to sleep, or its screen is locked. */
  | { type: 'power'; event: PowerEvent };
export type FromStandIn =
  | { type: 'browser'; endpoint: string }
  | { type: 'window' }
  | { type: 'focus' }
  | { type: 'menu'; id: number; labels: string[] };

export type PowerEvent = 'suspend' | 'lock-screen';

/** What a person would have chosen in a dialog. */
export type DialogAnswer = { canceled: true } | { filePath: string } | { filePaths: string[] };

type Listener = (message: ToStandIn) => void;
const listeners: Listener[] = [];

/** True when a test drives the stand-in. */
export const driven = process.send !== undefined;

export function tell(message: FromStandIn): void {
  if (process.connected) process.send?.(message);
}

export function listen(listener: Listener): void {
  listeners.push(listener);
}

if (driven) {
  process.on('message', (message) => {
    for (const listener of listeners) listener(message as ToStandIn);
  });
  // A test that died must not leave a browser behind.
  process.on('disconnect', () => process.exit(1));
}
