import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { ApiError, CallInput, CallName, CallOutput } from './api.ts';
import { type CliLanguage, cliLanguage, say, sayError, tableLines } from './cli-text.ts';
import { writeFileSafely } from './plan/write-file.ts';
import { createService, type Service } from './service/service.ts';

type Diagnosis = CallOutput<'diagnosis.evaluate'>;

class Failed extends Error {
  readonly error: ApiError;
  constructor(error: ApiError) {
    super(error.key);
    this.error = error;
  }
}

async function ask<N extends CallName>(
  service: Service,
  name: N,
  input: CallInput<N>,
): Promise<CallOutput<N>> {
  const result = await service.call(name, input, 'shell');
  if (!result.ok) throw new Failed(result.error);
  return result.value as CallOutput<N>;
}

/** The product's read-only data: beside this folder in source; one or two folders further up in the build. */
export function resourcesFolder(): string {
  const found = ['../resources', '../../resources', '../../../resources']
    .map((path) => fileURLToPath(new URL(path, import.meta.url)))
    .find((path) => existsSync(join(path, 'standards')));
  if (!found) throw new Error('resources not found');
  return found;
}

/** What must be found out for the next rung: the questions that settle most, and how many more there are. */
function missingOf(diagnosis: Diagnosis, language: CliLanguage): string {
  const labels = diagnosis.askNext.map((ask) => ask.label[language]);
  if (labels.length === 0) return say(language, 'nothingMissing');
  const list = labels.slice(0, 2).join(say(language, 'separator'));
  return labels.length > 2 ? say(language, 'more', { list, count: labels.length - 2 }) : list;
}

function rowOf(name: string, diagnosis: Diagnosis, language: CliLanguage): (string | number)[] {
  const { current, currentKnown, next } = diagnosis.ladder;
  const title = (rung: number) => diagnosis.rungs.find((r) => r.rung === rung)?.title[language];
  // Who holds the top is measured by what the top asks.
  const aim = diagnosis.rungs.find((rung) => rung.rung === (next ?? current));
  const counts = aim?.routes[aim.best]?.counts;
  return [
    name,
    diagnosis.asOf.fiscalYear,
    title(current) ?? say(language, currentKnown ? 'noneKnown' : 'none'),
    (next === null ? undefined : title(next)) ?? say(language, 'top'),
    counts?.met ?? 0,
    counts?.unmet ?? 0,
    counts?.unknown ?? 0,
    counts?.manual ?? 0,
    missingOf(diagnosis, language),
  ];
}

interface Made {
  readonly rows: (string | number)[][];
  readonly files: string[];
}

/** Samples into a library, every enterprise judged, a plan for each, a PDF for each language. */
async function make(
  service: Service,
  out: string,
  locales: readonly CliLanguage[],
  language: CliLanguage,
): Promise<Made> {
  await ask(service, 'samples.load', {});
  const { rows: enterprises } = await ask(service, 'library.list', { sort: 'name', limit: 500 });
  const made: Made = { rows: [], files: [] };
  for (const { id, name, shortName } of enterprises) {
    const plan = await ask(service, 'plan.create', { enterpriseId: id });
    const { diagnosis } = await ask(service, 'diagnosis.get', { id: plan.diagnosisId });
    made.rows.push(rowOf(shortName ?? name, diagnosis, language));
    for (const locale of locales) {
      const { pdf, suggestedName } = await ask(service, 'plan.render', { id: plan.id, locale });
      await writeFileSafely(join(out, suggestedName), pdf);
      made.files.push(suggestedName);
    }
  }
  return made;
}

const HEADS = [
  'columnName',
  'columnYear',
  'columnNow',
  'columnNext',
  'columnMet',
  'columnUnmet',
  'columnUnknown',
  'columnManual',
  'columnMissing',
] as const;

/**
 * `demo`: the whole way from library to paper, without a window. Writes the PDFs into --out (default demo-out), prints
 * what came out and where. Returns the exit code: 1 where something failed, 2 for a wrong command.
 */
export async function runDemo(argv: readonly string[]): Promise<number> {
  let values: { out?: string | undefined; locale?: string | undefined };
  const language = cliLanguage();
  try {
    values = parseArgs({
      args: [...argv],
      options: { out: { type: 'string' }, locale: { type: 'string' } },
    }).values;
  } catch (error) {
    console.error(say(language, 'badOption', { reason: (error as Error).message }));
    console.error(say(language, 'usage'));
    return 2;
  }
  const wanted = values.locale ?? 'zh';
  if (wanted !== 'zh' && wanted !== 'en' && wanted !== 'both') {
    console.error(say(language, 'badLocale'));
    return 2;
  }
  const locales: CliLanguage[] = wanted === 'both' ? ['zh', 'en'] : [wanted];
  const shown = wanted === 'both' ? language : wanted;
  const out = resolve(values.out ?? 'demo-out');
  try {
    mkdirSync(out, { recursive: true });
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? '';
    console.error(say(language, 'outUnusable', { folder: out, reason }));
    return 1;
  }
  const started = Date.now();
  const dataDir = mkdtempSync(join(tmpdir(), 'cultivar-demo-'));
  const service = createService({
    dataDir,
    resourcesDir: resourcesFolder(),
    now: () => new Date(),
    emit: () => undefined,
    actor: 'demo',
  });
  let made: Made;
  try {
    made = await make(service, out, locales, shown);
  } catch (error) {
    if (!(error instanceof Failed) && (error as { code?: string }).code !== 'file') throw error;
    console.error(sayError(language, error instanceof Failed ? error.error : (error as unknown as ApiError)));
    return 1;
  } finally {
    await service.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
  const { rows, files } = made;
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  const report = [
    ...tableLines([HEADS.map((head) => say(shown, head)), ...rows]),
    '',
    say(shown, 'note'),
    say(shown, 'done', { count: rows.length, files: files.length, seconds }),
    out,
  ];
  console.log(report.join('\n'));
  return 0;
}
