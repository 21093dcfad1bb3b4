import type { TFunction } from 'i18next';
import { fieldLabel } from '../components/error-text.ts';
import { pick } from '../i18n/i18n.ts';
import type { Opened } from './import-store.ts';

export type Target = Opened['targets'][number];

/** What a column can become, in words: "Certificate of high-tech enterprise: valid until". */
export function targetLabel(target: Target, t: TFunction): string {
  if (target.group === 'year') return t('exchange:target.year');
  if (target.label) return pick(target.label);
  if (target.group !== 'titles') return fieldLabel(target.field);
  const kind = target.id.split(':')[1] ?? '';
  return t('exchange:titleOf', {
    title: t(`library:titleKind.${kind}`),
    part: t(`exchange:titlePart.${target.field}`),
  });
}

/** The label of a target by its id and year. */
export function targetName(
  targets: readonly Target[],
  id: string,
  year: number | null,
  t: TFunction,
): string {
  const target = targets.find((candidate) => candidate.id === id);
  const label = target ? targetLabel(target, t) : id;
  return year === null ? label : `${label} ${t('common:unit.year', { year })}`;
}
