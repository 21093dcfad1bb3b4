import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { _electron } from 'playwright-core';
import type { DialogAnswer } from '../electron-stand-in/control.ts';
import type { Launch, RunningApp } from './launch-app.ts';

interface Answers {
  queue: DialogAnswer[];
  waiting: ((answer: DialogAnswer) => void)[];
}

/** Starts the built application in a real Electron. */
export async function launchElectron(binary: string, launch: Launch): Promise<Omit<RunningApp, 'dataDir'>> {
  const { appDir, env, args, viewport, colorScheme, bypassCSP } = launch;
  const app = await _electron.launch({
    executablePath: binary,
    args: [appDir, ...args],
    cwd: appDir,
    env,
    colorScheme,
    bypassCSP,
  });
  await app.evaluate(({ dialog }) => {
    const answers: Answers = { queue: [], waiting: [] };
    Object.assign(globalThis, { dialogAnswers: answers });
    const answered = () =>
      new Promise<DialogAnswer>((resolve) => {
        const ready = answers.queue.shift();
        if (ready) resolve(ready);
        else answers.waiting.push(resolve);
      });
    dialog.showSaveDialog = async () => {
      const answer = await answered();
      return 'filePath' in answer
        ? { canceled: false, filePath: answer.filePath }
        : { canceled: true, filePath: '' };
    };
    dialog.showOpenDialog = async () => {
      const answer = await answered();
      return 'filePaths' in answer
        ? { canceled: false, filePaths: answer.filePaths }
        : { canceled: true, filePaths: [] };
    };
  });
  const page = await app.firstWindow();
  await page.waitForLoadState();
  // In tests nothing slides: what is clicked is where it was found.
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.reload();
  await app.evaluate(({ BrowserWindow }, { width, height }) => {
    BrowserWindow.getAllWindows()[0]?.setContentSize(width, height);
  }, viewport);

  return {
    page,
    host: 'electron',
    async answerDialog(answer) {
      await app.evaluate((_electron, answer) => {
        const { dialogAnswers } = globalThis as unknown as { dialogAnswers: Answers };
        const next = dialogAnswers.waiting.shift();
        if (next) next(answer);
        else dialogAnswers.queue.push(answer);
      }, answer);
    },
    async serviceKill() {
      const pids = await app.evaluate(({ app }) =>
        app.getAppMetrics().flatMap((metric) => (metric.name === 'Cultivar service' ? metric.pid : [])),
      );
      for (const pid of pids) process.kill(pid, 'SIGKILL');
    },
    clickMenu: (path) =>
      app.evaluate(({ Menu }, path) => {
        let items = Menu.getApplicationMenu()?.items ?? [];
        for (const [depth, label] of path.entries()) {
          const found = items.find((item) => item.label === label);
          if (depth === path.length - 1 && !found?.submenu) found?.click();
          items = found?.submenu?.items ?? [];
        }
        return items.flatMap((item) => item.label || []);
      }, path),
    power: (event) =>
      app.evaluate(
        ({ powerMonitor }, event) => void (powerMonitor as NodeJS.EventEmitter).emit(event),
        event,
      ),
    async startAgain() {
      const focused = app.evaluate(
        ({ app }) => new Promise<void>((resolve) => app.once('second-instance', () => resolve())),
      );
      const second = spawn(binary, [appDir, ...args], { cwd: appDir, env, stdio: 'ignore' });
      const [[code]] = await Promise.all([once(second, 'exit') as Promise<[number | null]>, focused]);
      return { code };
    },
    async crash() {
      app.process().kill('SIGKILL');
      await once(app.process(), 'exit');
    },
    close: () => app.close(),
  };
}
