import type { Rules } from '../diagnosis/context.ts';
import type { Diagnosis } from '../diagnosis/shapes.ts';
import { getDiagnosis, listDiagnoses, saveDiagnosis } from '../library/diagnoses.ts';
import { readFile } from '../library/enterprise-file.ts';
import { checkFacts } from '../library/facts.ts';
import { checkFigures } from '../library/figures.ts';
import type { EnterpriseFile } from '../library/shapes.ts';
import type { Context, Handlers } from './context.ts';
import { diagnoseEnterprise, rerun } from './diagnose-enterprise.ts';
import { jsonDifferences } from './differences.ts';
import { overlayDraft } from './draft.ts';
import { storedRules } from './stored-rules.ts';

interface AsOfInput {
  readonly fiscalYear?: number | undefined;
  readonly applicationDate?: string | undefined;
  readonly review?: readonly number[] | undefined;
}

/** Judges a file by the rules in force, as of the years and days asked for. */
export function judge(
  { rules, today }: Context,
  file: EnterpriseFile,
  asOf: AsOfInput | undefined,
): Diagnosis {
  return diagnoseEnterprise(file, rules, {
    today: today(),
    fiscalYear: asOf?.fiscalYear,
    applicationDate: asOf?.applicationDate,
    review: asOf?.review,
  });
}

/** The rules a stored diagnosis was made with: those loaded now where they are the same, else those kept with it. */
function rulesFor(context: Context, packs: readonly { hash: string; id: string }[]): Rules {
  const now = new Set(context.packs.map((pack) => `${pack.id}:${pack.hash}`));
  const same = packs.length === now.size && packs.every((pack) => now.has(`${pack.id}:${pack.hash}`));
  return same ? context.rules : storedRules(context.db, packs);
}

/** The check-up: judging live, snapshots, and proving that a snapshot still gives the same result. */
export const diagnosisCalls = {
  'diagnosis.evaluate'(context, { enterpriseId, asOf, draft }) {
    const file = readFile(context.db, enterpriseId);
    checkFigures(draft?.figures ?? [], context.now());
    checkFacts(draft?.facts ?? [], context.rules.facts, context.now());
    return judge(context, overlayDraft(file, draft), asOf);
  },

  'diagnosis.save'(context, { enterpriseId, asOf }) {
    const diagnosis = judge(context, readFile(context.db, enterpriseId), asOf);
    const id = context.write('diagnosis.save', (tx) =>
      saveDiagnosis(tx, enterpriseId, diagnosis, context.packs),
    );
    context.emit('changed', { topic: 'enterprise', id: enterpriseId });
    return { id, createdAt: getDiagnosis(context.db, id).createdAt, diagnosis };
  },

  'diagnosis.list'({ db }, { enterpriseId }) {
    return listDiagnoses(db, enterpriseId);
  },

  'diagnosis.get'({ db }, { id }) {
    const { enterpriseId, createdAt, diagnosis } = getDiagnosis(db, id);
    return { id, enterpriseId, createdAt, diagnosis };
  },

  'diagnosis.verify'(context, { id }) {
    const stored = getDiagnosis(context.db, id);
    const again = rerun(stored.diagnosis, rulesFor(context, stored.packs));
    const differences = jsonDifferences(stored.diagnosis, JSON.parse(JSON.stringify(again)));
    if (!stored.intact) differences.unshift('snapshot');
    return { same: differences.length === 0, differences };
  },

  async 'diagnosis.charts'({ db }, { diagnosis, locale, dark, enterpriseId }) {
    const { chartOptions } = await import('../plan/charts.ts');
    return chartOptions(diagnosis, locale, dark, enterpriseId ? readFile(db, enterpriseId) : undefined);
  },
} satisfies Partial<Handlers>;
