import { ArrowRightOutlined } from '@ant-design/icons';
import { AutoComplete, Button, Modal, Select, Spin } from 'antd';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallInput, CallOutput } from '../../electron/api.ts';
import { call } from '../api.ts';
import { errorText } from '../components/error-text.ts';
import { formatNumber } from '../components/money.ts';
import { pick } from '../i18n/i18n.ts';
import { divisionName, useReference } from '../state/reference.ts';
import { JobBar } from './job-bar.tsx';
import { useList } from './list-store.ts';
import { currentSelection } from './selection.ts';
import { useBulk } from './use-bulk.tsx';

type Changes = CallInput<'bulk.preview'>['changes'];
type Preview = CallOutput<'bulk.preview'>;
type Fields = NonNullable<Changes['fields']>;

/** Fields whose values are typed or chosen from those that occur. */
const typed = ['district', 'consultant', 'city', 'province', 'chain'] as const;
const EMPTY = '\u0000';

function useValueText(): (field: string, value: unknown) => string {
  const { t } = useTranslation(['lists', 'library']);
  const reference = useReference((state) => state.reference);
  return (field, value) => {
    if (Array.isArray(value)) return value.length > 0 ? value.join(t('library:filter.join')) : t('bulk.none');
    if (value === null || value === undefined || value === '') return t('bulk.none');
    const text = String(value);
    if (field === 'industryDivision') {
      const name = divisionName(reference, text);
      return name ? pick(name) : text;
    }
    return field === 'ownership' || field === 'listingStatus' ? t(`library:${field}.${text}`) : text;
  };
}

/** The preview of a change, asked for a moment after the last key. */
function usePreview(changes: Changes, ready: boolean) {
  const [preview, setPreview] = useState<Preview | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const asked = JSON.stringify(changes);
  useEffect(() => {
    setPreview(null);
    setFailure(null);
    if (!ready) return;
    let current = true;
    const timer = setTimeout(() => {
      call('bulk.preview', { selection: currentSelection(), changes: JSON.parse(asked) as Changes }).then(
        (answer) => current && setPreview(answer),
        (error: unknown) => current && setFailure(error),
      );
    }, 250);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [asked, ready]);
  return { preview, failure };
}

/** Changes many enterprises at once; what it would do is shown before. */
export function BulkEdit({ count, onClose }: { count: number; onClose(): void }) {
  const { t } = useTranslation(['lists', 'library', 'common']);
  const reference = useReference((state) => state.reference);
  const facets = useList((state) => state.facets);
  const bulk = useBulk();
  const valueText = useValueText();
  const [fields, setFields] = useState<Fields>({});
  const [tagMode, setTagMode] = useState<'add' | 'remove' | 'set'>('add');
  const [tags, setTags] = useState<string[]>([]);
  const [busy, setBusy] = useState(false);
  const changes = useMemo<Changes>(
    () => ({
      ...(Object.keys(fields).length > 0 ? { fields } : {}),
      ...(tags.length > 0 || tagMode === 'set' ? { tags: { [tagMode]: tags } } : {}),
    }),
    [fields, tags, tagMode],
  );
  const ready = Object.keys(changes).length > 0;
  const { preview, failure } = usePreview(changes, ready);

  const set = (field: keyof Fields, value: string | undefined) =>
    setFields(({ [field]: _, ...others }) =>
      value === undefined || value === ''
        ? others
        : ({ ...others, [field]: value === EMPTY ? null : value } as Fields),
    );
  const shown = (field: keyof Fields) => {
    const value = fields[field];
    return value === null ? EMPTY : (value ?? undefined);
  };
  const known: Partial<Record<(typeof typed)[number], string[]>> = {
    district: [
      ...new Set([
        ...(reference?.districts.map(({ name }) => name.zh) ?? []),
        ...Object.keys(facets?.district ?? {}),
      ]),
    ].filter(Boolean),
    consultant: Object.keys(facets?.consultant ?? {}).filter(Boolean),
    province: reference?.provinces.map(({ name }) => name.zh) ?? [],
  };
  const clearOption = { value: EMPTY, label: t('bulk.clearField') };
  const choose = (field: 'industryDivision' | 'ownership' | 'listingStatus', values: readonly string[]) => (
    <Select
      id={`bulk-${field}`}
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      placeholder={t('bulk.noChange')}
      value={shown(field) ?? null}
      options={[clearOption, ...values.map((value) => ({ value, label: valueText(field, value) }))]}
      onChange={(value?: string | null) => set(field, value ?? undefined)}
    />
  );
  const apply = () => {
    setBusy(true);
    void bulk(currentSelection(), { do: 'edit', changes }).then((done) => {
      setBusy(false);
      if (done) onClose();
    });
  };
  return (
    <Modal
      open
      width={860}
      title={t('bulk.title', { number: formatNumber(count) })}
      closable={!busy}
      keyboard={!busy}
      mask={{ closable: !busy }}
      onCancel={onClose}
      footer={[
        <JobBar key="work" job="bulk" />,
        <Button key="cancel" disabled={busy} onClick={onClose}>
          {t('common:cancel')}
        </Button>,
        <Button
          key="apply"
          type="primary"
          disabled={!preview || preview.changing === 0}
          loading={busy}
          onClick={apply}
        >
          {t('bulk.apply', { number: formatNumber(preview?.changing ?? 0) })}
        </Button>,
      ]}
    >
      <div className="bulk-fields">
        <div className="bulk-field bulk-tags">
          <Select
            aria-label={t('bulk.tagMode')}
            value={tagMode}
            options={(['add', 'remove', 'set'] as const).map((value) => ({
              value,
              label: t(`bulk.${value}Tags`),
            }))}
            onChange={setTagMode}
          />
          <Select
            mode="tags"
            aria-label={t(`bulk.${tagMode}Tags`)}
            placeholder={t('bulk.noChange')}
            value={tags}
            maxCount={30}
            options={Object.keys(facets?.tags ?? {}).map((value) => ({ value, label: value }))}
            onChange={(chosen: string[]) =>
              setTags(chosen.map((tag) => tag.trim().slice(0, 40)).filter(Boolean))
            }
          />
        </div>
        {typed.map((field) => (
          <div key={field} className="bulk-field">
            <label htmlFor={`bulk-${field}`}>{t(`library:field.${field}`)}</label>
            <span className="bulk-typed">
              <AutoComplete
                id={`bulk-${field}`}
                allowClear
                disabled={fields[field] === null}
                placeholder={fields[field] === null ? t('bulk.clearField') : t('bulk.noChange')}
                value={fields[field] ?? ''}
                options={(known[field] ?? []).map((value) => ({ value }))}
                showSearch={{ filterOption: (input, option) => String(option?.value).includes(input) }}
                maxLength={field === 'district' || field === 'city' ? 60 : 100}
                onChange={(value: string | undefined) => set(field, value)}
              />
              <Button
                size="small"
                type={fields[field] === null ? 'primary' : 'text'}
                aria-pressed={fields[field] === null}
                onClick={() => set(field, fields[field] === null ? undefined : EMPTY)}
              >
                {t('bulk.clearField')}
              </Button>
            </span>
          </div>
        ))}
        <div className="bulk-field">
          <label htmlFor="bulk-industryDivision">{t('library:field.industry')}</label>
          {choose('industryDivision', reference?.divisions.map(({ code }) => code) ?? [])}
        </div>
        <div className="bulk-field">
          <label htmlFor="bulk-ownership">{t('library:field.ownership')}</label>
          {choose('ownership', ['state', 'private', 'joint', 'foreign', 'other'])}
        </div>
        <div className="bulk-field">
          <label htmlFor="bulk-listingStatus">{t('library:field.listingStatus')}</label>
          {choose('listingStatus', ['none', 'planned', 'listed'])}
        </div>
      </div>
      <div className="bulk-preview" aria-live="polite">
        {!ready && <p className="muted">{t('bulk.choose')}</p>}
        {failure ? <p role="alert">{errorText(failure)}</p> : null}
        {ready && !preview && !failure && <Spin size="small" />}
        {preview && (
          <>
            <b>
              {preview.changing === 0
                ? t('bulk.previewNone')
                : t('bulk.previewHead', {
                    changing: formatNumber(preview.changing),
                    selected: formatNumber(preview.selected),
                  })}
            </b>
            <ul>
              {preview.samples.map(({ id, name, fields: changed }) => (
                <li key={id}>
                  <span className="ellipsis bulk-name" title={name}>
                    {name}
                  </span>
                  <span>
                    {changed.map(({ field, old, new: fresh }) => (
                      <span key={field} className="bulk-change">
                        <span className="muted">
                          {t(`library:field.${field === 'industryDivision' ? 'industry' : field}`)}
                        </span>
                        <s>{valueText(field, old)}</s>
                        <ArrowRightOutlined aria-hidden />
                        <span>{valueText(field, fresh)}</span>
                      </span>
                    ))}
                  </span>
                </li>
              ))}
            </ul>
            {preview.changing > preview.samples.length && (
              <p className="muted">
                {t('bulk.previewMore', { number: formatNumber(preview.changing - preview.samples.length) })}
              </p>
            )}
          </>
        )}
      </div>
    </Modal>
  );
}
