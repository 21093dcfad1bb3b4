// npm test: every check there is. Ends with one line, "N passed, N failed"; style, types and the build count as one each.
import { spawn, spawnSync } from 'node:child_process';
import { globSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
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
/**
 * Two runs beside each other, of about the same length on two cores: what opens windows (one at a time, and much of it
 * waiting) with what is printed, and all the rest. That no file was left out is counted at the end.
 */
const FIRST = ['test/e2e/', 'test/slow/plan-'];
const runs = [
  { name: 'windows', args: ['--project', 'e2e', ...FIRST] },
  {
    name: 'others',
    args: ['--project', 'unit', '--project', 'e2e', ...FIRST.map((start) => `--exclude=${start}**`)],
  },
];
const reportOf = ({ name }) => join(results, `${name}.json`);
let passed = 0;
let failed = 0;

/** Runs Node beside other work, its output passed on line by line; resolves with whether it succeeded. */
function node(args, env = {}) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...env },
    });
    for (const stream of [child.stdout, child.stderr])
      createInterface({ input: stream }).on('line', (line) => console.log(line));
    child.on('error', () => resolve(false));
    child.on('close', (code) => resolve(code === 0));
  });
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

/** Counts what a run reports; returns the files that were run. */
function countTests(run, clean) {
  let seen = 0;
  let files = [];
  try {
    const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = JSON.parse(
      readFileSync(reportOf(run), 'utf8'),
    );
    files = testResults.map((file) => file.name);
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
    console.log(`FAILED: the test run '${run.name}' left no report (${error.message})`);
    seen = 1;
  }
  // Errors outside any test show only in the exit code.
  if (seen === 0 && !clean)
    console.log(`FAILED: the test run '${run.name}' ended with an error outside any test`);
  failed += seen === 0 && !clean ? 1 : seen;
  return files;
}

/** Each test file is to be run once, whatever the two runs choose. */
function countFiles(ran) {
  const all = globSync('test/**/*.test.ts', { cwd: root }).map((file) => join(root, file));
  const wrong = [...new Set([...all, ...ran])].filter(
    (file) => ran.filter((one) => one === file).length !== 1,
  );
  for (const file of wrong) console.log(`FAILED: not run exactly once: ${file}`);
  failed += wrong.length;
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
for (const run of runs) rmSync(reportOf(run), { force: true });
const test = (run) =>
  node(
    [
      'node_modules/vitest/vitest.mjs',
      'run',
      ...run.args,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${reportOf(run)}`,
    ],
    { CULTIVAR_BROWSER: browser },
  );
const [windows, others] = runs;
check('build', await node(['build/build.mjs']));
// On a single core one after the other.
const beside = availableParallelism() > 1 ? test(windows) : null;
check('style (biome)', await node(['node_modules/@biomejs/biome/bin/biome', 'ci', '.']));
check('types (tsc)', await node(['node_modules/typescript/bin/tsc', '-p', '.']));
const othersClean = await test(others);
const windowsClean = await (beside ?? test(windows));
countFiles([...countTests(others, othersClean), ...countTests(windows, windowsClean)]);
finish();
