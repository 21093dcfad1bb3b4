import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import en from '../resources/i18n/en/verify.json' with { type: 'json' };
import zh from '../resources/i18n/zh-CN/verify.json' with { type: 'json' };
import { unlockForCli } from './cli-passphrase.ts';
import { cliLanguage, say, sayError } from './cli-text.ts';
import { resourcesFolder } from './demo-cli.ts';
import type { Verified } from './plan/verify-shapes.ts';
import { createService } from './service/service.ts';

function report(verified: Verified, words: typeof zh, language: 'zh' | 'en'): string[] {
  const { manifest, checks, changed } = verified;
  return [
    `${verified.file}: ${words.result[verified.result]}`,
    ...(manifest
      ? [
          `${words.enterprise}: ${[manifest.enterprise.name, manifest.enterprise.uscc].filter(Boolean).join(' ')}`,
        ]
      : []),
    ...checks.map(({ check, state, details }) => {
      const names =
        check === 'rerun' || details.length === 0 ? '' : ` (${details.slice(0, 6).join(words.join)})`;
      return `  ${words.check[check]}: ${words.state[state]}${names}`;
    }),
    ...changed.map(
      ({ title, printed, again }) =>
        `  ${title[language]}: ${printed.verdict} → ${again?.verdict ?? '—'} (${again?.formula[language] ?? '—'})`,
    ),
  ];
}

/**
 * `verify FILE.pdf [--data DIR]`: verifies a plan that was exported, against the standards of this product and, with
 * --data, those kept in a library. Exit code 0 genuine, 1 anything else, 2 for wrong options.
 */
export async function runVerify(argv: readonly string[]): Promise<number> {
  const language = cliLanguage();
  const words = language === 'zh' ? zh : en;
  let file: string | undefined;
  let data: string | undefined;
  try {
    const parsed = parseArgs({
      args: [...argv],
      options: { data: { type: 'string' } },
      allowPositionals: true,
    });
    data = parsed.values.data;
    file = parsed.positionals.length === 1 ? parsed.positionals[0] : undefined;
  } catch (error) {
    console.error(say(language, 'badOption', { reason: (error as Error).message }));
  }
  if (!file) {
    console.error(words.usage);
    return 2;
  }
  if (data && !(await unlockForCli(join(resolve(data), 'library.sqlite')))) return 1;
  const temporary = data ? null : mkdtempSync(join(tmpdir(), 'cultivar-verify-'));
  const service = createService({
    dataDir: temporary ?? resolve(data ?? ''),
    resourcesDir: resourcesFolder(),
    now: () => new Date(),
    emit: () => undefined,
    actor: 'verify',
  });
  try {
    const answer = await service.call('plan.verifyFile', { path: resolve(file) }, 'shell');
    if (!answer.ok) {
      console.error(sayError(language, answer.error));
      return 1;
    }
    const verified = answer.value as Verified;
    console.log(report(verified, words, language).join('\n'));
    return verified.result === 'genuine' ? 0 : 1;
  } finally {
    await service.close();
    if (temporary) rmSync(temporary, { recursive: true, force: true });
  }
}
