import { type UtilityProcess, utilityProcess } from 'electron';
import type { ApiError } from './api.ts';
import { type CallResult, failure } from './shell-calls.ts';

/** From the service to the shell; in the other direction go {type:'call', id, name, input, origin} and {type:'stop'}. */
type FromService =
  | { type: 'ready' }
  | { type: 'reply'; id: number; ok: true; value: unknown }
  | { type: 'reply'; id: number; ok: false; error: ApiError }
  | { type: 'event'; name: string; payload: unknown }
  | { type: 'fatal'; error: ApiError };

type Origin = 'window' | 'shell';
type ServiceState = { state: 'restarted' } | { state: 'failed'; error: ApiError };

export interface ServiceHost {
  /** Asks the service. Calls wait until it is ready; they never hang and never reject. */
  call(name: string, input: unknown, origin: Origin): Promise<CallResult>;
  /** Starts the service again after it had failed for good; does nothing while it runs. */
  restart(): void;
  /** Lets the service finish what it is doing, then ends it. */
  stop(): Promise<void>;
}

export interface ServiceHostOptions {
  entry: string;
  args: () => string[];
  onEvent(name: string, payload: unknown): void;
  onState(state: ServiceState): void;
}

const MAX_RESTARTS = 3;
const RESTART_WINDOW = 60_000;
const STOP_PATIENCE = 10_000;

const RESTARTED: ApiError = { code: 'service-restarted', key: 'errors.serviceRestarted' };
const FAILED: ApiError = { code: 'internal', key: 'errors.serviceFailed' };

/**
 * Runs the service in its own process and keeps it running: a crash answers the pending calls with
 * `service-restarted` and starts a new process, at most three times a minute; after that, or when the service
 * itself reports a fatal error, every call is answered with that error until `restart()`.
 */
export function startServiceHost({ entry, args, onEvent, onState }: ServiceHostOptions): ServiceHost {
  const pending = new Map<number, (result: CallResult) => void>();
  const deaths: number[] = [];
  let queue: object[] = [];
  let child: UtilityProcess | null = null;
  let ready = false;
  let stopping = false;
  let failed: ApiError | null = null;
  let announce = false;
  let nextId = 1;

  function answerAll(error: ApiError) {
    const waiting = [...pending.values()];
    pending.clear();
    queue = [];
    for (const resolve of waiting) resolve({ ok: false, error });
  }

  function fail(error: ApiError) {
    failed = error;
    answerAll(error);
    onState({ state: 'failed', error });
  }

  function receive(message: FromService) {
    if (message.type === 'reply') {
      const resolve = pending.get(message.id);
      pending.delete(message.id);
      resolve?.(message.ok ? { ok: true, value: message.value } : { ok: false, error: message.error });
    } else if (message.type === 'event') onEvent(message.name, message.payload);
    else if (message.type === 'fatal') fail(message.error);
    else if (message.type === 'ready') {
      ready = true;
      for (const call of queue) child?.postMessage(call);
      queue = [];
      if (announce) onState({ state: 'restarted' });
      announce = false;
    }
  }

  function died() {
    child = null;
    ready = false;
    if (stopping || failed) return answerAll(failed ?? RESTARTED);
    const now = Date.now();
    deaths.push(now);
    while (deaths[0] !== undefined && deaths[0] < now - RESTART_WINDOW) deaths.shift();
    if (deaths.length > MAX_RESTARTS) return fail(FAILED);
    answerAll(RESTARTED);
    announce = true;
    start();
  }

  function start() {
    const started = utilityProcess.fork(entry, args(), { serviceName: 'Cultivar service', stdio: 'inherit' });
    child = started;
    started.on('message', (message) => {
      if (started === child) receive(message as FromService);
    });
    started.on('exit', () => {
      if (started === child) died();
    });
  }

  start();

  return {
    call(name, input, origin) {
      if (failed) return Promise.resolve({ ok: false, error: failed });
      if (stopping) return Promise.resolve(failure('service-restarted', 'errors.serviceStopped'));
      return new Promise((resolve) => {
        const id = nextId++;
        pending.set(id, resolve);
        const message = { type: 'call', id, name, input, origin };
        if (ready && child) child.postMessage(message);
        else queue.push(message);
      });
    },
    restart() {
      if (!failed || stopping) return;
      failed = null;
      deaths.length = 0;
      announce = true;
      const old = child;
      child = null;
      ready = false;
      old?.kill();
      start();
    },
    stop() {
      stopping = true;
      const running = child;
      if (!running) return Promise.resolve();
      return new Promise((resolve) => {
        const timer = setTimeout(() => running.kill(), STOP_PATIENCE);
        running.once('exit', () => {
          clearTimeout(timer);
          resolve();
        });
        running.postMessage({ type: 'stop' });
      });
    },
  };
}
