import type { Profile } from './shapes.ts';

/** What a profile can lack, in the order of the bits of `standing.missing`. */
export const missingKinds = [
  'uscc',
  'district',
  'industry',
  'founded',
  'product',
  'niche',
  'contact',
  'consultant',
] as const;
export type MissingKind = (typeof missingKinds)[number];

/** Bits of what a profile lacks. */
export function missingOf(
  profile: Pick<
    Profile,
    | 'uscc'
    | 'district'
    | 'industryDivision'
    | 'foundedOn'
    | 'mainProduct'
    | 'nicheSince'
    | 'contactPhone'
    | 'contactMobile'
    | 'contactEmail'
    | 'consultant'
  >,
): number {
  const lacks: Record<MissingKind, boolean> = {
    uscc: !profile.uscc,
    district: !profile.district,
    industry: !profile.industryDivision,
    founded: !profile.foundedOn,
    product: !profile.mainProduct,
    niche: !profile.nicheSince,
    contact: !profile.contactPhone && !profile.contactMobile && !profile.contactEmail,
    consultant: !profile.consultant,
  };
  return missingKinds.reduce((bits, kind, i) => (lacks[kind] ? bits | (1 << i) : bits), 0);
}

/** The bit of one kind. */
export function missingBit(kind: MissingKind): number {
  return 1 << missingKinds.indexOf(kind);
}
