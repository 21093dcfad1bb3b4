import { z } from 'zod';
import headers from '../../resources/reference/import-headers.json' with { type: 'json' };
import {
  type FigureColumn,
  figureColumns,
  moneyColumns,
  profileShape,
  titleKindShape,
} from '../library/shapes.ts';
import type { FactCatalogue, FactDefinition } from '../standards/fact-schema.ts';

/** How the cells of a column are read. */
export type ValueKind =
  | 'text'
  | 'name'
  | 'uscc'
  | 'date'
  | 'money'
  | 'count'
  | 'ratio'
  | 'decimal'
  | 'bool'
  | 'option'
  | 'tags'
  | 'section'
  | 'division'
  | 'district'
  | 'province'
  | 'year';

/** The groups of targets, as the library keeps them. */
export type FieldGroup = 'profile' | 'figures' | 'facts' | 'titles';

/** Something a column can be imported into: "profile:name", "figure:revenue", "fact:rd_ratio", "title:hightech:number", "year". */
export interface Target {
  readonly id: string;
  readonly group: FieldGroup | 'year';
  readonly kind: ValueKind;
  /** The value belongs to a fiscal year. */
  readonly yearly: boolean;
  /** Name of the field in its entity: a profile field, a figure column, a fact's stored id, a part of a title. */
  readonly field: string;
  readonly label: { readonly zh: string; readonly en: string } | null;
  readonly fact: FactDefinition | null;
  readonly maxLength: number;
}

const listOfTexts = z.array(z.string().min(1));
/** The words by which headers and values are recognised; data, so that a missing one is a line and not a release. */
export const headerWords = z
  .strictObject({
    schema: z.literal('cultivar-import-headers/1'),
    fields: z.record(z.string(), listOfTexts),
    options: z.record(z.string(), z.record(z.string(), listOfTexts)),
    words: z.strictObject({
      unknown: listOfTexts,
      nothing: listOfTexts,
      yes: listOfTexts,
      no: listOfTexts,
      forever: listOfTexts,
    }),
    /** How rows begin that are about no enterprise: sums, notes under the table; and words over groups of columns. */
    rows: z.strictObject({ totals: listOfTexts, groups: listOfTexts, notes: listOfTexts }),
    /** Official Chinese names of the titles: the name a title gets when a file only gives its number or dates. */
    titleNames: z.record(z.string(), z.string().min(1)),
  })
  .parse(headers);

const PROFILE_KINDS: Partial<Record<keyof typeof profileShape.shape, ValueKind>> = {
  name: 'name',
  uscc: 'uscc',
  foundedOn: 'date',
  nicheSince: 'date',
  registeredCapital: 'money',
  industrySection: 'section',
  industryDivision: 'division',
  district: 'district',
  province: 'province',
  ownership: 'option',
  listingStatus: 'option',
  tags: 'tags',
};

const FACT_KINDS: Record<FactDefinition['type'], ValueKind> = {
  money: 'decimal',
  ratio: 'ratio',
  growth: 'ratio',
  count: 'count',
  rank: 'count',
  level: 'count',
  years: 'decimal',
  score: 'decimal',
  bool: 'bool',
  enum: 'option',
};

const STORED = new Set(['answer', 'profile', 'yearly']);
const PARTS: Record<string, ValueKind> = {
  number: 'text',
  issuer: 'text',
  issuedOn: 'date',
  expiresOn: 'date',
};

/** The longest text each profile field takes, learnt from its shape by trying. */
function longest(field: keyof typeof profileShape.shape): number {
  for (const length of [8000, 4000, 1000, 300, 200, 120, 100, 80, 60, 40, 32]) {
    if (profileShape.shape[field].safeParse('x'.repeat(length)).success) return length;
  }
  return 12;
}

/** Every target of the library, by id. */
export function importTargets(catalogue: FactCatalogue): Map<string, Target> {
  const targets: Target[] = [
    {
      id: 'year',
      group: 'year',
      kind: 'year',
      yearly: false,
      field: 'year',
      label: null,
      fact: null,
      maxLength: 20,
    },
  ];
  for (const field of Object.keys(profileShape.shape) as (keyof typeof profileShape.shape)[]) {
    const kind = PROFILE_KINDS[field] ?? 'text';
    targets.push({
      id: `profile:${field}`,
      group: 'profile',
      kind,
      yearly: false,
      field,
      label: null,
      fact: null,
      maxLength: longest(field),
    });
  }
  for (const column of figureColumns) {
    const money = (moneyColumns as readonly FigureColumn[]).includes(column);
    targets.push({
      id: `figure:${column}`,
      group: 'figures',
      kind: money ? 'money' : 'count',
      yearly: true,
      field: column,
      label: null,
      fact: null,
      maxLength: 40,
    });
  }
  for (const fact of catalogue.facts) {
    const field = fact.stored ?? fact.id;
    if (!STORED.has(fact.origin) || targets.some((target) => target.id === `fact:${field}`)) continue;
    targets.push({
      id: `fact:${field}`,
      group: 'facts',
      kind: FACT_KINDS[fact.type],
      yearly: fact.origin === 'yearly',
      field,
      label: fact.label,
      fact,
      maxLength: 200,
    });
  }
  for (const kind of titleKindShape.options) {
    if (kind === 'other') continue;
    for (const [field, valueKind] of Object.entries(PARTS)) {
      targets.push({
        id: `title:${kind}:${field}`,
        group: 'titles',
        kind: valueKind,
        yearly: false,
        field,
        label: null,
        fact: null,
        maxLength: field === 'number' ? 100 : 200,
      });
    }
  }
  return new Map(targets.map((target) => [target.id, target]));
}
