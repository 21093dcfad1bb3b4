import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { unlockForCli } from './cli-passphrase.ts';
import { cliLanguage, tableLines } from './cli-text.ts';
import { impactOf } from './cohort/impact.ts';
import type { ImpactRow } from './cohort/impact-shape.ts';
import type { WantedTier } from './cohort/judge-rows.ts';
import { type RouteWord, tell } from './diagnosis/route-words.ts';
import { rulesetOf } from './diagnosis/ruleset.ts';
import { localDay } from './library/dates.ts';
import { libraryFault, openReadOnly } from './library/open.ts';
import { rulesOf } from './service/rules.ts';
import { loadStandards } from './standards/loader.ts';

function standardsFolder(): string {
  const found = ['../resources/standards', '../../resources/standards']
    .map((path) => fileURLToPath(new URL(path, import.meta.url)))
    .find((path) => existsSync(path));
  if (!found) throw new Error('resources not found');
  return found;
}

function tierOf(text: string | undefined): WantedTier | undefined {
  const [standard, tier, more] = (text ?? '').split('/');
  return standard && tier && more === undefined ? { standard, tier } : undefined;
}

/**
 * `impact --data DIR --from STANDARD/TIER --to STANDARD/TIER`: who of a library gains or loses a title between two
 * tiers' rules, and by which clause. Only looks at the library. Exit code 2 for wrong options, 1 for a library that
 * cannot be read.
 */
export async function runImpact(argv: readonly string[]): Promise<number> {
  const language = cliLanguage();
  const say = (key: RouteWord, parts: Record<string, string | number> = {}) => tell(key, parts)[language];
  const wrong = (text: string) => {
    console.error(text);
    console.error(say('impactUsage'));
    return 2;
  };
  let options: { data?: string; from?: string; to?: string };
  try {
    options = parseArgs({
      args: [...argv],
      options: { data: { type: 'string' }, from: { type: 'string' }, to: { type: 'string' } },
    }).values;
  } catch (error) {
    return wrong((error as Error).message);
  }
  const [from, to] = [tierOf(options.from), tierOf(options.to)];
  if (!options.data || !from || !to) return wrong(say('impactMissing'));
  const rules = rulesOf(loadStandards(standardsFolder()));
  const unknown = [from, to].find((name) => !rulesetOf(rules).find(name.standard, name.tier));
  if (unknown) return wrong(say('impactNoTier', { name: `${unknown.standard}/${unknown.tier}` }));
  const path = join(options.data, 'library.sqlite');
  if (!existsSync(path)) {
    console.error(say('impactNoLibrary', { path }));
    return 1;
  }
  if (!(await unlockForCli(path))) return 1;
  try {
    const db = openReadOnly(path);
    try {
      const impact = impactOf(db, rules, { from, to, today: localDay(new Date()), most: 10_000 });
      if (!impact) return 1;
      const { under, total, gained, lost, undecided } = impact;
      console.log(
        say('impactSummary', {
          total,
          gained,
          lost,
          undecided,
          from: impact.from.number[language],
          to: impact.to.number[language],
        }),
      );
      const heads = (
        ['impactTier', 'verdictMet', 'verdictUnmet', 'verdictUnknown', 'verdictManual'] as const
      ).map((k) => say(k));
      const counts = (side: 'from' | 'to') => [
        `${impact[side].number[language]} ${impact[side].annex[language]}`,
        ...(['met', 'unmet', 'unknown', 'manual'] as const).map((k) => under[side][k]),
      ];
      console.log(`\n${tableLines([heads, counts('from'), counts('to')]).join('\n')}`);
      for (const [key, list] of [
        ['impactLostBy', impact.lostBy],
        ['impactGainedBy', impact.gainedBy],
      ] as const) {
        if (list.length === 0) continue;
        const rows = list.map((c) => [c.id, c.title[language], c.enterprises]);
        console.log(
          `\n${say(key)}\n${tableLines([[say('impactClause'), say('impactTitle'), say('impactEnterprises')], ...rows]).join('\n')}`,
        );
      }
      if (impact.rows.length > 0) {
        const change = (row: ImpactRow) => say(row.to === 'met' ? 'impactGains' : 'impactLoses');
        const rows = impact.rows.map((row) => [
          row.name,
          row.fiscalYear,
          change(row),
          row.clauses.join(', '),
        ]);
        console.log(
          `\n${tableLines([[say('impactEnterprise'), say('impactYear'), say('impactChange'), say('impactClause')], ...rows]).join('\n')}`,
        );
      }
      return 0;
    } finally {
      db.close();
    }
  } catch (error) {
    console.error(say('impactUnreadable', { reason: libraryFault(error)?.key ?? (error as Error).message }));
    return 1;
  }
}
