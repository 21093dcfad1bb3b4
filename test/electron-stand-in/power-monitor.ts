import { EventEmitter } from 'node:events';
import { listen } from './control.ts';

const monitor = new EventEmitter();

/** What the system says of its power; in a test the test says it, otherwise nobody does. */
export const powerMonitor = monitor;

listen((message) => {
  if (message.type === 'power') monitor.emit(message.event);
});
