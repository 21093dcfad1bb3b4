import { EventEmitter } from 'node:events';
import { isMainThread } from 'node:worker_threads';

/** Electron's ParentPort over the child process channel; messages wait until somebody listens. */
class ParentPort extends EventEmitter {
  #waiting: { data: unknown; ports: never[] }[] | null = [];

  constructor() {
    super();
    process.on('message', (data) => {
      const event = { data, ports: [] };
      if (this.#waiting) this.#waiting.push(event);
      else this.emit('message', event);
    });
    this.on('newListener', (name) => {
      if (name !== 'message' || !this.#waiting) return;
      const waiting = this.#waiting;
      this.#waiting = null;
      process.nextTick(() => {
        for (const event of waiting) this.emit('message', event);
      });
    });
  }

  postMessage(message: unknown): void {
    process.send?.(message);
  }
}

// Worker threads inherit the --import; only the process itself has a parent to talk to.
if (isMainThread && process.send) {
  Object.defineProperty(process, 'parentPort', { value: new ParentPort() });
  process.on('disconnect', () => process.exit());
}
