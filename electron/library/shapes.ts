import { z } from 'zod';
import { basisShape } from '../diagnosis/shapes.ts';

/** Text a person types: no lone surrogates, no control characters except line breaks and tabs. */
export function plainText(max: number) {
  return z
    .string()
    .max(max)
    .refine((t) => t.isWellFormed(), 'lone-surrogate')
    .refine((t) => !/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/.test(t), 'control-character');
}
export const idShape = z.uuid();
/** A day, or a month or a year where only that is known. */
export const looseDateShape = z.string().regex(/^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/);
export const dateShape = z.iso.date();
/** Whole yuan; at most 10 trillion yuan either way. */
export const yuanShape = z.number().int().min(-1e13).max(1e13);
/** An exact decimal as text, e.g. "0.383" for 38.3 %. */
export const decimalShape = z.string().regex(/^-?\d{1,12}(\.\d{1,12})?$/);
export const yearShape = z.number().int().min(1949).max(2200);

const text = (max: number) => plainText(max).nullable();

/** Every profile field of the application forms (rubric section 6, part 1, 3, 7, 8, 9). null = unknown. */
export const profileShape = z.object({
  name: plainText(200).min(1),
  shortName: text(100),
  uscc: text(32),
  province: text(40),
  city: text(60),
  district: text(60),
  address: text(300),
  postcode: text(12),
  legalRepresentative: text(100),
  legalPhone: text(60),
  controllingShareholder: text(200),
  actualController: text(200),
  controllerNationality: text(60),
  contactName: text(100),
  contactPhone: text(60),
  contactMobile: text(60),
  contactFax: text(60),
  contactEmail: text(120),
  foundedOn: looseDateShape.nullable(),
  registeredCapital: yuanShape.min(0).nullable(),
  industrySection: z
    .string()
    .regex(/^[A-T]$/)
    .nullable(),
  industryDivision: z
    .string()
    .regex(/^\d{2}$/)
    .nullable(),
  industryClass: text(80),
  ownership: z.enum(['state', 'private', 'joint', 'foreign', 'other']).nullable(),
  listingStatus: z.enum(['none', 'planned', 'listed']).nullable(),
  stockCode: text(40),
  listingProgress: text(200),
  listingVenue: text(100),
  mainProduct: text(300),
  mainProductCode: text(60),
  niche: text(300),
  nicheSince: looseDateShape.nullable(),
  chain: text(200),
  chainRole: text(1000),
  keyCustomers: text(1000),
  brief: text(4000),
  tags: z.array(plainText(40)).max(30),
  consultant: text(100),
  notes: text(8000),
});
export type Profile = z.infer<typeof profileShape>;

export const enterpriseShape = profileShape.extend({
  id: idShape,
  isSample: z.boolean(),
  isSynthetic: z.boolean(),
  /** For samples: the fiscal year the public figures are judged as of. */
  snapshotYear: yearShape.nullable(),
  sampleNotice: z.object({ zh: z.string(), en: z.string() }).nullable(),
  createdAt: z.string(),
  updatedAt: z.string(),
  archivedAt: z.string().nullable(),
  /** In the trash since; what is there is archived as well. */
  trashedAt: z.string().nullable(),
});
export type Enterprise = z.infer<typeof enterpriseShape>;

/** Money columns of a fiscal year, whole yuan. */
export const moneyColumns = [
  'revenue',
  'mainRevenue',
  'mainCost',
  'sales',
  'rdExpense',
  'netProfit',
  'totalProfit',
  'totalAssets',
  'totalLiabilities',
  'netAssets',
  'sellingExpense',
  'adminExpense',
  'totalCost',
  'exports',
  'taxesPaid',
  'equityNew',
  'bankLoans',
  'valuation',
  'cashOperating',
  'cashInvesting',
  'cashFinancing',
] as const;
/** Head-count columns of a fiscal year, persons at year end. */
export const staffColumns = ['staffTotal', 'rdStaff', 'techStaff'] as const;
export const figureColumns = [...moneyColumns, ...staffColumns] as const;
export type MoneyColumn = (typeof moneyColumns)[number];
export type FigureColumn = (typeof figureColumns)[number];
/** Columns that cannot be below zero. */
export const nonNegativeColumns: readonly FigureColumn[] = [
  'revenue',
  'mainRevenue',
  'mainCost',
  'sales',
  'rdExpense',
  'totalAssets',
  'totalLiabilities',
  'sellingExpense',
  'adminExpense',
  'totalCost',
  'exports',
  'equityNew',
  'bankLoans',
  'valuation',
  ...staffColumns,
];

/** A number column by column: yuan or persons; null clears it to unknown. */
export const figureValuesShape = z.partialRecord(
  z.enum(figureColumns),
  z.number().int().min(-1e13).max(1e13).nullable(),
);
export type FigureValues = z.infer<typeof figureValuesShape>;
export const backingShape = z.object({ basis: basisShape.exclude(['derived']), source: text(500) });
export type Backing = z.infer<typeof backingShape>;

/** One fiscal year of an enterprise. `backing` says where each known value comes from. */
export const figuresShape = z.object({
  year: yearShape,
  values: figureValuesShape,
  backing: z.partialRecord(z.enum(figureColumns), backingShape),
});
export type Figures = z.infer<typeof figuresShape>;

/**
 * A stored answer. `value` null = a person said "unknown for now"; an answer that is not there was never given.
 * Numbers are exact decimal text (ratios as fractions, amounts in 万元), booleans booleans, options their word.
 */
export const factRecordShape = z.object({
  factId: z.string().regex(/^[a-z][a-z0-9_]{0,60}$/),
  year: yearShape.nullable(),
  value: z.union([z.boolean(), plainText(200)]).nullable(),
  basis: basisShape.exclude(['derived']),
  source: text(500),
  note: text(2000),
  updatedAt: z.string(),
});
export type FactRecord = z.infer<typeof factRecordShape>;

export const titleKindShape = z.enum([
  'tech_sme',
  'innovative',
  'srdi',
  'little_giant',
  'key_little_giant',
  'single_champion',
  'hightech',
  'national_tech_innovation',
  'ip_advantage',
  'ip_demonstration',
  'other',
]);
export type TitleKind = z.infer<typeof titleKindShape>;
/** A title or honour held, with its dates. */
export const titleShape = z.object({
  id: idShape,
  kind: titleKindShape,
  name: plainText(200).min(1),
  number: text(100),
  issuer: text(200),
  issuedOn: looseDateShape.nullable(),
  expiresOn: looseDateShape.nullable(),
  basis: basisShape.exclude(['derived']),
  source: text(500),
});
export type Title = z.infer<typeof titleShape>;

/** One intellectual property right of the application form's list. */
export const ipRightShape = z.object({
  id: idShape,
  name: plainText(300).min(1),
  number: text(100),
  kind: z.enum([
    'invention',
    'defence_invention',
    'plant_variety',
    'crop_variety',
    'new_drug',
    'tcm_protected',
    'ic_layout',
    'utility_model',
    'design',
    'software',
  ]),
  acquired: z.enum(['original', 'transferred', 'licensed']).nullable(),
  holderRank: z.number().int().min(1).max(99).nullable(),
  grantedOn: looseDateShape.nullable(),
  forMainProduct: z.boolean().nullable(),
  applied: z.boolean().nullable(),
});
export type IpRight = z.infer<typeof ipRightShape>;

/** Everything the library holds of one enterprise, for its own screen and for the diagnosis. */
export const enterpriseFileShape = z.object({
  enterprise: enterpriseShape,
  figures: z.array(figuresShape),
  facts: z.array(factRecordShape),
  titles: z.array(titleShape),
  ipRights: z.array(ipRightShape),
  remarks: z.array(z.object({ zh: z.string(), en: z.string(), source: z.string().nullable() })),
});
export type EnterpriseFile = z.infer<typeof enterpriseFileShape>;

/** A line of the library screen. */
export const listRowShape = z.object({
  id: idShape,
  name: z.string(),
  shortName: z.string().nullable(),
  uscc: z.string().nullable(),
  district: z.string().nullable(),
  city: z.string().nullable(),
  industryDivision: z.string().nullable(),
  mainProduct: z.string().nullable(),
  isSample: z.boolean(),
  isSynthetic: z.boolean(),
  archived: z.boolean(),
  trashed: z.boolean(),
  sizeClass: z.string().nullable(),
  stage: z.string().nullable(),
  currentRung: z.number().int(),
  nextRung: z.number().int().nullable(),
  /** Verdict and reach of each rung 1–3. */
  rungs: z.array(z.object({ rung: z.number(), verdict: z.string(), reach: z.string() })),
  /** Of the next rung's items. */
  counts: z.object({ met: z.number(), unmet: z.number(), unknown: z.number(), manual: z.number() }),
  revenue: z.object({ year: z.number(), yuan: z.number() }).nullable(),
  updatedAt: z.string(),
  tags: z.array(z.string()),
  consultant: z.string().nullable(),
  /** Who changed it last. */
  editor: z.string().nullable(),
  /** What fails of the next rung: each item 1 less how near it is, summed; null at the top. */
  distance: z.number().nullable(),
  /** Effort of the easiest way to the next rung; it only compares. Null: none, at the top, or not worked out yet (`effortOpen`). */
  effort: z.number().nullable(),
  effortOpen: z.boolean(),
  /** Last day of the title of the highest rung given, and the first end of any kind of title. */
  reviewOn: z.string().nullable(),
  expiresOn: z.string().nullable(),
  checkedAt: z.string().nullable(),
  planned: z.boolean(),
});
export type ListRow = z.infer<typeof listRowShape>;

/** A line of the change log. */
export const changeShape = z.object({
  id: z.number().int(),
  at: z.string(),
  actor: z.string(),
  action: z.string(),
  entity: z.string(),
  entityId: z.string(),
  fields: z.record(z.string(), z.object({ old: z.unknown(), new: z.unknown() })),
});
export type Change = z.infer<typeof changeShape>;

export const settingsShape = z.object({
  locale: z.enum(['zh-CN', 'en']),
  theme: z.enum(['light', 'dark', 'system']),
  consultant: plainText(100),
  organisation: plainText(200),
  contact: plainText(200),
  logo: z
    .object({ mime: z.enum(['image/png', 'image/jpeg', 'image/svg+xml']), base64: z.string().max(1_500_000) })
    .nullable(),
  accent: z.string().regex(/^#[0-9a-fA-F]{6}$/),
  /** An encrypted library is locked after so many minutes without a sign of life; 0 = never. */
  autoLock: z.int().min(0).max(1440),
  /** The export profile whose words stand on documents; null = the usual ones. */
  wording: idShape.nullable(),
});
export type Settings = z.infer<typeof settingsShape>;
