import { InputNumber, Select } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { FilterChip, type Option, OptionList, useSaid } from './filter-chip.tsx';
import { ask, type Facets, type Filter, useList } from './list-store.ts';

const missingKinds = [
  'figures',
  'revenue',
  'uscc',
  'district',
  'industry',
  'founded',
  'product',
  'niche',
  'contact',
  'consultant',
] as const;

/** Changes some conditions of the filter. */
export function setFilter(change: Partial<Filter>): void {
  void ask({ filter: { ...useList.getState().filter, ...change } });
}

/** What the profile or the last closed year lacks. */
export function MissingChip() {
  const { t } = useTranslation('lists');
  const said = useSaid();
  const { missing, unknownAtLeast } = useList((state) => state.filter);
  const year = new Date().getFullYear() - 1;
  const options = missingKinds.map((value) => ({ value, short: t(`missing.${value}`, { year }) }));
  const words = (missing ?? []).map((kind) => t(`missing.${kind}`, { year }));
  if (unknownAtLeast !== undefined) words.push(`≥ ${unknownAtLeast} ${t('unknownItems')}`);
  return (
    <FilterChip
      label={t('filter.missing')}
      said={said(words)}
      onClear={() => setFilter({ missing: undefined, unknownAtLeast: undefined })}
    >
      <OptionList chosen={missing} options={options} onChange={(missing) => setFilter({ missing })} />
      <label className="filter-line-field" htmlFor="filter-unknown">
        {t('unknownAtLeast')}
        <InputNumber
          id="filter-unknown"
          size="small"
          min={1}
          max={99}
          value={unknownAtLeast ?? null}
          onChange={(value) => setFilter({ unknownAtLeast: value ?? undefined })}
        />
        {t('unknownItems')}
      </label>
    </FilterChip>
  );
}

const dues = [
  { field: 'reviewWithin', key: 'review', days: [0, 30, 90, 180, 365], ahead: true },
  { field: 'expiryWithin', key: 'expiry', days: [0, 30, 90, 180, 365], ahead: true },
  { field: 'untouchedFor', key: 'untouched', days: [30, 90, 180, 365], ahead: false },
  { field: 'uncheckedFor', key: 'unchecked', days: [30, 90, 180, 365], ahead: false },
] as const;

/** What runs out, and who was not looked after. */
export function DueChip() {
  const { t } = useTranslation('lists');
  const said = useSaid();
  const filter = useList((state) => state.filter);
  const word = (days: number, ahead: boolean) =>
    ahead ? (days === 0 ? t('due.overdue') : t('due.within', { days })) : t('due.for', { days });
  const words = dues.flatMap(({ field, key, ahead }) => {
    const days = filter[field];
    return days === undefined ? [] : [`${t(`due.${key}`)} ${word(days, ahead)}`];
  });
  return (
    <FilterChip
      label={t('filter.due')}
      said={said(words)}
      onClear={() =>
        setFilter({
          reviewWithin: undefined,
          expiryWithin: undefined,
          untouchedFor: undefined,
          uncheckedFor: undefined,
        })
      }
    >
      {dues.map(({ field, key, days, ahead }) => (
        <label key={field} className="filter-field" htmlFor={`due-${field}`}>
          <span>{t(`due.${key}`)}</span>
          <Select
            id={`due-${field}`}
            size="small"
            allowClear
            placeholder={t('filter.any')}
            popupMatchSelectWidth={false}
            value={filter[field] ?? null}
            options={days.map((value) => ({ value, label: word(value, ahead) }))}
            onChange={(value: number | null | undefined) => setFilter({ [field]: value ?? undefined })}
          />
        </label>
      ))}
    </FilterChip>
  );
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <fieldset className="filter-group">
      <legend>{title}</legend>
      {children}
    </fieldset>
  );
}

/** The values of a facet with their counts; what is chosen stays in the list when nothing matches any more. */
export function facetOptions(
  facets: Facets | null,
  facet: keyof Facets,
  chosen: readonly string[] | undefined,
  name: (value: string) => string,
): Option<string>[] {
  const counts = facets?.[facet] ?? {};
  const values = new Set([...Object.keys(counts), ...(chosen ?? [])]);
  return [...values]
    .map((value) => ({ value, short: name(value), count: counts[value] ?? 0 }))
    .sort((a, b) => b.count - a.count || a.short.localeCompare(b.short));
}

/** Conditions that are asked for less often. */
export function MoreChip() {
  const { t } = useTranslation(['lists', 'common']);
  const said = useSaid();
  const { filter, facets } = useList();
  const none = t('filter.none');
  const sizes = (['micro', 'small', 'medium', 'large', ''] as const).map((value) => ({
    value,
    short: value === '' ? none : t(`sizeClass.${value}`),
    count: facets?.sizeClass?.[value] ?? 0,
  }));
  const stages = (['startup', 'growth', 'maturity', 'renewal', ''] as const).map((value) => ({
    value,
    short: value === '' ? none : t(`stage.${value}`),
    count: facets?.stage?.[value] ?? 0,
  }));
  const reaches = [1, 2, 3].flatMap((rung) =>
    (['sure', 'possible', 'impossible'] as const).map((reach) => ({
      value: `${rung}:${reach}`,
      short: `${t(`common:tierShort.${rung}`)} · ${t(`common:reach.${reach}`)}`,
      count: facets?.reach?.[`${rung}:${reach}`] ?? 0,
    })),
  );
  const editors = facetOptions(facets, 'editor', filter.editor, (value) => value || none);
  const named = (options: readonly Option<string>[], chosen: readonly string[] | undefined) =>
    (chosen ?? []).map((value) => options.find((o) => o.value === value)?.short ?? value);
  const words = [
    ...named(reaches, filter.reach),
    ...named(sizes, filter.sizeClass),
    ...named(stages, filter.stage),
    ...named(editors, filter.editor),
    ...(filter.planned === undefined ? [] : [t(filter.planned ? 'filter.plannedYes' : 'filter.plannedNo')]),
    ...(filter.samples === undefined
      ? []
      : [t(filter.samples ? 'filter.samplesOnly' : 'filter.samplesNone')]),
  ];
  const choice = (
    id: string,
    value: boolean | undefined,
    labels: [string, string],
    set: (value: boolean | undefined) => void,
  ) => (
    <Select
      id={id}
      size="small"
      allowClear
      placeholder={t('filter.any')}
      value={value === undefined ? null : String(value)}
      options={[
        { value: 'true', label: labels[0] },
        { value: 'false', label: labels[1] },
      ]}
      onChange={(chosen: string | null | undefined) => set(chosen ? chosen === 'true' : undefined)}
    />
  );
  return (
    <FilterChip
      label={t('filter.more')}
      said={said(words)}
      onClear={() =>
        setFilter({
          reach: undefined,
          sizeClass: undefined,
          stage: undefined,
          editor: undefined,
          planned: undefined,
          samples: undefined,
        })
      }
    >
      <div className="filter-more">
        <Group title={t('filter.reach')}>
          <OptionList chosen={filter.reach} options={reaches} onChange={(reach) => setFilter({ reach })} />
        </Group>
        <div>
          <Group title={t('filter.sizeClass')}>
            <OptionList
              chosen={filter.sizeClass}
              options={sizes as Option<string>[]}
              onChange={(sizeClass) => setFilter({ sizeClass })}
            />
          </Group>
          <Group title={t('filter.stage')}>
            <OptionList
              chosen={filter.stage}
              options={stages as Option<string>[]}
              onChange={(stage) => setFilter({ stage })}
            />
          </Group>
        </div>
        <div>
          <Group title={t('filter.editor')}>
            <OptionList
              chosen={filter.editor}
              options={editors}
              onChange={(editor) => setFilter({ editor })}
            />
          </Group>
          <label className="filter-field" htmlFor="filter-planned">
            <span>{t('filter.planned')}</span>
            {choice(
              'filter-planned',
              filter.planned,
              [t('filter.plannedYes'), t('filter.plannedNo')],
              (planned) => setFilter({ planned }),
            )}
          </label>
          <label className="filter-field" htmlFor="filter-samples">
            <span>{t('filter.samples')}</span>
            {choice(
              'filter-samples',
              filter.samples,
              [t('filter.samplesOnly'), t('filter.samplesNone')],
              (samples) => setFilter({ samples }),
            )}
          </label>
        </div>
      </div>
    </FilterChip>
  );
}
