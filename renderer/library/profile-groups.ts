import type { EnterpriseFile } from '../state/enterprise.ts';

export type Enterprise = EnterpriseFile['enterprise'];
/** The fields edited as text; industry and tags have inputs of their own. */
export type ProfileField = Exclude<
  keyof Enterprise,
  | 'id'
  | 'isSample'
  | 'isSynthetic'
  | 'snapshotYear'
  | 'sampleNotice'
  | 'createdAt'
  | 'updatedAt'
  | 'archivedAt'
  | 'industrySection'
  | 'industryDivision'
  | 'tags'
>;

export type FieldKind =
  | 'text'
  | 'long'
  | 'date'
  | 'money'
  | 'uscc'
  | 'province'
  | 'district'
  | 'ownership'
  | 'listingStatus';

export interface FieldPlace {
  field: ProfileField | 'industry' | 'tags';
  kind: FieldKind | 'industry' | 'tags';
  /** Most characters the library takes. */
  max: number;
  wide?: boolean;
}

const text = (field: ProfileField, max: number, wide = false): FieldPlace => ({
  field,
  kind: 'text',
  max,
  wide,
});
const long = (field: ProfileField, max: number): FieldPlace => ({ field, kind: 'long', max, wide: true });

/** The profile in the order of the application forms: registration, people, ownership, product, chain, notes. */
export const profileGroups: { id: string; fields: FieldPlace[] }[] = [
  {
    id: 'registration',
    fields: [
      text('name', 200, true),
      text('shortName', 100),
      { field: 'uscc', kind: 'uscc', max: 32 },
      { field: 'foundedOn', kind: 'date', max: 20 },
      { field: 'registeredCapital', kind: 'money', max: 40 },
      { field: 'province', kind: 'province', max: 40 },
      text('city', 60),
      { field: 'district', kind: 'district', max: 60 },
      text('postcode', 12),
      text('address', 300, true),
    ],
  },
  {
    id: 'people',
    fields: [
      text('legalRepresentative', 100),
      text('legalPhone', 60),
      text('contactName', 100),
      text('contactPhone', 60),
      text('contactMobile', 60),
      text('contactFax', 60),
      text('contactEmail', 120),
    ],
  },
  {
    id: 'ownership',
    fields: [
      { field: 'ownership', kind: 'ownership', max: 0 },
      text('controllingShareholder', 200),
      text('actualController', 200),
      text('controllerNationality', 60),
      { field: 'listingStatus', kind: 'listingStatus', max: 0 },
      text('stockCode', 40),
      text('listingVenue', 100),
      text('listingProgress', 200),
    ],
  },
  {
    id: 'product',
    fields: [
      { field: 'industry', kind: 'industry', max: 0 },
      text('industryClass', 80),
      text('mainProduct', 300),
      text('mainProductCode', 60),
      text('niche', 300, true),
      { field: 'nicheSince', kind: 'date', max: 20 },
    ],
  },
  { id: 'chain', fields: [text('chain', 200, true), long('chainRole', 1000), long('keyCustomers', 1000)] },
  {
    id: 'notes',
    fields: [
      long('brief', 4000),
      { field: 'tags', kind: 'tags', max: 40, wide: true },
      text('consultant', 100),
      long('notes', 8000),
    ],
  },
];

export const ownershipKinds = ['state', 'private', 'joint', 'foreign', 'other'] as const;
export const listingKinds = ['none', 'planned', 'listed'] as const;
