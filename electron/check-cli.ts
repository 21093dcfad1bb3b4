import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { checkFacts, FactError, parseRecord } from './diagnosis/check-facts.ts';
import type { CompiledTier } from './diagnosis/compile.ts';
import { rulesetOf } from './diagnosis/ruleset.ts';
import { rulesOf } from './service/rules.ts';
import { loadStandards } from './standards/loader.ts';
import { resolveStandard } from './standards/resolver.ts';

const MAX_LINE = 4_000_000;

/** Lines of a UTF-8 file, as many at once as were read, in constant memory; a line over the limit comes as null. */
async function* linesOf(file: string): AsyncGenerator<(string | null)[]> {
  const input = file === '-' ? process.stdin : createReadStream(file);
  input.setEncoding('utf8');
  let rest = '';
  let tooLong = false;
  let isStart = true;
  for await (const chunk of input as AsyncIterable<string>) {
    // Some programs put a byte order mark in front of the first line.
    const parts = (rest + (isStart ? chunk.replace(/^\ufeff/, '') : chunk)).split('\n');
    isStart = false;
    rest = parts.pop() ?? '';
    if (parts.length > 0) {
      yield parts.map((part, i) => ((tooLong && i === 0) || part.length > MAX_LINE ? null : part));
      tooLong = false;
    }
    if (rest.length > MAX_LINE) {
      tooLong = true;
      rest = '';
    }
  }
  if (tooLong) yield [null];
  else if (rest.trim() !== '') yield [rest];
}

const RUNGS: Record<string, 1 | 2 | 3> = {
  tech_innovative: 1,
  innovative: 1,
  tech_sme: 1,
  srdi: 2,
  little_giant: 3,
};

/** A day of the calendar, YYYY-MM-DD. */
function isDay(text: string): boolean {
  const day = /^\d{4}-\d\d-\d\d$/.test(text) ? new Date(`${text}T00:00:00Z`) : undefined;
  return day !== undefined && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

function usage(message: string): number {
  console.error(message);
  console.error('cultivar check --facts FILE.jsonl --standard ID --tier TIER');
  console.error('cultivar check --facts FILE.jsonl --resolve --date YYYY-MM-DD [--review] --tier TIER');
  return 2;
}

/** Writes and waits where the reader is slower, so that memory stays flat. */
async function print(lines: readonly string[]): Promise<void> {
  if (lines.length > 0 && !process.stdout.write(`${lines.join('\n')}\n`)) await once(process.stdout, 'drain');
}

/**
 * `check`: judges flat fact records, one JSON object a line, and prints one JSON line each. A malformed line gives an
 * error line and the rest goes on. Returns the exit code: 1 when a line was malformed, 2 for a wrong command.
 */
export async function runCheck(argv: readonly string[]): Promise<number> {
  const options = {
    facts: { type: 'string' },
    standard: { type: 'string' },
    tier: { type: 'string' },
    resolve: { type: 'boolean' },
    date: { type: 'string' },
    review: { type: 'boolean' },
    resources: { type: 'string' },
  } as const;
  let values: ReturnType<typeof parseArgs<{ options: typeof options }>>['values'];
  try {
    values = parseArgs({ args: [...argv], options }).values;
  } catch (error) {
    return usage(error instanceof Error ? error.message : String(error));
  }
  if (!values.facts) return usage('--facts is missing');
  const folder = values.resources ?? join(import.meta.dirname, '../resources');
  const loaded = loadStandards(join(folder, 'standards'));
  const rules = rulesOf(loaded);
  const ruleset = rulesetOf(rules);
  const tiers: CompiledTier[] = [];
  const wanted = values.tier ?? '';
  if (values.resolve) {
    const rung = RUNGS[wanted];
    if (!rung) return usage(`--tier must be one of ${Object.keys(RUNGS).join(', ')}`);
    if (!values.date || !isDay(values.date)) return usage('--date must be YYYY-MM-DD');
    const kind = values.review ? 'review' : 'new';
    const resolved = resolveStandard(rules.selection, { rung, kind, date: values.date });
    if (!resolved) return usage(`no standard covers ${values.date}`);
    console.error(resolved.reason.zh);
    console.error(resolved.reason.en);
    for (const use of resolved.use) {
      const tier = ruleset.find(use.standard, use.tier);
      if (tier) tiers.push(tier);
    }
  } else {
    const tier = ruleset.find(values.standard ?? '', wanted);
    if (!tier) {
      const known = [...loaded.standards].flatMap(([id, s]) => s.standard.tiers.map((t) => `${id} ${t.id}`));
      return usage(`unknown standard or tier; known: ${known.join(' · ')}`);
    }
    tiers.push(tier);
  }
  let number = 0;
  let failed = false;
  try {
    for await (const lines of linesOf(values.facts)) {
      const printed: string[] = [];
      for (const line of lines) {
        number++;
        if (line !== null && line.trim() === '') continue;
        try {
          if (line === null) throw new FactError('the line is too long');
          const record = parseRecord(line);
          const review = values.resolve ? Boolean(values.review) : undefined;
          printed.push(JSON.stringify(checkFacts(record, tiers, ruleset.facts, review)));
        } catch (error) {
          if (!(error instanceof FactError || error instanceof SyntaxError)) throw error;
          failed = true;
          const message = error instanceof FactError ? error.message : 'not valid JSON';
          printed.push(JSON.stringify({ error: message, line: number }));
        }
      }
      await print(printed);
    }
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    return 1;
  }
  return failed ? 1 : 0;
}
