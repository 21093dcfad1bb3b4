import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import type { CallInput, CallName, CallOutput } from '../../electron/api.ts';
import { ensureBuilt, root } from '../e2e/ensure-built.ts';

export const resourcesDir = join(import.meta.dirname, '../../resources');

interface Reply {
  type: string;
  id?: number;
  ok?: boolean;
  value?: unknown;
  error?: { code: string; key: string };
}

/** The built service, as it is shipped, in a process of its own, to be killed. */
export interface ServiceChild {
  readonly child: ChildProcess;
  readonly ready: Promise<void>;
  readonly ended: Promise<void>;
  /** Resolves with the answer; null where the process was killed before it came. */
  ask<N extends CallName>(name: N, input: CallInput<N>, origin?: 'shell'): Promise<CallOutput<N> | null>;
}

/** Starts the service on a library folder. A refused call rejects. */
export function startChild(dataDir: string): ServiceChild {
  ensureBuilt();
  const child = fork(
    join(root, 'out', 'electron', 'service-process.js'),
    ['--data', dataDir, '--resources', resourcesDir, '--locale', 'en'],
    {
      execArgv: ['--import', new URL('../electron-stand-in/parent-port.ts', import.meta.url).href],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    },
  );
  const waiting = new Map<number, (reply: Reply | null) => void>();
  let next = 0;
  let isReady: () => void = () => undefined;
  const ready = new Promise<void>((resolve) => {
    isReady = resolve;
  });
  child.on('message', (message: Reply) => {
    if (message.type === 'ready') isReady();
    else if (message.type === 'reply' && message.id !== undefined) {
      waiting.get(message.id)?.(message);
      waiting.delete(message.id);
    }
  });
  const ended = new Promise<void>((resolve) => {
    child.on('exit', () => {
      isReady();
      for (const answer of waiting.values()) answer(null);
      waiting.clear();
      resolve();
    });
  });
  // Messages to a process that is just being killed go nowhere.
  child.on('error', () => undefined);
  return {
    child,
    ready,
    ended,
    ask(name, input, origin) {
      if (!child.connected) return Promise.resolve(null);
      next += 1;
      const id = next;
      const reply = new Promise<Reply | null>((resolve) => waiting.set(id, resolve));
      child.send({ type: 'call', id, name, input, origin: origin ?? 'window' }, () => undefined);
      return reply.then((answer) => {
        if (answer === null) return null;
        if (!answer.ok) throw new Error(`${name}: ${JSON.stringify(answer.error)}`);
        return answer.value as never;
      });
    },
  };
}
