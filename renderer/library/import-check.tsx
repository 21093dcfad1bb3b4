import { Table, Tabs } from 'antd';
import { useTranslation } from 'react-i18next';
import { formatNumber, formatPercent, formatWan } from '../components/money.ts';
import { FaultyRows, ImportErrors } from './import-errors.tsx';
import { AllPolicies, FieldPolicies } from './import-policies.tsx';
import { ImportRows } from './import-rows.tsx';
import { type Preview, useImport } from './import-store.ts';
import { targetName } from './import-words.ts';

const counts = ['rows', 'added', 'changed', 'same', 'conflicting', 'failedRows'] as const;

/** The third step: what would happen, what is wrong cell by cell, and what becomes of values that are there already. */
export function ImportCheck() {
  const { t } = useTranslation(['exchange', 'library', 'common']);
  const { preview, opened } = useImport();
  if (!preview || !opened) return null;
  const note = (shown: number, all: number) => (all > shown ? t('onlyFirst', { count: shown }) : undefined);
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
      scroll={{ y: 220, x: 900 }}
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
      rowKey={(n) => `${n.row}-${n.key}-${n.name}`}
      pagination={false}
      virtual
      scroll={{ y: 220, x: 900 }}
      dataSource={preview.notices}
      columns={[
        { title: t('row'), width: 70, render: (_, n) => n.row },
        { title: t('noticeAbout'), width: 280, ellipsis: true, render: (_, n) => n.name },
        {
          title: t('reason'),
          width: 550,
          render: (_, n) =>
            t(`notice.${n.key}`, {
              ...n.details,
              knownName: n.knownName,
              unit: n.details.unit === undefined ? '' : t(`readAs.${n.details.unit}`),
            }),
        },
      ]}
    />
  );
  const hints = (
    [
      ['handHint', preview.handRows],
      ['partHint', preview.partRows],
      ['roundedHint', preview.rounded],
      ['repeatedHint', preview.repeated],
    ] as const
  ).flatMap(([key, count]) => (count > 0 ? [t(key, { count })] : []));
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
      <div className="import-choices">
        <AllPolicies preview={preview} />
        <FaultyRows preview={preview} />
        {hints.length > 0 && <p className="muted import-note">{hints.join(' ')}</p>}
      </div>
      <Tabs
        size="small"
        items={[
          {
            key: 'errors',
            shown: preview.errorCount > 0,
            label: t('errors', { count: preview.errorCount }),
            children: (
              <ImportErrors preview={preview} footer={note(preview.errors.length, preview.errorCount)} />
            ),
          },
          {
            key: 'fields',
            shown: preview.known > 0,
            label: t('policyTab', { count: preview.fields.length }),
            children: <FieldPolicies preview={preview} opened={opened} />,
          },
          {
            key: 'conflicts',
            shown: preview.conflictCount > 0,
            label: t('conflicts', { count: preview.conflictCount }),
            children: conflicts,
          },
          {
            key: 'notices',
            shown: preview.noticeCount > 0,
            label: t('notices', { count: preview.noticeCount }),
            children: notices,
          },
          {
            key: 'rows',
            shown: true,
            label: t('rowsTab', { count: preview.rows }),
            children: <ImportRows preview={preview} id={opened.id} />,
          },
        ].flatMap(({ shown, ...tab }) => (shown ? [tab] : []))}
      />
    </>
  );
}
