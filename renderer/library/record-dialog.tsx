import { Alert, Form, Input, InputNumber, Modal, Select } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isAhead, parseLooseDate } from '../components/dates.ts';
import { errorText } from '../components/error-text.ts';
import { dropDraft, keepDraft, takeDraft } from '../state/drafts.ts';

export interface RecordField {
  name: string;
  label: string;
  kind: 'text' | 'date' | 'choice' | 'rank' | 'yesNo';
  max?: number;
  required?: boolean;
  /** A date of what has happened: none that lies ahead can be typed. */
  past?: boolean;
  wide?: boolean;
  options?: { value: string; label: string }[];
}
type Values = Record<string, unknown>;

/** Typed text as stored values: empty text is null, dates are read loosely. */
function toStored(values: Values, fields: RecordField[]): Values {
  const stored: Values = {};
  for (const { name, kind } of fields) {
    const value = values[name];
    if (kind === 'date') stored[name] = parseLooseDate(String(value ?? '')) ?? null;
    else if (kind === 'yesNo') stored[name] = value === 'yes' ? true : value === 'no' ? false : null;
    else if (typeof value === 'string') stored[name] = value.trim() || null;
    else stored[name] = value ?? null;
  }
  return stored;
}

function toShown(values: Values, fields: RecordField[]): Values {
  const shown: Values = {};
  for (const { name, kind } of fields) {
    const value = values[name];
    shown[name] =
      kind === 'yesNo' ? (value === true ? 'yes' : value === false ? 'no' : undefined) : (value ?? undefined);
  }
  return shown;
}

/** A dialog to add or change one line of a list (a title, an IP right). It stays open with the message when saving fails. */
export function RecordDialog(props: {
  title: string;
  /** The line to change; null while the dialog is closed. */
  record: Values | null;
  fields: RecordField[];
  /** Key under which what is typed here survives a crash. */
  draft: string;
  onSave(values: Values): Promise<unknown>;
  onClose(): void;
}) {
  const { t } = useTranslation(['library', 'safety']);
  const { record, fields, draft } = props;
  const [form] = Form.useForm<Values>();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const [restored, setRestored] = useState(false);
  useEffect(() => {
    setRestored(false);
    if (!record) return;
    setFailure(null);
    const typed = takeDraft(draft) as Values | undefined;
    if (!typed) return;
    form.setFieldsValue(typed);
    setRestored(true);
  }, [record, draft, form]);
  const close = () => {
    dropDraft(draft);
    props.onClose();
  };

  const save = async (values: Values) => {
    setBusy(true);
    try {
      await props.onSave(toStored(values, fields));
      close();
    } catch (error) {
      setFailure(error);
    } finally {
      setBusy(false);
    }
  };
  const dateFault = (field: RecordField, text: string): 'badDate' | 'aheadDate' | null => {
    const date = parseLooseDate(text);
    if (date === undefined) return 'badDate';
    return field.past && date && date !== record?.[field.name] && isAhead(date) ? 'aheadDate' : null;
  };
  const input = (field: RecordField) => {
    if (field.kind === 'choice') return <Select options={field.options} allowClear={!field.required} />;
    if (field.kind === 'rank')
      return <InputNumber min={1} max={99} precision={0} style={{ width: '100%' }} />;
    if (field.kind === 'yesNo') {
      return (
        <Select
          allowClear
          placeholder={t('common:notKnown')}
          options={['yes', 'no'].map((value) => ({ value, label: t(`common:${value}`) }))}
        />
      );
    }
    return (
      <Input
        maxLength={field.max ?? 20}
        placeholder={field.kind === 'date' ? t('datePlaceholder') : undefined}
      />
    );
  };
  return (
    <Modal
      open={record !== null}
      title={props.title}
      width={640}
      okText={t('common:saveButton')}
      cancelText={t('common:cancel')}
      confirmLoading={busy}
      onOk={() => form.submit()}
      onCancel={close}
      closable={{ 'aria-label': t('common:close') }}
      destroyOnHidden
    >
      {restored && (
        <Alert type="info" showIcon title={t('safety:drafts.formRestored')} className="add-failure" />
      )}
      {failure ? <Alert type="error" showIcon title={errorText(failure)} className="add-failure" /> : null}
      <Form
        form={form}
        layout="vertical"
        className="form-grid"
        initialValues={toShown(record ?? {}, fields)}
        onValuesChange={(_, values) => keepDraft(draft, values)}
        onFinish={(values) => void save(values)}
        // A check still running from the last keystroke makes this one count as out of date: ask again.
        onFinishFailed={({ outOfDate }) => outOfDate && form.submit()}
      >
        {fields.map((field) => (
          <Form.Item
            key={field.name}
            name={field.name}
            label={field.label}
            className={field.wide ? 'form-wide' : undefined}
            rules={[
              ...(field.required ? [{ required: true, whitespace: true, message: t('needed') }] : []),
              {
                validator: (_, value) => {
                  const fault = field.kind === 'date' ? dateFault(field, String(value ?? '')) : null;
                  return fault ? Promise.reject(new Error(t(fault))) : Promise.resolve();
                },
              },
            ]}
          >
            {input(field)}
          </Form.Item>
        ))}
        <button type="submit" hidden>
          {t('common:saveButton')}
        </button>
      </Form>
    </Modal>
  );
}
