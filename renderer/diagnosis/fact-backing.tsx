import { Input, Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FactEdit } from './draft.ts';
import type { FactField } from './use-fact.ts';

const bases = ['declared', 'documented', 'checked'] as const;

/** How an answer is backed: basis, source and a note. */
export function FactBacking({ id, field }: { id: string; field: FactField }) {
  const { t } = useTranslation(['diagnosis', 'common']);
  const [source, setSource] = useState(field.source ?? '');
  const [note, setNote] = useState(field.note ?? '');
  return (
    <div className="backing" data-prose>
      <Segmented<FactEdit['basis']>
        size="small"
        aria-label={t('basis')}
        value={field.basis}
        options={bases.map((value) => ({ value, label: t(`common:basis.${value}`) }))}
        onChange={(basis) => field.back({ basis })}
      />
      <label htmlFor={`${id}-source`}>{t('source')}</label>
      <Input
        id={`${id}-source`}
        value={source}
        maxLength={500}
        placeholder={t('sourcePlaceholder')}
        onChange={(event) => {
          setSource(event.target.value);
          field.back({ source: event.target.value || null });
        }}
        onBlur={field.flush}
      />
      <label htmlFor={`${id}-note`}>{t('note')}</label>
      <textarea
        id={`${id}-note`}
        className="prose"
        value={note}
        maxLength={2000}
        onChange={(event) => {
          setNote(event.target.value);
          field.back({ note: event.target.value || null });
        }}
        onBlur={field.flush}
      />
    </div>
  );
}
