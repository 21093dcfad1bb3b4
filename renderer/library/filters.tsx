import { DownOutlined } from '@ant-design/icons';
import { Button, Checkbox, Popover } from 'antd';
import { useTranslation } from 'react-i18next';
import { VerdictTag } from '../components/verdict-tag.tsx';
import { useReference } from '../state/reference.ts';
import { placeName } from './columns.tsx';
import { ask, type Filter, useList } from './list-store.ts';

const rungs = [0, 1, 2, 3];
const verdicts = ['met', 'unmet', 'unknown', 'manual'] as const;

function toggled<T>(list: readonly T[] | undefined, value: T): T[] | undefined {
  const next = list?.includes(value) ? list.filter((v) => v !== value) : [...(list ?? []), value];
  return next.length > 0 ? next : undefined;
}

/** A chip that opens a list of boxes to tick. */
function ListChip<T extends string>(props: {
  label: string;
  chosen: readonly T[] | undefined;
  options: { value: T; label: React.ReactNode; short: string }[];
  onChange(chosen: T[] | undefined): void;
}) {
  const { t } = useTranslation('library');
  const { chosen, options } = props;
  const words = options.filter((o) => chosen?.includes(o.value)).map((o) => o.short);
  const said = words.length > 2 ? t('filter.several', { count: words.length }) : words.join(t('filter.join'));
  return (
    <Popover
      trigger="click"
      placement="bottomLeft"
      arrow={false}
      content={
        <Checkbox.Group
          className="filter-options"
          value={[...(chosen ?? [])]}
          options={options.map(({ value, label }) => ({ value, label }))}
          onChange={(values) => props.onChange(values.length > 0 ? (values as T[]) : undefined)}
        />
      }
    >
      <button type="button" className="filter-chip" aria-pressed={words.length > 0}>
        {words.length > 0 ? t('filter.chosen', { label: props.label, chosen: said }) : props.label}
        <DownOutlined aria-hidden className="filter-arrow" />
      </button>
    </Popover>
  );
}

/** Chips under the search: tier held now (with counts), verdict of the next rung, district, samples, archived. */
export function Filters() {
  const { t } = useTranslation(['library', 'common']);
  const { filter, summary } = useList();
  const reference = useReference((state) => state.reference);
  const set = (change: Partial<Filter>) => void ask({ filter: { ...filter, ...change } });
  const any = Object.values(filter).some((value) => value !== undefined);
  return (
    <fieldset className="library-filters" aria-label={t('filter.name')}>
      {rungs.map((rung) => (
        <button
          key={rung}
          type="button"
          className="filter-chip"
          aria-pressed={filter.rung?.includes(rung) ?? false}
          onClick={() => set({ rung: toggled(filter.rung, rung) })}
        >
          {t(`common:tier.${rung}`)}
          {summary && <b>{summary.byRung[rung] ?? 0}</b>}
        </button>
      ))}
      <span className="filter-line" />
      <ListChip
        label={t('filter.verdict')}
        chosen={filter.verdict}
        options={verdicts.map((verdict) => ({
          value: verdict,
          label: <VerdictTag size="small" verdict={verdict} />,
          short: t(`common:verdict.${verdict}`),
        }))}
        onChange={(verdict) => set({ verdict })}
      />
      {summary && summary.districts.length > 0 && (
        <ListChip
          label={t('filter.district')}
          chosen={filter.district}
          options={summary.districts.map((name) => {
            const label = placeName(reference, name) ?? name;
            return { value: name, label, short: label };
          })}
          onChange={(district) => set({ district })}
        />
      )}
      <span className="filter-line" />
      <button
        type="button"
        className="filter-chip"
        aria-pressed={filter.samples === true}
        onClick={() => set({ samples: filter.samples ? undefined : true })}
      >
        {t('filter.samples')}
      </button>
      <button
        type="button"
        className="filter-chip"
        aria-pressed={filter.archived === true}
        onClick={() => set({ archived: filter.archived ? undefined : true })}
      >
        {t('filter.archived')}
        {summary && summary.archived > 0 && <b>{summary.archived}</b>}
      </button>
      {any && (
        <Button type="link" size="small" onClick={() => void ask({ filter: {} })}>
          {t('clearFilters')}
        </Button>
      )}
    </fieldset>
  );
}
