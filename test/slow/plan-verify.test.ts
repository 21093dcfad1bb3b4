import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Diagnosis } from '../../electron/diagnosis/shapes.ts';
import { MANIFEST_NAME, type Manifest, SNAPSHOT_NAME, snapshotHash } from '../../electron/plan/manifest.ts';
import words from '../../resources/i18n/en/verify.json' with { type: 'json' };
import { startService } from '../service/start-service.ts';

let folder: string;
let here: ReturnType<typeof startService>;
let elsewhere: ReturnType<typeof startService>;
const ends: (() => Promise<void>)[] = [];
/** The file names of exported plans. */
const files: string[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cultivar-verify-'));
  here = startService({}, (clear) => ends.push(clear));
  elsewhere = startService({}, (clear) => ends.push(clear));
  await here.ask('samples.load', {});
  const { rows } = await here.ask('library.list', { sort: 'name' });
  for (const { id } of rows.slice(0, 2)) {
    const plan = await here.ask('plan.create', { enterpriseId: id });
    for (const locale of ['zh', 'en'] as const)
      for (const layout of ['full', 'summary', 'takeaway'] as const) {
        const path = join(folder, `${files.length} ${locale} ${layout}.pdf`);
        await here.ask('plan.exportFile', { planId: plan.id, locale, layout, path });
        files.push(path);
      }
  }
});
afterAll(async () => {
  for (const end of ends) await end();
  rmSync(folder, { recursive: true, force: true });
});

const verify = (path: string, by = here) => by.ask('plan.verifyFile', { path });
const states = ({ checks }: Awaited<ReturnType<typeof verify>>) =>
  Object.fromEntries(checks.map(({ check, state }) => [check, state]));
const problem = async (path: string) => (await here.refusal('plan.verifyFile', { path }, 'shell')).key;
const qpdf = (...args: string[]) => execFileSync('qpdf', args, { stdio: ['ignore', 'pipe', 'pipe'] });

function attached<T>(path: string, name: string): T {
  return JSON.parse(qpdf(path, `--show-attachment=${name}`).toString('utf8')) as T;
}

let forgeries = 0;
/** The PDF with other attachments, as a forger would make it. */
function withAttachments(path: string, contents: Record<string, string | Buffer>): string {
  const forged = join(folder, `forged ${++forgeries}.pdf`);
  let from = path;
  for (const [name, content] of Object.entries(contents)) {
    const file = join(folder, name);
    writeFileSync(file, content);
    const to = `${forged}.${name}.pdf`;
    qpdf(from, `--remove-attachment=${name}`, '--', to);
    qpdf(to, '--add-attachment', file, `--filename=${name}`, `--key=${name}`, '--replace', '--', forged);
    from = `${forged}.in`;
    writeFileSync(from, readFileSync(forged));
  }
  return forged;
}

describe('a plan that was exported', () => {
  test('is genuine in every layout and language, in this library and in another', async () => {
    for (const path of files) {
      const verified = await verify(path);
      expect(
        verified.checks.filter(({ state }) => state !== 'ok'),
        path,
      ).toEqual([]);
      expect(verified.result).toBe('genuine');
      expect(verified.here.planId).toBe(verified.manifest!.plan.id);
    }
    const away = await verify(files[0]!, elsewhere);
    expect(away).toMatchObject({ result: 'genuine', here: { enterpriseId: null, planId: null } });
    expect(states(away)).toMatchObject({ rerun: 'ok', pages: 'ok', library: 'none' });
  });

  test('with a verdict changed in the attachment it is found, by name', async () => {
    const diagnosis = attached<Diagnosis>(files[0]!, SNAPSHOT_NAME);
    const item = diagnosis.rungs.at(-1)!.routes[0]!.items.find(({ verdict }) => verdict !== 'met')!;
    const was = item.verdict;
    item.verdict = 'met';
    const lazy = await verify(withAttachments(files[0]!, { [SNAPSHOT_NAME]: JSON.stringify(diagnosis) }));
    expect(lazy.result).toBe('differs');
    expect(states(lazy)).toMatchObject({ snapshot: 'differs', rerun: 'differs' });
    // A careful forger mends the hash as well; the rules still say otherwise.
    const manifest = attached<Manifest>(files[0]!, MANIFEST_NAME);
    manifest.diagnosis.sha256 = snapshotHash(diagnosis);
    const careful = await verify(
      withAttachments(files[0]!, {
        [SNAPSHOT_NAME]: JSON.stringify(diagnosis),
        [MANIFEST_NAME]: JSON.stringify(manifest),
      }),
      elsewhere,
    );
    expect(states(careful)).toMatchObject({ snapshot: 'ok', rerun: 'differs', library: 'none' });
    expect(careful.changed).toMatchObject([
      { title: item.title, printed: { verdict: 'met' }, again: { verdict: was } },
    ]);
  });

  test('whose pages are of another check-up is found by what is printed, and by this library', async () => {
    for (const at of [0, 1, 2, 3]) {
      const other = files[at + 6]!;
      const diagnosis = attached<Diagnosis>(other, SNAPSHOT_NAME);
      const manifest = attached<Manifest>(other, MANIFEST_NAME);
      const mine = attached<Manifest>(files[at]!, MANIFEST_NAME);
      const forged = withAttachments(files[at]!, {
        [SNAPSHOT_NAME]: JSON.stringify(diagnosis),
        [MANIFEST_NAME]: JSON.stringify({
          ...mine,
          packs: manifest.packs,
          diagnosis: { ...mine.diagnosis, sha256: snapshotHash(diagnosis) },
        }),
      });
      const verified = await verify(forged);
      expect(states(verified), files[at]).toMatchObject({
        rerun: 'ok',
        pages: 'differs',
        library: 'differs',
      });
      expect(verified.result).toBe('differs');
    }
  });

  test('made with a standard that is not at hand is not called wrong, nor right', async () => {
    const manifest = attached<Manifest>(files[0]!, MANIFEST_NAME);
    manifest.packs[0]!.hash = '0'.repeat(64);
    const verified = await verify(withAttachments(files[0]!, { [MANIFEST_NAME]: JSON.stringify(manifest) }));
    expect(verified.result).toBe('unchecked');
    expect(verified.checks).toContainEqual({
      check: 'standards',
      state: 'none',
      details: [manifest.packs[0]!.id],
    });
  });

  test('without one of its attachments, or with nonsense in it, differs', async () => {
    const bare = join(folder, 'bare.pdf');
    qpdf(files[0]!, `--remove-attachment=${MANIFEST_NAME}`, '--', bare);
    expect(await verify(bare)).toMatchObject({
      result: 'differs',
      checks: [{ check: 'attachments', state: 'differs', details: [MANIFEST_NAME] }],
    });
    for (const nonsense of ['{', '[]', '{"schema":"cultivar-diagnosis/1"}', '\u0000', 'null'])
      expect((await verify(withAttachments(files[0]!, { [SNAPSHOT_NAME]: nonsense }))).result).toBe(
        'differs',
      );
    const diagnosis = attached<Diagnosis>(files[0]!, SNAPSHOT_NAME);
    Object.assign(diagnosis.given, { asOf: 'x' });
    for (const key of Object.keys(diagnosis.given.values ?? {}))
      (diagnosis.given.values as Record<string, unknown>)[key] = { broken: true };
    expect(
      (await verify(withAttachments(files[0]!, { [SNAPSHOT_NAME]: JSON.stringify(diagnosis) }))).result,
    ).toBe('differs');
  });
});

describe('another file', () => {
  test('is told for what it is', async () => {
    const empty = join(folder, 'foreign.pdf');
    qpdf(
      files[0]!,
      `--remove-attachment=${MANIFEST_NAME}`,
      `--remove-attachment=${SNAPSHOT_NAME}`,
      '--',
      empty,
    );
    expect(await verify(empty)).toMatchObject({ result: 'foreign', checks: [], manifest: null });
    const text = join(folder, 'text.pdf');
    writeFileSync(text, 'just words');
    expect(await problem(text)).toBe('pdfNone');
    const cut = join(folder, 'cut.pdf');
    writeFileSync(cut, readFileSync(files[0]!).subarray(0, 40_000));
    expect(await problem(cut)).toBe('pdfBroken');
    const locked = join(folder, 'locked.pdf');
    qpdf('--encrypt', 'a', 'b', '256', '--', files[0]!, locked);
    expect(await problem(locked)).toBe('pdfLocked');
    expect(await problem(join(folder, 'no such.pdf'))).toBe('pdfUnreadable');
    expect(await problem(folder)).toBe('pdfUnreadable');
  });

  test('the command line says the same, with its exit code', () => {
    const cli = (...args: string[]) =>
      spawnSync(process.execPath, [join(import.meta.dirname, '../../electron/cli.ts'), 'verify', ...args], {
        encoding: 'utf8',
        env: { ...process.env, LC_ALL: 'en_US.UTF-8' },
      });
    const genuine = cli(files[2]!, '--data', here.dataDir);
    expect(genuine.stdout).toContain(words.result.genuine);
    expect(genuine.status).toBe(0);
    const foreign = cli(join(folder, 'foreign.pdf'));
    expect(foreign.stdout).toContain(words.result.foreign);
    expect(foreign.status).toBe(1);
    expect(cli(join(folder, 'text.pdf'))).toMatchObject({ status: 1, stderr: 'This file is not a PDF.\n' });
    expect(cli().status).toBe(2);
  });

  test('that claims to hold very much is put down in time', async () => {
    const bomb = withAttachments(files[2]!, { [SNAPSHOT_NAME]: Buffer.alloc(400 * 1024 * 1024, 0x20) });
    expect(readFileSync(bomb).length).toBeLessThan(2_000_000);
    expect(await problem(bomb)).toBe('pdfTooMuch');
    expect((await verify(files[2]!)).result).toBe('genuine');
  });
});
