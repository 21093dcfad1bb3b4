import { Select, Table } from 'antd';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '../components/money.ts';
import {
  chooseForAll,
  chooseForField,
  type Opened,
  type Policy,
  type Preview,
  useImport,
} from './import-store.ts';
import { targetName } from './import-words.ts';

const policies: readonly Policy[] = ['keep', 'fill', 'replace'];
type Field = Preview['fields'][number];

/** How many values of a field a policy changes. */
function effect({ blank, differ }: Pick<Field, 'blank' | 'differ'>, policy: Policy): number {
  return policy === 'keep' ? 0 : policy === 'fill' ? blank : blank + differ;
}

function usePolicyOptions() {
  const { t } = useTranslation('exchange');
  return (of: Pick<Field, 'blank' | 'differ'>) =>
    policies.map((policy) => ({
      value: policy,
      label: t('policyOption', { policy: t(`policy.${policy}`), count: effect(of, policy) }),
    }));
}

/** What becomes of values the library has already: one choice for all fields, with what it would change. */
export function AllPolicies({ preview }: { preview: Preview }) {
  const { t } = useTranslation('exchange');
  const { choices, opened } = useImport();
  const options = usePolicyOptions();
  const sum = (pick: (field: Field) => number) => preview.fields.reduce((n, field) => n + pick(field), 0);
  const all = { blank: sum((field) => field.blank), differ: sum((field) => field.differ) };
  const own = Object.keys(choices.fields).filter((id) => preview.fields.some(({ target }) => target === id));
  const remembered = opened?.policies.policy !== 'fill' || Object.keys(opened.policies.fields).length > 0;
  if (preview.known === 0) return <p className="muted import-note">{t('policyNone')}</p>;
  return (
    <div className="import-choice">
      <b>{t('policyTitle')}</b>
      <Select
        aria-label={t('policyAll')}
        className="import-policy"
        value={choices.policy}
        options={options(all)}
        onChange={chooseForAll}
      />
      <span className="muted">
        {own.length > 0 && <b>{t('policyApart', { count: own.length })} </b>}
        {t('policyLine', {
          known: formatNumber(preview.known),
          blank: formatNumber(all.blank),
          differ: formatNumber(all.differ),
          effect: formatNumber(sum((field) => effect(field, choices.fields[field.target] ?? choices.policy))),
        })}
        {remembered && ` ${t('policyRemembered')}`}
      </span>
    </div>
  );
}

/** The same field by field. */
export function FieldPolicies({ preview, opened }: { preview: Preview; opened: Opened }) {
  const { t } = useTranslation(['exchange', 'library', 'common']);
  const choices = useImport((state) => state.choices);
  const options = usePolicyOptions();
  const chosen = (field: Field) => choices.fields[field.target] ?? choices.policy;
  return (
    <Table<Field>
      size="small"
      rowKey="target"
      pagination={false}
      virtual
      scroll={{ y: 220, x: 900 }}
      dataSource={[...preview.fields].sort((a, b) => b.differ - a.differ || b.blank - a.blank)}
      columns={[
        {
          title: t('field_.name'),
          width: 300,
          ellipsis: true,
          render: (_, f) => targetName(opened.targets, f.target, null, t),
        },
        { title: t('field_.blank'), width: 120, align: 'right', render: (_, f) => formatNumber(f.blank) },
        { title: t('field_.differ'), width: 120, align: 'right', render: (_, f) => formatNumber(f.differ) },
        {
          title: t('field_.choice'),
          width: 260,
          render: (_, f) => (
            <Select
              size="small"
              aria-label={`${targetName(opened.targets, f.target, null, t)} ${t('field_.choice')}`}
              className="import-policy"
              value={chosen(f)}
              options={options(f)}
              onChange={(policy) => chooseForField(f.target, policy)}
            />
          ),
        },
        {
          title: t('field_.effect'),
          width: 100,
          align: 'right',
          render: (_, f) => formatNumber(effect(f, chosen(f))),
        },
      ]}
    />
  );
}
