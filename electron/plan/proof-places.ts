import type { AsOf } from '../diagnosis/shapes.ts';
import type { Evidence, LinkedEntity } from '../library/evidence.ts';
import { COLUMNS, TITLE_FIELDS } from '../library/fact-sheet.ts';
import type { EnterpriseFile } from '../library/shapes.ts';
import { factNamed } from './fact-names.ts';

/** A place of the library that files are attached to. */
export interface ProofPlace {
  readonly entity: LinkedEntity;
  readonly entityId: string;
}

/** An attached file as far as the list of papers needs it. */
export type AttachedFile = Pick<Evidence, 'id' | 'name' | 'entity' | 'entityId' | 'state'>;

/** What the places of an enterprise follow from. */
export interface PlacesOf {
  readonly asOf: AsOf;
  readonly file: Pick<EnterpriseFile, 'enterprise' | 'titles' | 'ipRights'>;
}

/** Answers that follow from another one, which has the paper. */
const IMPLIED: Readonly<Record<string, readonly string[]>> = {
  has_provincial_plus_rd_institution: ['rd_institution_level'],
  sci_award_national_3y: ['sci_award_national_3y_rank'],
  sci_award_provincial_3y: ['sci_award_provincial_3y_rank'],
  sci_award_provincial_plus_3y_rank: ['sci_award_national_3y_rank', 'sci_award_provincial_3y_rank'],
};

/** "revenue_y2_wan" → the figures of the year before the fiscal year; null for no figure. */
function figurePlace(field: string, { fiscalYear }: AsOf): ProofPlace | null {
  const [, name, back] = /^(.+)_y(\d)(?:_wan)?$/.exec(field) ?? [];
  if (!COLUMNS.some((column) => column.field === name)) return null;
  return { entity: 'figure', entityId: String(fiscalYear - Number(back) + 1) };
}

function factPlace(field: string, { fiscalYear }: AsOf): ProofPlace {
  const fact = factNamed(field);
  const id = fact?.stored ?? field;
  const entityId = fact?.origin === 'yearly' ? `${id}@${fiscalYear + (fact.offset ?? 0)}` : id;
  return { entity: 'fact', entityId };
}

/**
 * Where files that prove a field of the fact sheet are attached, the usual place first: the title behind it, the year's
 * figures or the answer, an answer it follows from, the rights it counts. Never empty. A file of the enterprise as a
 * whole proves no fact.
 */
export function placesOf(field: string, { asOf, file }: PlacesOf): [ProofPlace, ...ProofPlace[]] {
  const kinds = TITLE_FIELDS.find((title) => title.field === field)?.kinds ?? [];
  const titles = file.titles
    .filter(({ kind }) => kinds.includes(kind))
    .map(({ id }): ProofPlace => ({ entity: 'title', entityId: id }));
  const rights = /^ip\d?_/.test(field)
    ? file.ipRights.map(({ id }): ProofPlace => ({ entity: 'ipRight', entityId: id }))
    : [];
  const implied = (IMPLIED[field] ?? []).map((other) => factPlace(other, asOf));
  const own = figurePlace(field, asOf) ?? factPlace(field, asOf);
  const [first = own, ...others] = [...titles, own, ...implied, ...rights];
  return [first, ...others];
}
