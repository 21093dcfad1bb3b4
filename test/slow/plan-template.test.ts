import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startService } from '../service/start-service.ts';
import { info, textOf } from './pdf-tools.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cultivar-template-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("a consultancy's own template prints its own words, can be verified, and is told where it is wrong", async () => {
  const { ask, refusal } = startService();
  await ask('samples.load', {});
  const enterpriseId = (await ask('library.list', { query: 'xtxk' })).rows[0]!.id;
  const plan = await ask('plan.create', { enterpriseId });
  const template = join(folder, 'own.typ');
  const path = join(folder, 'own.pdf');
  const exported = { planId: plan.id, locale: 'zh' as const, path, template };
  const problem = async (source: string | Buffer) => {
    writeFileSync(template, source);
    const { key, details } = await refusal('plan.exportFile', exported, 'shell');
    return { key, ...details };
  };

  writeFileSync(
    template,
    '#import "/parts.typ": *\n#show: paper\n#heading(level: 1, "本所声明")\n#d.cover.firm #d.verdicts.rungs.len()\n',
  );
  await ask('plan.exportFile', exported);
  // It leaves the statement out, so that follows on a page of its own.
  expect(info(path).Pages).toBe('2');
  const printed = textOf(path);
  expect(printed).toContain('本所声明武汉兴图新科电子股份有限公司3');
  expect(printed).toContain('声明与依据');
  expect(printed).toContain('cn-miit-2026-2');
  const { checks } = await ask('plan.verifyFile', { path });
  expect(checks.find(({ check }) => check === 'rerun')?.state).toBe('ok');

  // The template to begin from is the full plan's own: with it the plan is the same, byte for byte.
  await ask('plan.saveTemplate', { path: template });
  await ask('plan.exportFile', exported);
  const plain = join(folder, 'plain.pdf');
  await ask('plan.exportFile', { planId: plan.id, locale: 'zh', path: plain });
  expect(readFileSync(path).equals(readFileSync(plain))).toBe(true);

  writeFileSync(path, 'stays');
  expect(await problem('#import "/parts.typ": *\n\n  #nosuch(3)')).toMatchObject({
    key: 'templateWrong',
    line: '3',
    column: '4',
    reason: 'unknown variable: nosuch',
  });
  expect(await problem('= Title\n#(')).toMatchObject({ key: 'templateWrong', line: '2' });
  expect(await problem('#read("/etc/passwd")')).toMatchObject({ key: 'templateWrong', line: '1' });
  expect(await problem('#import "@preview/cetz:0.2.0": *')).toMatchObject({
    key: 'templateWrong',
    line: '1',
  });
  expect(await problem('#let f(n) = f(n)\n#f(1)')).toMatchObject({ key: 'templateWrong' });
  expect(await problem(Buffer.from([0xff, 0xfe, 0x00]))).toMatchObject({ key: 'templateUnreadable' });
  expect(await problem(Buffer.alloc(1024 * 1024 + 1, 0x20))).toMatchObject({ key: 'templateTooLarge' });
  expect(readFileSync(path, 'utf8')).toBe('stays');
  // None of that is left behind.
  await ask('plan.exportFile', { planId: plan.id, locale: 'zh', path });
  expect(readFileSync(path).equals(readFileSync(plain))).toBe(true);
});
