import { type ChildProcess, fork } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { listen } from './control.ts';
import { strict } from './strict.ts';

interface Options {
  env?: NodeJS.ProcessEnv;
  cwd?: string;
  serviceName?: string;
  stdio?: 'inherit' | 'ignore';
}

const parentPort = new URL('./parent-port.ts', import.meta.url).href;
const running = new Set<UtilityProcess>();

/** A child process that talks through `process.parentPort`. */
export class UtilityProcess extends EventEmitter {
  readonly #child: ChildProcess;

  constructor(modulePath: string, args: string[], options: Options) {
    super();
    const output = options.stdio ?? 'inherit';
    this.#child = fork(modulePath, args, {
      execArgv: ['--import', parentPort],
      serialization: 'advanced',
      stdio: ['ignore', output, output, 'ipc'],
      env: options.env ?? process.env,
      ...(options.cwd && { cwd: options.cwd }),
    });
    running.add(this);
    this.#child.on('spawn', () => this.emit('spawn'));
    this.#child.on('message', (message) => this.emit('message', message));
    this.#child.on('exit', (code, signal) => {
      running.delete(this);
      this.emit('exit', code ?? (signal ? 1 : 0));
    });
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  postMessage(message: unknown, transfer: unknown[] = []): void {
    if (transfer.length > 0) throw new Error('The Electron stand-in cannot transfer ports.');
    if (this.#child.connected) this.#child.send(message as object);
  }

  kill(): boolean {
    return this.#child.kill();
  }

  crash(): void {
    this.#child.kill('SIGKILL');
  }

  /** Ends at once without telling the shell, which goes down with it. Resolves when the process is gone. */
  async vanish(): Promise<void> {
    this.#child.removeAllListeners('exit');
    const gone = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await gone;
  }
}

export const utilityProcess = strict('utilityProcess', {
  fork: (modulePath: string, args: string[] = [], options: Options = {}) =>
    strict('UtilityProcess', new UtilityProcess(modulePath, args, options)),
});

listen((message) => {
  if (message.type === 'kill-service') for (const child of running) child.crash();
  // The services first: what is still running when the application starts again would hold the library.
  if (message.type === 'crash')
    void Promise.all([...running].map((child) => child.vanish())).then(() =>
      process.kill(process.pid, 'SIGKILL'),
    );
});
