import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import type { FromStandIn, ToStandIn } from '../electron-stand-in/control.ts';
import { settingsEnvironment } from '../electron-stand-in/settings.ts';
import type { Launch, RunningApp } from './launch-app.ts';

const register = pathToFileURL(join(import.meta.dirname, '..', 'electron-stand-in', 'register.ts')).href;
const PATIENCE = 120_000;

class Child {
  readonly process: ChildProcess;
  output = '';

  constructor({ appDir, env, args, viewport, colorScheme, bypassCSP }: Launch) {
    this.process = fork(join(appDir, 'out', 'electron', 'main.js'), args, {
      cwd: appDir,
      env: { ...env, ...settingsEnvironment({ headless: true, viewport, colorScheme, bypassCSP }) },
      execArgv: ['--import', register],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    for (const stream of [this.process.stdout, this.process.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.output += text;
      });
    }
  }

  send(message: ToStandIn): void {
    this.process.send(message);
  }

  /** The next message of a kind; fails when the process ends or says nothing for too long. */
  next<Type extends FromStandIn['type']>(type: Type): Promise<Extract<FromStandIn, { type: Type }>> {
    return new Promise((resolve, reject) => {
      const done = (settle: () => void) => {
        clearTimeout(timer);
        this.process.off('message', onMessage).off('exit', onExit);
        settle();
      };
      const onMessage = (message: unknown) => {
        const told = message as FromStandIn;
        if (told.type === type) done(() => resolve(told as Extract<FromStandIn, { type: Type }>));
      };
      const onExit = () => done(() => reject(new Error(`The application ended early:\n${this.output}`)));
      const timer = setTimeout(
        () => done(() => reject(new Error(`No '${type}' came:\n${this.output}`))),
        PATIENCE,
      );
      this.process.on('message', onMessage).on('exit', onExit);
    });
  }

  async ended(): Promise<number | null> {
    if (this.process.exitCode === null && this.process.signalCode === null) {
      const timer = setTimeout(() => this.process.kill('SIGKILL'), PATIENCE);
      await once(this.process, 'exit');
      clearTimeout(timer);
    }
    return this.process.exitCode;
  }
}

/** Starts the built shell in the stand-in, in a process of its own, and joins its Chromium. */
export async function launchStandIn(launch: Launch): Promise<Omit<RunningApp, 'dataDir'>> {
  const child = new Child(launch);
  const shown = child.next('window');
  const [{ endpoint }] = await Promise.all([child.next('browser'), shown]);
  const browser = await chromium.connect(endpoint);
  const page = browser.contexts()[0]?.pages()[0];
  if (!page) throw new Error(`The window has no page:\n${child.output}`);
  let menuCalls = 0;
  return {
    page,
    host: 'stand-in',
    answerDialog: async (result) => child.send({ type: 'answer', result }),
    serviceKill: async () => child.send({ type: 'kill-service' }),
    async clickMenu(path) {
      const told = child.next('menu');
      child.send({ type: 'menu', path, id: ++menuCalls });
      return (await told).labels;
    },
    power: async (event) => child.send({ type: 'power', event }),
    async startAgain() {
      const focused = child.next('focus');
      const second = new Child(launch);
      const [code] = await Promise.all([second.ended(), focused]);
      return { code };
    },
    async crash() {
      child.send({ type: 'crash' });
      await child.ended();
      await browser.close().catch(() => undefined);
    },
    async close() {
      if (child.process.connected) child.send({ type: 'quit' });
      const code = await child.ended();
      await browser.close().catch(() => undefined);
      if (code !== 0) throw new Error(`The application ended with ${code}:\n${child.output}`);
    },
  };
}
