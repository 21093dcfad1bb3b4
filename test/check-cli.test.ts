import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { model } from './diagnosis/firm.ts';

const root = join(import.meta.dirname, '..');
const cli = join(root, 'electron/cli.ts');
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cultivar-check-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Runs the command on a file of these lines (or bytes) as a process of its own. */
function run(lines: readonly string[] | Buffer | null, args: readonly string[]) {
  const file = join(folder, 'facts.jsonl');
  if (lines) writeFileSync(file, Buffer.isBuffer(lines) ? lines : lines.join('\n'));
  const facts = lines ? ['--facts', file] : [];
  const done = spawnSync(process.execPath, [cli, 'check', ...facts, ...args], {
    encoding: 'utf8',
    maxBuffer: 100_000_000,
  });
  const out = done.stdout.split('\n').filter((line) => line !== '');
  return { code: done.status, out: out.map((line) => JSON.parse(line)), err: done.stderr };
}
const srdi = ['--standard', 'cn-miit-2026-2', '--tier', 'srdi'];
const line = JSON.stringify(model);

test('one line in, one line out, in the documented form, with the scored table', () => {
  const poor = JSON.stringify({ ...model, revenue_y1_wan: 100, equity_new_2y_wan: 0 });
  const { code, out } = run([line, poor, '{}'], ['--standard', 'cn-miit-2022-63', '--tier', 'srdi']);
  expect(code).toBe(0);
  expect(out.map((o) => o.tier)).toEqual(['met', 'unmet', 'unknown']);
  expect(out[0].gates).toEqual({ 'S-G1': 'met', 'S-G2': 'met', 'S-G3': 'met', 'S-G4': 'met' });
  expect(out[1].gates['S-G3']).toBe('unmet');
  expect(out[0].score).toEqual({ min: 89, max: 89 });
  expect(out[0].indicators).toMatchObject({ S1: 5, S9: 10, S13: 4 });
  expect(out[0].direct['S-D2']).toBe('met');
  expect(out[2].score).toEqual({ min: 0, max: 100 });
  expect(out[2].indicators).toMatchObject({ S1: null, S9: null, S13: null });
});

describe('a file as the world writes it', () => {
  const BAD: [string, string][] = [
    ['half of an object', '{"revenue_y1_wan": 1'],
    ['a list', '[1, 2]'],
    ['a number', '7'],
    ['null', 'null'],
    ['words', 'revenue_y1_wan=5'],
    ['a text for an amount', '{"revenue_y1_wan": "1000"}'],
    ['a number for yes or no', '{"is_sme": 1}'],
    ['a word nobody knows', '{"rd_institution_level": "galactic"}'],
    ['a list for a count', '{"ip1_count": [1]}'],
    ['a number without end', '{"revenue_y1_wan": 1e400}'],
    ['a lone surrogate for an amount', '{"revenue_y1_wan": "\\ud800"}'],
    ['brackets without end', '['.repeat(1_000_000)],
    ['too many characters', `{"note": "${'x'.repeat(5_000_000)}"}`],
  ];
  const odd = '{"公司":"某某","\\ud800":1,"__proto__":{"is_sme":true},"is_sme":null}';
  const good = [line, odd, `{"a":${'['.repeat(50_000)}${']'.repeat(50_000)}}`];
  let made: ReturnType<typeof run>;
  beforeAll(() => {
    // A byte order mark, Windows line ends, empty lines, and a last line without an end that is too long.
    const lines = [...good, '', '   ', ...BAD.map(([, text]) => text), line, 'y'.repeat(4_100_000)];
    made = run(Buffer.from(`\ufeff${lines.join('\r\n')}`), srdi);
  });

  test('a byte order mark, line ends and empty lines do no harm', () => {
    expect(made.code).toBe(1);
    expect(made.out).toHaveLength(good.length + BAD.length + 2);
    expect(made.out[0].gates).toEqual({
      'S26-1': 'met',
      'S26-2a': 'met',
      'S26-2b': 'met',
      'S26-2c': 'met',
      'S26-3': 'met',
      'S26-4': 'met',
      'S26-5': 'manual',
      'S26-6': 'met',
    });
    expect([made.out[0].tier, made.out[0].score]).toEqual(['manual', null]);
  });
  test('keys that are no facts are named, whatever their letters; null is unknown', () => {
    expect(made.out[1].ignored).toEqual(['公司', '\ud800', '__proto__']);
    expect(made.out[1].base['base-2026-sme']).toBe('unknown');
    expect(made.out[2].ignored).toEqual(['a']);
  });
  test.each(BAD.map(([name], i) => ({ name, i })))('$name gives an error with its line', ({ i }) => {
    const found = made.out[good.length + i];
    expect(Object.keys(found)).toEqual(['error', 'line']);
    expect(found.line).toBe(good.length + 2 + i + 1);
    expect(found.error.length).toBeLessThan(200);
  });
  test('what follows is judged, to the last line', () => {
    expect(made.out.at(-2)).toEqual(made.out[0]);
    expect(made.out.at(-1)).toEqual({ error: 'the line is too long', line: good.length + BAD.length + 4 });
  });
});

test('numbers no firm has, but a file may hold', () => {
  const wild = {
    revenue_y1_wan: 1e308,
    revenue_y3_wan: 1e-300,
    revenue_cagr2: 0.1,
    rd_expense_y1_wan: 5e-324,
  };
  const { code, out } = run(
    [JSON.stringify(wild)],
    ['--standard', 'cn-miit-2026-2', '--tier', 'little_giant'],
  );
  expect(code).toBe(0);
  expect(out[0].gates['L26-2c']).toBe('met');
  expect(out[0].conflicts[0].field).toBe('revenue_cagr2');
});

test('numbers count to their last digit, also beyond what a binary number holds', () => {
  const withRatio = (text: string) => `${line.slice(0, -1)},"rd_ratio_y1":${text},"revenue_y1_wan":null}`;
  const written = ['0.03', '0.02999999999999999999999', '0.030000000000000000000', `0.03${'0'.repeat(500)}`];
  const { code, out } = run(written.map(withRatio), srdi);
  const gate = Object.keys(out[0].gates).find((id) => out[0].gates[id] !== out[1].gates[id]);
  expect(gate).toBeDefined();
  expect(out.slice(0, 3).map((o) => o.gates[gate as string])).toEqual(['met', 'unmet', 'met']);
  expect(out[3].error).toContain('rd_ratio_y1');
  expect(code).toBe(1);
});

describe('the standard in force', () => {
  const grown = { ...model, main_rev_growth_avg2: -0.5, growth_waived_for_review: null, revenue_cagr2: -0.5 };
  const resolve = (tier: string, date: string, ...more: string[]) =>
    run([JSON.stringify(grown)], ['--resolve', '--tier', tier, '--date', date, ...more]);

  test('changes on 1 April 2026, and says why', () => {
    const before = resolve('srdi', '2026-03-31');
    expect(Object.keys(before.out[0].gates)).toEqual(['S-G1', 'S-G2', 'S-G3', 'S-G4']);
    const after = resolve('srdi', '2026-04-01');
    expect(Object.keys(after.out[0].gates)).toContain('S26-6');
    expect(after.err).toContain('2026年4月1日起');
    expect(after.err).toContain('From 1 April 2026');
  });
  test('a review of 2026 keeps the old annex, one of 2027 is expected under the new; both waive growth', () => {
    expect(resolve('little_giant', '2026-06-01', '--review').out[0].gates['L-1c']).toBe('met');
    expect(resolve('little_giant', '2027-01-01', '--review').out[0].gates['L26-2c']).toBe('met');
    expect(resolve('little_giant', '2026-06-01').out[0].gates['L26-2c']).toBe('unmet');
  });
  test('rung 1 has two ways, either is enough', () => {
    const { out } = resolve('innovative', '2026-06-01');
    expect(out[0].tier).toBe('met');
    expect(Object.keys(out[0].direct)).toEqual(expect.arrayContaining(['I-D1', 'T-D1']));
  });
  test.each([
    ['2026-02-30', 'YYYY-MM-DD'],
    ['2019-01-01', 'no standard'],
  ])('%s is refused', (date, message) => {
    const done = resolve('srdi', date);
    expect([done.code, done.out]).toEqual([2, []]);
    expect(done.err).toContain(message);
  });
});

describe('a wrong command', () => {
  test.each([
    [['--standard', 'cn-miit-1999-1', '--tier', 'srdi'], 'cn-miit-2026-2 little_giant'],
    [['--standrad', 'x'], 'standrad'],
  ])('%j', (args, message) => {
    const done = run([line], args);
    expect([done.code, done.out]).toEqual([2, []]);
    expect(done.err).toContain(message);
  });
  test('without a file, or with one that is not there', () => {
    expect(run(null, srdi)).toMatchObject({ code: 2, out: [] });
    const gone = run(null, ['--facts', join(folder, 'gone.jsonl'), ...srdi]);
    expect(gone).toMatchObject({ code: 1, out: [] });
    expect(gone.err).toContain('gone.jsonl');
  });
});

test('200 000 lines from a pipe pass through a small heap', async () => {
  const LINES = 200_000;
  const child = spawn(process.execPath, ['--max-old-space-size=48', cli, 'check', '--facts', '-', ...srdi], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let [count, tail] = [0, ''];
  child.stdout.on('data', (chunk: Buffer) => {
    for (const byte of chunk) if (byte === 10) count++;
    tail = (tail + chunk.toString()).slice(-2000);
  });
  const ended = new Promise<number | null>((done) => child.on('close', done));
  const block = `${'{"years_in_niche":3,"revenue_y1_wan":1499.9999,"is_sme":true,"note":"一行"}\n'.repeat(1000)}`;
  for (let sent = 0; sent < LINES; sent += 1000) {
    if (!child.stdin.write(block)) await new Promise<void>((done) => child.stdin.once('drain', () => done()));
  }
  child.stdin.end();
  expect(await ended).toBe(0);
  expect(count).toBe(LINES);
  expect(JSON.parse(tail.trimEnd().split('\n').at(-1)!).gates['S26-2a']).toBe('unknown');
});
