import { Alert, Select, Table, Tabs } from 'antd';
import { useTranslation } from 'react-i18next';
import { formatNumber, formatPercent, formatWan } from '../components/money.ts';
import { check, type Policies, type Preview, useImport } from './import-store.ts';
import { targetName } from './import-words.ts';

const counts = ['rows', 'added', 'changed', 'same', 'conflicting', 'failedRows'] as const;
const groups = ['profile', 'figures', 'facts', 'titles'] as const;
const policies = ['keep', 'fill', 'replace'] as const;

/** The third step: what would happen, what is wrong cell by cell, and what becomes of values that are there already. */
export function ImportCheck() {
  const { t } = useTranslation(['exchange', 'library', 'common']);
  const { preview, policies: chosen, busy, opened } = useImport();
  if (!preview || !opened) return null;
  const choose = (group: keyof Policies, policy: Policies[keyof Policies]) =>
    void check({ ...chosen, [group]: policy });
  const note = (shown: number, all: number) => (all > shown ? t('onlyFirst', { count: shown }) : undefined);
  const errors = (
    <Table<Preview['errors'][number]>
      size="small"
      rowKey={(e) => `${e.row}-${e.column}-${e.key}`}
      pagination={false}
      virtual
      scroll={{ y: 240, x: 900 }}
      footer={
        preview.errorCount > preview.errors.length
          ? () => note(preview.errors.length, preview.errorCount)
          : undefined
      }
      dataSource={preview.errors}
      columns={[
        { title: t('row'), width: 70, render: (_, e) => e.row },
        { title: t('column_'), width: 220, render: (_, e) => e.header ?? t('rowWhole') },
        { title: t('value'), width: 220, ellipsis: true, render: (_, e) => e.value },
        { title: t('reason'), width: 390, render: (_, e) => t(`problem.${e.key}`, e.details) },
      ]}
    />
  );
  const value = (target: string, shown: string | number | boolean | null) => {
    const kind = opened.targets.find((candidate) => candidate.id === target)?.kind;
    if (typeof shown === 'boolean') return t(shown ? 'common:yes' : 'common:no');
    if (kind === 'money' && typeof shown === 'number') return `${formatWan(shown)} ${t('common:unit.wan')}`;
    return kind === 'ratio' && typeof shown === 'string' ? formatPercent(shown) : shown;
  };
  const conflicts = (
    <Table<Preview['conflicts'][number]>
      size="small"
      rowKey={(c) => `${c.row}-${c.target}-${c.year}`}
      pagination={false}
      virtual
      scroll={{ y: 240, x: 900 }}
      footer={
        preview.conflictCount > preview.conflicts.length
          ? () => note(preview.conflicts.length, preview.conflictCount)
          : undefined
      }
      dataSource={preview.conflicts}
      columns={[
        { title: t('row'), width: 70, render: (_, c) => c.row },
        { title: t('enterprise'), width: 240, ellipsis: true, render: (_, c) => c.name },
        {
          title: t('column_'),
          width: 190,
          render: (_, c) => targetName(opened.targets, c.target, c.year, t),
        },
        { title: t('inLibrary'), width: 200, ellipsis: true, render: (_, c) => value(c.target, c.old) },
        { title: t('inFile'), width: 200, ellipsis: true, render: (_, c) => value(c.target, c.value) },
      ]}
    />
  );
  const notices = (
    <Table<Preview['notices'][number]>
      size="small"
      rowKey="row"
      pagination={false}
      virtual
      scroll={{ y: 240, x: 900 }}
      dataSource={preview.notices}
      columns={[
        { title: t('row'), width: 70, render: (_, n) => n.row },
        { title: t('enterprise'), width: 280, ellipsis: true, render: (_, n) => n.name },
        {
          title: t('reason'),
          width: 550,
          render: (_, n) => t(`notice.${n.key}`, { knownName: n.knownName }),
        },
      ]}
    />
  );
  return (
    <>
      <dl className="import-counts">
        {counts.map((name) => (
          <div key={name} className={`import-count import-count-${name}`}>
            <dt>{t(`count.${name}`)}</dt>
            <dd>{formatNumber(preview[name])}</dd>
          </div>
        ))}
      </dl>
      <fieldset className="import-line import-policies">
        <legend>{t('policyTitle')}</legend>
        {groups.map((group) => (
          <span key={group}>
            {t(`group.${group}`)}{' '}
            <Select
              aria-label={t(`group.${group}`)}
              className="import-unit"
              disabled={busy}
              value={chosen[group]}
              options={policies.map((policy) => ({ label: t(`policy.${policy}`), value: policy }))}
              onChange={(policy) => choose(group, policy)}
            />
          </span>
        ))}
      </fieldset>
      {preview.failedRows > 0 && <Alert type="warning" showIcon title={t('failedHint')} />}
      {preview.rounded > 0 && <p className="muted">{t('roundedHint', { count: preview.rounded })}</p>}
      {preview.repeated > 0 && <p className="muted">{t('repeatedHint', { count: preview.repeated })}</p>}
      <Tabs
        size="small"
        items={[
          { key: 'errors', label: t('errors', { count: preview.errorCount }), children: errors },
          { key: 'conflicts', label: t('conflicts', { count: preview.conflictCount }), children: conflicts },
          { key: 'notices', label: t('notices', { count: preview.noticeCount }), children: notices },
        ].filter((_, i) => [preview.errorCount, preview.conflictCount, preview.noticeCount][i]! > 0)}
      />
    </>
  );
}
