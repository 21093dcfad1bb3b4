import { factNamed } from './fact-names.ts';
import { ownerOf } from './fact-owners.ts';
import { numberOf } from './gaps.ts';
import { checkCode, SNAPSHOT_NAME } from './manifest.ts';
import type { Policy } from './measure-schema.ts';
import { numberedItems } from './model-measures.ts';
import type { Pen } from './model-words.ts';
import { policyUses } from './policy-links.ts';
import { shownPolicy } from './policy-text.ts';

/** What is to be found out, the most deciding first. */
export function unknownOf(pen: Pen) {
  const { diagnosis, w, t } = pen;
  return {
    heading: w('headUnknown'),
    intro: w('unknownIntro'),
    none: w('unknownNone'),
    columns: [w('colAsk'), w('colAskWhom'), w('colSettles'), w('colProof')],
    rows: diagnosis.askNext.slice(0, 20).map((ask) => {
      const evidence = factNamed(ask.field)?.evidence;
      const owner = ownerOf(ask.field);
      const items = (pen.aim?.route.items ?? []).filter((i) => i.missing.includes(ask.field));
      return [
        t(ask.label),
        owner ? w(`role_${owner}`) : '—',
        items.map((i) => t(i.title)).join(w('listSeparator')) || '—',
        evidence ? t(evidence) : '—',
      ];
    }),
  };
}

function policyOf(policy: Policy, numbers: readonly number[], pen: Pen) {
  const { w, t, date } = pen;
  const content = t(shownPolicy(policy).content);
  return {
    title: t(policy.title),
    category: w(`policy_${policy.category}`),
    region: t(policy.region),
    document: policy.document ?? '',
    content,
    confirmed: policy.confirmed,
    state: w(policy.confirmed ? 'policyConfirmed' : 'policyToConfirm'),
    /** The measures it supports. */
    uses: numbers.length > 0 ? w('policyUses', { numbers: numbers.join(w('listSeparator')) }) : '',
    general: numbers.length === 0 && policy.general ? t(policy.general) : '',
    source: w('policySource', {
      grade: w(`grade_${policy.source.grade}`),
      date: date(policy.source.checked),
    }),
  };
}

/** The policies that fit, with source and grade; what is unconfirmed without amounts. */
export function policiesOf(pen: Pen) {
  const { w, policies, plan, links = {} } = pen;
  const uses = policyUses(plan.content, links);
  const numbers = new Map(numberedItems(pen).map(({ item, number }) => [item.id, number]));
  const numbersOf = ({ id }: Policy) =>
    (uses.get(id) ?? []).flatMap((item) => numbers.get(item.id) ?? []).sort((a, b) => a - b);
  return {
    heading: w('headPolicies'),
    none: w('policiesNone'),
    note: w('policiesNote'),
    rows: policies.map((p) => policyOf(p, numbersOf(p), pen)),
  };
}

/** What the plan is and is not; it cannot be left out. */
export function statementOf(pen: Pen) {
  const { diagnosis, w, t, date } = pen;
  const routes = diagnosis.rungs.flatMap((r) => r.routes);
  const standards = [...new Map(routes.map((r) => [`${r.standard}@${r.version}`, r])).values()];
  return {
    heading: w('headStatement'),
    paragraphs: [
      w('statementRehearsal'),
      w('statementUnknown'),
      w('statementScore'),
      w('statementSnapshot', { file: SNAPSHOT_NAME, code: checkCode(diagnosis) }),
    ],
    standards: {
      heading: w('headStandards'),
      columns: [w('colStandard'), w('colNumber'), w('colVersion'), w('colFrom'), w('colGrade'), w('colHash')],
      rows: standards.map((s) => [
        t(s.documentTitle),
        t(numberOf(s)),
        `${s.standard}@${s.version}`,
        date(s.effectiveFrom),
        w(`grade_${s.grade}`),
        s.hash.slice(0, 12),
      ]),
    },
    grades: {
      heading: w('headGrades'),
      rows: (['gov', 'reprint', 'secondary', 'memory'] as const).map((g) => ({
        name: w(`grade_${g}`),
        says: w(`gradeSays_${g}`),
      })),
    },
    annex: {
      heading: w('headAnnex'),
      hashes: standards.map((s) => ({ name: `${s.standard}@${s.version}`, hash: s.hash })),
      run: w('annexEngine', {
        engine: diagnosis.engine,
        year: diagnosis.asOf.fiscalYear,
        facts: diagnosis.asOf.factsDate,
        day: diagnosis.asOf.applicationDate,
      }),
    },
  };
}
