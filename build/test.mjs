// npm test: every check there is. Ends with one line, "N passed, N failed"; style, types and the build count as one each.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { canInstall, install, requireBrowser } from '../test/electron-stand-in/find-browser.ts';
import { root } from './build.mjs';

// Reading PDFs back: text, fonts, attachments, pictures; and their structure.
const TOOLS = {
  pdftotext: 'poppler-utils',
  pdffonts: 'poppler-utils',
  pdfdetach: 'poppler-utils',
  pdftoppm: 'poppler-utils',
  qpdf: 'qpdf',
  // Reading Word documents back.
  soffice: 'libreoffice-writer',
};
const results = join(root, 'test-results');
const report = join(results, 'vitest.json');
let passed = 0;
let failed = 0;

function node(args, env = {}) {
  return (
    spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } })
      .status === 0
  );
}

function check(name, ok) {
  if (ok) passed++;
  else failed++;
  console.log(`${ok ? 'ok' : 'FAILED'}: ${name}`);
}

function finish() {
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(failed === 0 && passed > 0 ? 0 : 1);
}

function missingTools() {
  const there = (tool) =>
    spawnSync(tool, [['qpdf', 'soffice'].includes(tool) ? '--version' : '-v'], { stdio: 'ignore' }).error ===
    undefined;
  return [
    ...new Set(
      Object.keys(TOOLS)
        .filter((tool) => !there(tool))
        .map((tool) => TOOLS[tool]),
    ),
  ];
}

function requireTools() {
  const missing = missingTools();
  if (missing.length === 0) return;
  if (canInstall() && install(missing) && missingTools().length === 0) return;
  const command = {
    darwin: 'brew install poppler qpdf && brew install --cask libreoffice',
    win32: 'scoop install poppler qpdf libreoffice',
  };
  const line = command[process.platform] ?? `sudo apt-get install -y ${missing.join(' ')}`;
  throw new Error(
    `The tests read documents back and need more tools. Install them and run npm test again:  ${line}`,
  );
}

function countTests(clean) {
  let seen = 0;
  try {
    const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = JSON.parse(
      readFileSync(report, 'utf8'),
    );
    const broken = testResults.filter(
      (file) => file.status === 'failed' && file.assertionResults.length === 0,
    );
    for (const file of broken) console.log(`FAILED to load: ${file.name}`);
    const skipped = numPendingTests + numTodoTests;
    if (skipped > 0)
      console.log(`FAILED: ${skipped} tests were skipped; a test that does not run proves nothing`);
    passed += numPassedTests;
    seen = numFailedTests + broken.length + skipped;
  } catch (error) {
    console.log(`FAILED: the test run left no report (${error.message})`);
    seen = 1;
  }
  // Errors outside any test show only in the exit code.
  failed += seen === 0 && !clean ? 1 : seen;
}

let browser;
try {
  browser = requireBrowser();
  requireTools();
} catch (error) {
  console.log(`FAILED: ${error.message}`);
  failed++;
  finish();
}

mkdirSync(results, { recursive: true });
rmSync(report, { force: true });
check('build', node(['build/build.mjs']));
check('style (biome)', node(['node_modules/@biomejs/biome/bin/biome', 'ci', '.']));
check('types (tsc)', node(['node_modules/typescript/bin/tsc', '-p', '.']));
const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
countTests(node(['node_modules/vitest/vitest.mjs', 'run', ...reporters], { CULTIVAR_BROWSER: browser }));
finish();
