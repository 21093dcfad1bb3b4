// One way of making plans into PDFs, in a process of its own: it is asked for one document after the other.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { deserialize } from 'node:v8';
import { chromium } from 'playwright-core';
import { assetPaths } from '../../electron/plan/assets.ts';
import type { DocumentInput } from '../../electron/plan/document-model.ts';
import { PlanRenderer } from '../../electron/plan/renderer.ts';
import { requireBrowser } from '../electron-stand-in/find-browser.ts';
import { planHtml } from './plan-html.ts';
import { pdfmakePrinter } from './plan-pdfmake.ts';

export type ContenderName = 'cultivar' | 'chromium' | 'pdfmake';
/** Milliseconds and bytes of one document. */
export interface Printed {
  readonly ms: number;
  readonly bytes: number;
}
type Print = (input: DocumentInput) => Promise<{ byteLength: number }>;

const resourcesDir = join(import.meta.dirname, '../../resources');
const fontPaths = assetPaths(resourcesDir).fonts as [string, string];

/** The fonts over HTTP on this machine: a page made from a text may not read files. */
function serveFonts(): Promise<{ regular: string; bold: string }> {
  const [regular, bold] = fontPaths.map((path) => readFileSync(path));
  const server = createServer((request, response) => {
    response.setHeader('access-control-allow-origin', '*');
    response.setHeader('cache-control', 'max-age=3600');
    response.end(request.url === '/bold' ? bold : regular);
  });
  return new Promise((resolve) =>
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
      resolve({ regular: `${url}/regular`, bold: `${url}/bold` });
    }),
  );
}

const contenders: Readonly<Record<ContenderName, () => Promise<Print>>> = {
  async cultivar() {
    const renderer = new PlanRenderer(resourcesDir);
    return (input) => renderer.render(input);
  },
  async chromium() {
    const fonts = await serveFonts();
    const browser = await chromium.launch({ executablePath: requireBrowser(), args: ['--no-sandbox'] });
    process.once('disconnect', () => void browser.close().finally(() => process.exit(0)));
    const page = await browser.newPage();
    return async (input) => {
      await page.setContent(planHtml(input, fonts), { waitUntil: 'load' });
      await page.evaluate('document.fonts.ready');
      return page.pdf({ preferCSSPageSize: true, tagged: true, outline: true });
    };
  },
  async pdfmake() {
    return pdfmakePrinter(...fontPaths);
  },
};

const [, , name, file] = process.argv;
if (name && file && process.send) {
  const inputs = deserialize(readFileSync(file)) as DocumentInput[];
  const print = await contenders[name as ContenderName]();
  process.on('disconnect', () => setTimeout(() => process.exit(0), 5000).unref());
  process.on('message', async (index: number) => {
    const begun = performance.now();
    const pdf = await print(inputs[index % inputs.length] as DocumentInput);
    process.send?.({ ms: performance.now() - begun, bytes: pdf.byteLength } satisfies Printed);
  });
  process.send('ready');
}
