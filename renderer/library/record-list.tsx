import { DeleteOutlined, EditOutlined, PlusOutlined } from '@ant-design/icons';
import { App, Button, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorText } from '../components/error-text.ts';
import { RecordDialog, type RecordField } from './record-dialog.tsx';

/** A short list that belongs to an enterprise, with add, change, and remove with undo. */
export function RecordList<Row extends { id: string; name: string }>(props: {
  title: string;
  /** Key of the list: what is typed for one of its lines is kept under it. */
  draft: string;
  addLabel: string;
  emptyText: string;
  rows: Row[];
  columns: TableColumnsType<Row>;
  fields: RecordField[];
  /** What a new line starts with. */
  blank: Record<string, unknown>;
  /** Stores a line; without id it is a new one. */
  onSave(values: Record<string, unknown>): Promise<unknown>;
  onRemove(id: string): Promise<unknown>;
}) {
  const { t } = useTranslation('library');
  const { notification, message } = App.useApp();
  const [editing, setEditing] = useState<Record<string, unknown> | null>(null);

  const remove = async (row: Row) => {
    try {
      await props.onRemove(row.id);
    } catch (error) {
      message.error(errorText(error));
      return;
    }
    const { id, ...values } = row;
    notification.success({
      key: id,
      title: t('removed', { name: row.name }),
      duration: 8,
      actions: (
        <Button
          size="small"
          onClick={() => {
            notification.destroy(id);
            props.onSave(values).catch((error: unknown) => message.error(errorText(error)));
          }}
        >
          {t('undo')}
        </Button>
      ),
    });
  };
  const actions = {
    key: 'actions',
    title: <span className="visually-hidden">{t('actions')}</span>,
    width: 84,
    render: (_: unknown, row: Row) => (
      <>
        <Button
          type="text"
          size="small"
          icon={<EditOutlined />}
          aria-label={t('editNamed', { name: row.name })}
          onClick={() => setEditing({ ...row })}
        />
        <Button
          type="text"
          size="small"
          icon={<DeleteOutlined />}
          aria-label={t('removeNamed', { name: row.name })}
          onClick={() => void remove(row)}
        />
      </>
    ),
  };
  return (
    <>
      <div className="part-head">
        <h2>{props.title}</h2>
        <Button icon={<PlusOutlined />} onClick={() => setEditing({ ...props.blank })}>
          {props.addLabel}
        </Button>
      </div>
      {props.rows.length === 0 ? (
        <p className="muted">{props.emptyText}</p>
      ) : (
        <Table<Row>
          size="small"
          rowKey="id"
          pagination={false}
          scroll={{ x: 'max-content' }}
          columns={[...props.columns, actions]}
          dataSource={props.rows}
        />
      )}
      <RecordDialog
        title={editing?.id ? t('change') : props.addLabel}
        record={editing}
        fields={props.fields}
        draft={editing?.id ? `${props.draft} ${editing.id}` : props.draft}
        onSave={(values) => props.onSave(editing?.id ? { ...values, id: editing.id } : values)}
        onClose={() => setEditing(null)}
      />
    </>
  );
}
