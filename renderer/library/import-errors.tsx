import { Select, Table } from 'antd';
import { useTranslation } from 'react-i18next';
import { choose, type Preview, takeRow, useImport } from './import-store.ts';

type Fault = Preview['errors'][number];

/** What becomes of rows with faulty cells, for all of them. */
export function FaultyRows({ preview }: { preview: Preview }) {
  const { t } = useTranslation('exchange');
  const faulty = useImport((state) => state.choices.faulty);
  if (preview.faultyRows === 0) return null;
  return (
    <div className="import-choice">
      <b>{t('faulty.title')}</b>
      <Select
        aria-label={t('faulty.title')}
        className="import-policy"
        value={faulty}
        options={(['row', 'cells'] as const).map((value) => ({ value, label: t(`faulty.${value}`) }))}
        onChange={(value) => void choose({ faulty: value, part: [] })}
      />
      <span className="muted">{t('failedHint')}</span>
    </div>
  );
}

/** What is wrong, cell by cell, and for each row what becomes of it. */
export function ImportErrors({ preview, footer }: { preview: Preview; footer: string | undefined }) {
  const { t } = useTranslation('exchange');
  const { choices } = useImport();
  const lost = new Set(preview.errors.filter((e) => e.needed).map((e) => e.row));
  const taken = (row: number) =>
    !choices.out.includes(row) && (choices.faulty === 'cells' || choices.part.includes(row));
  const decision = ({ row, needed }: Fault) =>
    needed ? (
      <span className="muted">{t('needed')}</span>
    ) : lost.has(row) ? (
      <span className="muted">{t('takeNone')}</span>
    ) : (
      <Select
        size="small"
        aria-label={`${t('row')} ${row} ${t('out')}`}
        className="import-policy"
        value={taken(row) ? 'cells' : 'row'}
        options={[
          { value: 'row', label: t('takeNone') },
          { value: 'cells', label: t('takePart') },
        ]}
        onChange={(value) => takeRow(row, value === 'cells', true)}
      />
    );
  return (
    <Table<Fault>
      size="small"
      rowKey={(e) => `${e.row}-${e.column}-${e.key}`}
      pagination={false}
      virtual
      scroll={{ y: 220, x: 1000 }}
      footer={footer === undefined ? undefined : () => footer}
      dataSource={preview.errors}
      columns={[
        { title: t('row'), width: 60, render: (_, e) => e.row },
        { title: t('column_'), width: 180, ellipsis: true, render: (_, e) => e.header ?? t('rowWhole') },
        { title: t('value'), width: 180, ellipsis: true, render: (_, e) => e.value },
        { title: t('reason'), width: 350, render: (_, e) => t(`problem.${e.key}`, e.details) },
        { title: t('out'), width: 230, render: (_, e) => decision(e) },
      ]}
    />
  );
}
