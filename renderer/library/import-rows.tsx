import { SearchOutlined } from '@ant-design/icons';
import { Button, Checkbox, Input, Table } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallOutput } from '../../electron/api.ts';
import { call } from '../api.ts';
import { choose, type Preview, takeRow, useImport } from './import-store.ts';

type Page = CallOutput<'import.rows'>;
type Row = Page['rows'][number];
const PAGE = 50;

/** Every row of the table with what becomes of it; rows can be left out by hand and taken back. */
export function ImportRows({ preview, id }: { preview: Preview; id: string }) {
  const { t } = useTranslation('exchange');
  const choices = useImport((state) => state.choices);
  const [query, setQuery] = useState('');
  const [page, setPage] = useState(1);
  const [shown, setShown] = useState<Page>({ total: 0, rows: [] });
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again after each dry run
  useEffect(() => {
    let current = true;
    call('import.rows', { id, query, offset: (page - 1) * PAGE, limit: PAGE }).then(
      (answer) => current && setShown(answer),
      () => current && setShown({ total: 0, rows: [] }),
    );
    return () => {
      current = false;
    };
  }, [preview, id, query, page]);
  const out = new Set(choices.out);
  const part = new Set(choices.part);
  /** As chosen now, which the dry run may not have reached yet. */
  const taken = ({ row, faults, lost }: Row) =>
    !lost && !out.has(row) && (faults === 0 || choices.faulty === 'cells' || part.has(row));
  return (
    <>
      <div className="import-line import-rows-head">
        <Input
          prefix={<SearchOutlined aria-hidden />}
          allowClear
          className="import-search"
          placeholder={t('rowsSearch')}
          aria-label={t('rowsSearch')}
          onChange={({ target }) => {
            setQuery(target.value);
            setPage(1);
          }}
        />
        {choices.out.length > 0 && (
          <Button size="small" onClick={() => void choose({ out: [] })}>
            {t('takeAllGood')}
          </Button>
        )}
      </div>
      <Table<Row>
        size="small"
        rowKey="row"
        scroll={{ y: 190 }}
        dataSource={shown.rows}
        pagination={{
          current: page,
          pageSize: PAGE,
          total: shown.total,
          showSizeChanger: false,
          hideOnSinglePage: true,
          onChange: setPage,
        }}
        columns={[
          {
            title: t('rowTake'),
            width: 80,
            render: (_, r) => (
              <Checkbox
                aria-label={`${t('rowTake')} ${r.row} ${r.name}`}
                checked={taken(r)}
                disabled={r.lost}
                onChange={({ target }) => takeRow(r.row, target.checked, r.faults > 0)}
              />
            ),
          },
          { title: t('row'), width: 70, dataIndex: 'row' },
          { title: t('rowName'), ellipsis: true, dataIndex: 'name' },
          { title: t('rowBecomes'), width: 180, render: (_, r) => t(`becomes.${r.becomes}`) },
          { title: t('rowFaults'), width: 90, align: 'right', render: (_, r) => r.faults || '' },
        ]}
      />
    </>
  );
}
