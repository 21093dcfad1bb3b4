import type { Text } from '../standards/schema.ts';
import { passes } from './compile.ts';
import { documentNumber } from './document-number.ts';
import { judgeTier } from './judge-tier.ts';
import { tell } from './route-words.ts';
import type { Ruleset } from './ruleset.ts';
import type { Diagnosis, Judged, Route } from './shapes.ts';
import { decodeValue, flag } from './values.ts';
import { join } from './words.ts';

export interface TierName {
  readonly standard: string;
  readonly tier: string;
}

/** Fiscal year of every fact: as kept, else by its name (y1 is the last closed year, y0 the year of application). */
function yearsOf({ sheet, asOf }: Diagnosis, { facts }: Ruleset): Map<string, number | null> {
  const years = new Map<string, number | null>();
  for (const field of [...Object.keys(sheet), ...facts.keys()]) {
    const back = /_y([0-3])(_wan)?$/.exec(field)?.[1];
    years.set(field, sheet[field]?.year ?? (back === undefined ? null : asOf.fiscalYear + 1 - Number(back)));
  }
  return years;
}

/** One firm, as diagnosed, judged by any tier of any standard; undefined where there is no such tier. */
export function judgedBy(diagnosis: Diagnosis, name: TierName, ruleset: Ruleset): Route | undefined {
  const tier = ruleset.find(name.standard, name.tier);
  if (!tier) return undefined;
  const entries = Object.entries(diagnosis.sheet);
  const values = new Map(entries.map(([field, { value }]) => [field, decodeValue(value)]));
  const review = diagnosis.review.includes(tier.tier.rung);
  values.set('is_review', flag(review)).set('growth_waived_for_review', flag(review));
  return judgeTier(
    {
      tier,
      values,
      computed: new Set(entries.filter(([, e]) => e.basis === 'derived').map(([field]) => field)),
      years: yearsOf(diagnosis, ruleset),
      facts: ruleset.facts,
      result: tier.run(values, review ? '' : diagnosis.asOf.applicationDate),
      externalTitle: ruleset.titleOf,
    },
    ruleset.hashOf(name.standard),
  );
}

const counted = (item: Judged) => item.kind !== 'direct' && item.kind !== 'indicator';

function nameOf(route: Route): Text {
  return tell('name', { number: documentNumber(route.number, route.items), annex: route.annex });
}

function reasonsOf(route: Route): Text {
  const unmet = route.items.filter((item) => counted(item) && item.verdict === 'unmet');
  const reasons = unmet.map((item) =>
    item.gap
      ? tell('reason', { title: item.title, gap: item.gap })
      : tell('reasonPlain', { title: item.title }),
  );
  if (reasons.length === 0 && route.score) reasons.push(tell('scoreReason', { points: route.score.max }));
  return join(reasons, tell('partSeparator'));
}

function alone(route: Route): Text {
  const name = nameOf(route);
  if (passes(route.verdict)) return tell('passes', { name });
  if (route.verdict === 'unmet') return tell('fails', { name, reasons: reasonsOf(route) });
  const open = route.items.filter((i) => counted(i) && (i.verdict === 'unknown' || i.verdict === 'manual'));
  return tell('open', {
    name,
    items: join(
      open.map((i) => i.title),
      tell('listSeparator'),
    ),
  });
}

/** What two standards say of one firm, in sentences: "passes under A, fails under B because …", then each by itself. */
export function compareRoutes(a: Route, b: Route): Text[] {
  const says: Text[] = [];
  const [good, bad] = [passes(a.verdict), a.verdict === 'unmet'];
  if (good && b.verdict === 'unmet')
    says.push(tell('differ', { passing: nameOf(a), failing: nameOf(b), reasons: reasonsOf(b) }));
  else if (bad && passes(b.verdict))
    says.push(tell('differ', { passing: nameOf(b), failing: nameOf(a), reasons: reasonsOf(a) }));
  else {
    if (good && passes(b.verdict)) says.push(tell('sameMet'));
    if (bad && b.verdict === 'unmet') says.push(tell('sameUnmet'));
    says.push(alone(a), alone(b));
  }
  return says;
}
