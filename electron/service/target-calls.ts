import { derivationOf } from '../diagnosis/derive.ts';
import { valueText } from '../diagnosis/number-text.ts';
import { partFact, shortLabel } from '../diagnosis/part-facts.ts';
import { rulesetOf } from '../diagnosis/ruleset.ts';
import type { Target } from '../diagnosis/target-shape.ts';
import { outlookOf, sheetFieldOf } from '../diagnosis/targets.ts';
import { decodeValue, type Value } from '../diagnosis/values.ts';
import { whatIfLevers } from '../diagnosis/whatif-levers.ts';
import { readFile } from '../library/enterprise-file.ts';
import { invalid } from '../library/refusal.ts';
import { clearTarget, listTargets, setTargets } from '../library/targets.ts';
import type { Context, Handlers } from './context.ts';
import { judge } from './diagnosis-calls.ts';

function factOf(field: string, { rules }: Context) {
  const sheetField = sheetFieldOf(field, rules.facts);
  return rulesetOf(rules).facts.get(sheetField) ?? partFact(sheetField);
}

function readValue({ field, value }: Pick<Target, 'field' | 'value'>): Value {
  try {
    return decodeValue(value);
  } catch {
    throw invalid('wrongShape', { path: field });
  }
}

type GivenTarget = Omit<Target, 'note'> & { readonly note?: string | null | undefined };

/** Refuses targets for facts that do not exist, for figures that only follow from others, and of the wrong kind. */
function checked(targets: readonly GivenTarget[], context: Context): Target[] {
  const { facts } = rulesetOf(context.rules);
  return targets.map(({ note, ...target }) => {
    const { field } = target;
    const sheetField = sheetFieldOf(field, context.rules.facts);
    const known = facts.get(sheetField);
    if (!known && shortLabel(sheetField) === undefined) throw invalid('fieldUnknown', { path: field });
    if (known?.origin === 'option') throw invalid('fieldUnknown', { path: field });
    const wanted = known?.type === 'bool' ? 'flag' : known?.type === 'enum' ? 'word' : 'number';
    if (readValue(target).kind !== wanted) throw invalid('wrongShape', { path: field });
    return { ...target, note: note ?? null };
  });
}

function told(context: Context, enterpriseId: string) {
  return listTargets(context.db, enterpriseId).map((target) => {
    const fact = factOf(target.field, context);
    const label = shortLabel(sheetFieldOf(target.field, context.rules.facts)) ?? fact.label;
    return { ...target, label, text: valueText(readValue(target), fact) };
  });
}

/** Trying out facts, and the targets an enterprise sets itself. */
export const targetCalls = {
  'whatif.levers'(context, { enterpriseId, asOf, rung }) {
    const diagnosis = judge(context, readFile(context.db, enterpriseId), asOf);
    const wanted = rung ?? diagnosis.ladder.next ?? 3;
    return { rung: wanted, levers: whatIfLevers(diagnosis, wanted, rulesetOf(context.rules)) };
  },

  'targets.list'(context, { enterpriseId }) {
    return told(context, enterpriseId);
  },

  'targets.set'(context, { enterpriseId, targets }) {
    const { sheet } = judge(context, readFile(context.db, enterpriseId), {});
    const good = checked(targets, context);
    for (const { field } of good) {
      const parts = derivationOf(sheetFieldOf(field, context.rules.facts))?.parts;
      // Its parts would win over it: they are what can be aimed at.
      if (parts?.every((part) => part in sheet)) throw invalid('targetComputed', { path: field });
    }
    context.write('targets.set', (tx) => setTargets(tx, enterpriseId, good));
    context.emit('changed', { topic: 'enterprise', id: enterpriseId });
    return told(context, enterpriseId);
  },

  'targets.clear'(context, { enterpriseId, field, year }) {
    context.write('targets.clear', (tx) => clearTarget(tx, enterpriseId, field, year));
    context.emit('changed', { topic: 'enterprise', id: enterpriseId });
    return told(context, enterpriseId);
  },

  'targets.judge'(context, { enterpriseId, asOf, targets }) {
    const diagnosis = judge(context, readFile(context.db, enterpriseId), asOf);
    const aims = targets ? checked(targets, context) : listTargets(context.db, enterpriseId);
    return outlookOf(diagnosis, aims, context.rules);
  },
} satisfies Partial<Handlers>;
