import type { DigitalQuestion, DigitalStandard } from './digital-schema.ts';
import type { FactCatalogue } from './fact-schema.ts';
import { type Fault, fault, jsonPath } from './fault.ts';
import type { SizeStandard } from './schema.ts';

/** What the catalogue's shape cannot show: ids used twice, yearly facts without a stored id, enums without options. */
export function checkFacts(catalogue: FactCatalogue): Fault[] {
  const seen = new Set<string>();
  return catalogue.facts.flatMap((fact, i) => {
    const faults: Fault[] = [];
    const add = (code: Fault['code'], key: string, message: string) =>
      faults.push({ code, path: jsonPath(['facts', i, key]), message });
    if (seen.has(fact.id)) add('duplicate', 'id', `${fact.id} is used twice`);
    seen.add(fact.id);
    const isYearly = fact.origin === 'yearly';
    if (isYearly !== (fact.stored !== undefined))
      add('placement', 'stored', 'belongs to yearly facts, and to all of them');
    if (isYearly !== (fact.offset !== undefined))
      add('placement', 'offset', 'belongs to yearly facts, and to all of them');
    if ((fact.type === 'enum') !== (fact.options !== undefined))
      add('placement', 'options', 'belongs to enums, and to all of them');
    if (['answer', 'profile', 'yearly'].includes(fact.origin) && !fact.question)
      add('placement', 'question', 'is missing');
    if (fact.origin === 'derived' && !fact.formula) add('placement', 'formula', 'is missing');
    if (fact.min !== undefined && fact.max !== undefined && fact.min > fact.max)
      add('range', 'max', 'is below min');
    return faults;
  });
}

/** Size classes whose bounds do not fall from large to small, and codes that two industries claim. */
export function checkSize(size: SizeStandard): Fault[] {
  const claimed = new Map<string, number>();
  return size.industries.flatMap((industry, i) => {
    const faults: Fault[] = [];
    if (size.industries.findIndex((other) => other.id === industry.id) < i) {
      faults.push({
        code: 'duplicate',
        path: jsonPath(['industries', i, 'id']),
        message: `${industry.id} is used twice`,
      });
    }
    if (Object.keys(industry.metrics).length === 0) {
      faults.push({ code: 'range', path: jsonPath(['industries', i, 'metrics']), message: 'no metric' });
    }
    for (const [name, bounds] of Object.entries(industry.metrics)) {
      if (bounds && !(bounds[0] > bounds[1] && bounds[1] > bounds[2])) {
        faults.push({
          code: 'range',
          path: jsonPath(['industries', i, 'metrics', name]),
          message: 'the bounds must fall from large to small',
        });
      }
    }
    industry.codes.forEach((code, j) => {
      const other = claimed.get(code);
      if (other !== undefined) {
        faults.push({
          code: 'duplicate',
          path: jsonPath(['industries', i, 'codes', j]),
          message: `${code} already belongs to industry ${other}`,
        });
      } else claimed.set(code, industry.id);
    });
    return faults;
  });
}

/** Questionnaires whose points do not add up to their maxima, and levels that leave a hole or overlap. */
export function checkDigital({ parts, levels }: DigitalStandard): Fault[] {
  const faults: Fault[] = [];
  const sums = (max: number, sum: number, place: readonly PropertyKey[]) => {
    // Points have up to four decimals; comparing whole ten-thousandths keeps binary fractions out of it.
    if (Math.round(max * 1e4) !== Math.round(sum * 1e4))
      faults.push(fault('points', [...place, 'max'], `${max} is not ${sum}`));
  };
  parts.forEach((part, p) => {
    part.sections.forEach((section, s) => {
      const at = ['parts', p, 'sections', s];
      section.questions.forEach((question, q) => {
        sums(question.max, most(question), [...at, 'questions', q]);
      });
      sums(section.max, total(section.questions), at);
    });
    sums(part.max, total(part.sections), ['parts', p]);
  });
  levels.forEach((level, i) => {
    const before = levels[i - 1];
    if (before && before.to !== level.from)
      faults.push(fault('range', ['levels', i, 'from'], 'the last level ends elsewhere'));
  });
  return faults;
}

const total = (list: readonly { max: number }[]) => list.reduce((sum, { max }) => sum + max, 0);

/** The most points a question can earn. */
function most(question: DigitalQuestion): number {
  switch (question.mode) {
    case 'single':
      return Math.max(...question.options.map((o) => o.points));
    case 'bands':
      return Math.max(...question.bands.map((b) => b.points));
    case 'multiple':
      return question.answers.reduce((sum, { count, each }) => sum + count * each, 0);
  }
}
