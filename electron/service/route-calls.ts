import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compareRoutes, judgedBy } from '../diagnosis/compare-standards.ts';
import { diagnose } from '../diagnosis/diagnose.ts';
import { type LeverPack, leverPackShape } from '../diagnosis/lever-schema.ts';
import { routeOf } from '../diagnosis/route-view.ts';
import { rulesetOf } from '../diagnosis/ruleset.ts';
import type { FactSheet } from '../diagnosis/shapes.ts';
import { decodeValue } from '../diagnosis/values.ts';
import { readFile } from '../library/enterprise-file.ts';
import { invalid, Refusal } from '../library/refusal.ts';
import type { Context, Handlers } from './context.ts';
import { judge } from './diagnosis-calls.ts';

const packs = new Map<string, LeverPack>();

/** The levers of the product's data, read once. */
export function leversIn(folder: string): LeverPack {
  const known = packs.get(folder);
  if (known) return known;
  const text = readFileSync(join(folder, 'measures', 'levers', 'levers.json'), 'utf8');
  const pack = leverPackShape.parse(JSON.parse(text));
  packs.set(folder, pack);
  return pack;
}

/** The sheet with other facts laid over it; null takes a fact back to unknown. Nothing is stored. */
function overlaid(
  given: FactSheet,
  facts: readonly { field: string; value: string | boolean | null }[],
  { rules }: Context,
): FactSheet {
  const known = rulesetOf(rules).facts;
  const sheet = { ...given };
  for (const { field, value } of facts) {
    const type = known.get(field)?.type;
    if (!type && !/^[a-z_]+_y[0-3](_wan)?$/.test(field)) throw invalid('fieldUnknown', { path: field });
    if (value === null) {
      delete sheet[field];
      continue;
    }
    let kind: string | undefined;
    try {
      kind = decodeValue(value).kind;
    } catch {
      throw invalid('wrongShape', { path: field });
    }
    const wanted = type === 'bool' ? 'flag' : type === 'enum' ? 'word' : 'number';
    if (kind !== wanted) throw invalid('wrongShape', { path: field });
    sheet[field] = { value, year: sheet[field]?.year ?? null, basis: 'declared', source: null };
  }
  return sheet;
}

/** The way up, what-if and two standards side by side. */
export const routeCalls = {
  'route.get'(context, { enterpriseId, asOf }) {
    const diagnosis = judge(context, readFile(context.db, enterpriseId), asOf);
    return routeOf(diagnosis, rulesetOf(context.rules), leversIn(context.resources.folder));
  },

  'whatif.evaluate'(context, { enterpriseId, asOf, facts }) {
    const now = judge(context, readFile(context.db, enterpriseId), asOf);
    const sheet = overlaid(now.given, facts, context);
    const diagnosis = diagnose({ sheet, asOf: now.asOf, review: now.review, rules: context.rules });
    const route = routeOf(diagnosis, rulesetOf(context.rules), leversIn(context.resources.folder));
    return { diagnosis, route };
  },

  'standards.compare'(context, { enterpriseId, asOf, a, b }) {
    const diagnosis = judge(context, readFile(context.db, enterpriseId), asOf);
    const ruleset = rulesetOf(context.rules);
    const [one, two] = [judgedBy(diagnosis, a, ruleset), judgedBy(diagnosis, b, ruleset)];
    if (!one || !two) throw new Refusal('not-found', 'tierNotFound', { ...(one ? b : a) });
    return { a: one, b: two, says: compareRoutes(one, two) };
  },
} satisfies Partial<Handlers>;
