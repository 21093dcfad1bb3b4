import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { pick } from '../i18n/i18n.ts';
import { useReference } from '../state/reference.ts';
import { cellOfField } from './figure-rows.ts';

/** The label of a field of the fact sheet in the current language; never its key. */
export function useFieldLabel(): (field: string) => string {
  const { t } = useTranslation(['diagnosis', 'common']);
  const reference = useReference((state) => state.reference);
  return useCallback(
    (field) => {
      const fact = reference?.facts.find((known) => known.id === field);
      if (fact) return pick(fact.label);
      const cell = cellOfField(field, 0);
      return cell
        ? t(`common:figure.${cell.column}`)
        : t(`field.${field}`, { defaultValue: t('otherField') });
    },
    [reference, t],
  );
}
