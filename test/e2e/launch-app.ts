import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { DialogAnswer, PowerEvent } from '../electron-stand-in/control.ts';
import { electronBinary, hasDisplay } from '../electron-stand-in/find-electron.ts';
import { ensureBuilt, root } from './ensure-built.ts';
import { launchElectron } from './launch-electron.ts';
import { launchStandIn } from './launch-stand-in.ts';

/** How long a step of a journey may take before it is given up. Milliseconds. */
const PATIENCE = 120_000;

export interface LaunchOptions {
  /** The library's folder; a fresh one by default. A folder given here is kept after close(). */
  dataDir?: string;
  /** Language of the system the application starts on; it follows it on a first start. */
  locale?: 'zh' | 'en';
  viewport?: { width: number; height: number };
  colorScheme?: 'light' | 'dark';
  /** Switches the content security policy off, to see that what stands behind it holds too. */
  bypassCSP?: boolean;
  /** A folder with package.json and out/, in place of the product's own. */
  appDir?: string;
}

/** A running application, in Electron or in the stand-in. */
export interface RunningApp {
  page: Page;
  dataDir: string;
  /** Which of the two it runs in. */
  host: 'electron' | 'stand-in';
  /** What a person chooses in the next file dialog; dialogs wait until they are answered. */
  answerDialog(answer: DialogAnswer): Promise<void>;
  /** Kills the service process without warning. */
  serviceKill(): Promise<void>;
  /** Chooses a menu item by its labels; returns the labels below it. An empty path lists the menus. */
  clickMenu(path: string[]): Promise<string[]>;
  /** The system goes to sleep, or its screen is locked. */
  power(event: PowerEvent): Promise<void>;
  /** Starts the application a second time; resolves when that start has ended and the first was focused. */
  startAgain(): Promise<{ code: number | null }>;
  /** Ends the application as a power cut would: shell, window and service at once, nothing is finished. */
  crash(): Promise<void>;
  /** Quits as a person would. */
  close(): Promise<void>;
}

/** What both hosts are started with. */
export interface Launch {
  appDir: string;
  env: Record<string, string>;
  args: string[];
  viewport: { width: number; height: number };
  colorScheme: 'light' | 'dark';
  bypassCSP: boolean;
}

/** Starts the built application: in Electron where one is installed and can show a window, otherwise in the stand-in. */
export async function launchApp(options: LaunchOptions = {}): Promise<RunningApp> {
  const { locale = 'zh', viewport = { width: 1366, height: 768 }, colorScheme = 'light' } = options;
  ensureBuilt();
  const temporary = mkdtempSync(join(tmpdir(), 'cultivar-app-'));
  const dataDir = options.dataDir ?? join(temporary, 'library');
  mkdirSync(dataDir, { recursive: true });
  const userData = join(temporary, 'user');
  const launch: Launch = {
    appDir: options.appDir ?? root,
    env: { ...definedEnvironment(), CULTIVAR_DATA: dataDir, CULTIVAR_USER_DATA: userData },
    args: [`--lang=${locale === 'zh' ? 'zh-CN' : 'en-US'}`],
    viewport,
    colorScheme,
    bypassCSP: options.bypassCSP ?? false,
  };
  const binary = hasDisplay() ? electronBinary() : null;
  const running = await (binary ? launchElectron(binary, launch) : launchStandIn(launch));
  // A busy machine is slow; how fast it is belongs to the bench.
  running.page.setDefaultTimeout(PATIENCE);
  return {
    ...running,
    dataDir,
    crash: async () => {
      await running.crash();
      rmSync(temporary, { recursive: true, force: true, maxRetries: 5 });
    },
    close: async () => {
      await running.close();
      rmSync(temporary, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

function definedEnvironment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
