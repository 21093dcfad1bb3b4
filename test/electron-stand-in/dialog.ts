import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, extname, join } from 'node:path';
import { standInApp } from './app.ts';
import { chromiumContext } from './chromium.ts';
import { type DialogAnswer, driven, listen } from './control.ts';
import { strict } from './strict.ts';

interface Options {
  title?: string;
  defaultPath?: string;
  filters?: { name: string; extensions: string[] }[];
}

const answers: DialogAnswer[] = [];
const waiting: ((answer: DialogAnswer) => void)[] = [];

listen((message) => {
  if (message.type !== 'answer') return;
  const next = waiting.shift();
  if (next) next(message.result);
  else answers.push(message.result);
});

// In a test the dialog stays open until the test answers it.
function answered(): Promise<DialogAnswer> {
  const ready = answers.shift();
  return ready ? Promise.resolve(ready) : new Promise((resolve) => waiting.push(resolve));
}

function freeName(folder: string, name: string): string {
  const end = extname(name);
  const stem = basename(name, end);
  let path = join(folder, name);
  for (let count = 2; existsSync(path); count++) path = join(folder, `${stem} (${count})${end}`);
  return path;
}

// No save dialog can be shown from Chromium, so the file goes where people look first, and the terminal says where.
function saveWithoutAsking({ defaultPath = 'Cultivar', filters }: Options): string {
  const folder = ['documents', 'downloads']
    .map((name) => standInApp.getPath(name))
    .find((path) => existsSync(path));
  const target = folder ?? standInApp.getPath('documents');
  mkdirSync(target, { recursive: true });
  const name = basename(defaultPath);
  const end = filters?.[0]?.extensions[0];
  const path = freeName(target, extname(name) || !end ? name : `${name}.${end}`);
  console.log(`Saving to ${path}`);
  return path;
}

// Chromium's own file chooser hands over the content only; a copy of the file stands for the chosen path.
async function chooseInPage({ filters = [] }: Options): Promise<string[]> {
  const accept = filters
    .flatMap(({ extensions }) => extensions.map((extension) => `.${extension}`))
    .join(',');
  const chosen = await chromiumContext()
    .pages()[0]
    ?.evaluate(
      (accept) =>
        new Promise<{ name: string; bytes: Uint8Array } | null>((resolve) => {
          const input = Object.assign(document.createElement('input'), { type: 'file', accept });
          input.addEventListener('cancel', () => resolve(null));
          input.addEventListener('change', async () => {
            const file = input.files?.[0];
            resolve(file ? { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) } : null);
          });
          input.click();
        }),
      accept,
    );
  if (!chosen) return [];
  const path = join(mkdtempSync(join(tmpdir(), 'cultivar-')), basename(chosen.name));
  writeFileSync(path, chosen.bytes);
  return [path];
}

// Electron takes an optional parent window first.
const optionsOf = (args: unknown[]) => (args.at(-1) ?? {}) as Options;

export const dialog = strict('dialog', {
  async showSaveDialog(...args: unknown[]): Promise<{ canceled: boolean; filePath: string }> {
    if (!driven) return { canceled: false, filePath: saveWithoutAsking(optionsOf(args)) };
    const answer = await answered();
    return 'filePath' in answer
      ? { canceled: false, filePath: answer.filePath }
      : { canceled: true, filePath: '' };
  },
  async showOpenDialog(...args: unknown[]): Promise<{ canceled: boolean; filePaths: string[] }> {
    if (!driven) {
      const filePaths = await chooseInPage(optionsOf(args));
      return { canceled: filePaths.length === 0, filePaths };
    }
    const answer = await answered();
    return 'filePaths' in answer
      ? { canceled: false, filePaths: answer.filePaths }
      : { canceled: true, filePaths: [] };
  },
});
