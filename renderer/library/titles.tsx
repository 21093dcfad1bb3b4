import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallInput } from '../../electron/api.ts';
import { call } from '../api.ts';
import type { EnterpriseFile } from '../state/enterprise.ts';
import type { RecordField } from './record-dialog.tsx';
import { RecordList } from './record-list.tsx';

const kinds = [
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
];
const bases = ['declared', 'documented', 'checked'];
type Title = EnterpriseFile['titles'][number];

/** Titles and honours held, with the dates from which and until which they count. */
export function Titles({ enterpriseId, titles }: { enterpriseId: string; titles: Title[] }) {
  const { t } = useTranslation(['library', 'common']);
  const fields = useMemo<RecordField[]>(
    () => [
      {
        name: 'kind',
        label: t('title_.kind'),
        kind: 'choice',
        required: true,
        options: kinds.map((value) => ({ value, label: t(`titleKind.${value}`) })),
      },
      { name: 'name', label: t('title_.name'), kind: 'text', max: 200, required: true },
      { name: 'issuedOn', label: t('title_.issuedOn'), kind: 'date', past: true },
      { name: 'expiresOn', label: t('title_.expiresOn'), kind: 'date' },
      { name: 'number', label: t('title_.number'), kind: 'text', max: 100 },
      { name: 'issuer', label: t('title_.issuer'), kind: 'text', max: 200 },
      {
        name: 'basis',
        label: t('title_.basis'),
        kind: 'choice',
        required: true,
        options: bases.map((value) => ({ value, label: t(`common:basis.${value}`) })),
      },
      { name: 'source', label: t('title_.source'), kind: 'text', max: 500 },
    ],
    [t],
  );
  const dash = (value: string | null) => value ?? <span className="muted">{t('common:notKnown')}</span>;
  return (
    <RecordList<Title>
      title={t('profileGroup.titles')}
      draft={`form ${enterpriseId} titles`}
      addLabel={t('addTitleHeld')}
      emptyText={t('noTitles')}
      rows={titles}
      blank={{ basis: 'declared' }}
      fields={fields}
      columns={[
        { title: t('title_.kind'), dataIndex: 'kind', render: (kind: string) => t(`titleKind.${kind}`) },
        { title: t('title_.name'), dataIndex: 'name' },
        { title: t('title_.issuedOn'), dataIndex: 'issuedOn', render: dash },
        { title: t('title_.expiresOn'), dataIndex: 'expiresOn', render: dash },
        { title: t('title_.issuer'), dataIndex: 'issuer', render: dash },
        {
          title: t('title_.basis'),
          dataIndex: 'basis',
          render: (basis: string) => t(`common:basis.${basis}`),
        },
      ]}
      onSave={(title) =>
        call('titles.save', { enterpriseId, title: title as CallInput<'titles.save'>['title'] })
      }
      onRemove={(id) => call('titles.remove', { enterpriseId, id })}
    />
  );
}
