import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallInput } from '../../electron/api.ts';
import { call } from '../api.ts';
import type { EnterpriseFile } from '../state/enterprise.ts';
import type { RecordField } from './record-dialog.tsx';
import { RecordList } from './record-list.tsx';

// Class I first, as the application form lists them.
const kinds = [
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
];
const ways = ['original', 'transferred', 'licensed'];
type Right = EnterpriseFile['ipRights'][number];

/** The intellectual property rights of the application form's list. */
export function IpRights({ enterpriseId, rights }: { enterpriseId: string; rights: Right[] }) {
  const { t } = useTranslation(['library', 'common']);
  const fields = useMemo<RecordField[]>(
    () => [
      { name: 'name', label: t('ip.name'), kind: 'text', max: 300, required: true, wide: true },
      {
        name: 'kind',
        label: t('ip.kind'),
        kind: 'choice',
        required: true,
        options: kinds.map((value) => ({ value, label: t(`ipKind.${value}`) })),
      },
      { name: 'number', label: t('ip.number'), kind: 'text', max: 100 },
      {
        name: 'acquired',
        label: t('ip.acquired'),
        kind: 'choice',
        options: ways.map((value) => ({ value, label: t(`ipAcquired.${value}`) })),
      },
      { name: 'holderRank', label: t('ip.holderRank'), kind: 'rank' },
      { name: 'grantedOn', label: t('ip.grantedOn'), kind: 'date', past: true },
      { name: 'forMainProduct', label: t('ip.forMainProduct'), kind: 'yesNo' },
      { name: 'applied', label: t('ip.applied'), kind: 'yesNo' },
    ],
    [t],
  );
  const unknown = <span className="muted">{t('common:notKnown')}</span>;
  const yesNo = (value: boolean | null) => (value === null ? unknown : t(value ? 'common:yes' : 'common:no'));
  return (
    <RecordList<Right>
      title={t('profileGroup.ip')}
      draft={`form ${enterpriseId} ip`}
      addLabel={t('addIp')}
      emptyText={t('noIp')}
      rows={rights}
      blank={{ kind: 'invention' }}
      fields={fields}
      columns={[
        { title: t('ip.name'), dataIndex: 'name' },
        { title: t('ip.kind'), dataIndex: 'kind', render: (kind: string) => t(`ipKind.${kind}`) },
        { title: t('ip.number'), dataIndex: 'number', render: (value: string | null) => value ?? unknown },
        {
          title: t('ip.acquired'),
          dataIndex: 'acquired',
          render: (value: string | null) => (value ? t(`ipAcquired.${value}`) : unknown),
        },
        {
          title: t('ip.holderRank'),
          dataIndex: 'holderRank',
          align: 'right',
          render: (value: number | null) => value ?? unknown,
        },
        {
          title: t('ip.grantedOn'),
          dataIndex: 'grantedOn',
          render: (value: string | null) => value ?? unknown,
        },
        { title: t('ip.forMainProduct'), dataIndex: 'forMainProduct', render: yesNo },
        { title: t('ip.applied'), dataIndex: 'applied', render: yesNo },
      ]}
      onSave={(right) => call('ip.save', { enterpriseId, right: right as CallInput<'ip.save'>['right'] })}
      onRemove={(id) => call('ip.remove', { enterpriseId, id })}
    />
  );
}
