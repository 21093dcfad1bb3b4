import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '../components/money.ts';
import { VerdictTag } from '../components/verdict-tag.tsx';
import { pick } from '../i18n/i18n.ts';
import { divisionName, useReference } from '../state/reference.ts';
import { placeName } from './columns.tsx';
import { Duplicates } from './duplicates.tsx';
import { ListChip } from './filter-chip.tsx';
import { DueChip, facetOptions, MissingChip, MoreChip, setFilter } from './filter-panels.tsx';
import { ask, useList } from './list-store.ts';

const rungs = [0, 1, 2, 3];
const verdicts = ['met', 'unmet', 'unknown', 'manual'] as const;

function toggled<T>(list: readonly T[] | undefined, value: T): T[] | undefined {
  const next = list?.includes(value) ? list.filter((v) => v !== value) : [...(list ?? []), value];
  return next.length > 0 ? next : undefined;
}

/** Chips under the search: each condition with how many it would show; all that are chosen hold together. */
export function Filters() {
  const { t } = useTranslation(['library', 'lists', 'common']);
  const { filter, facets, summary } = useList();
  const reference = useReference((state) => state.reference);
  const [finding, setFinding] = useState(false);
  const none = t('lists:filter.none');
  const any = Object.values(filter).some((value) => value !== undefined);
  const place = (value: string) => (value ? (placeName(reference, value) ?? value) : none);
  const industry = (value: string) => {
    const name = divisionName(reference, value);
    return name ? pick(name) : value || none;
  };
  return (
    <fieldset className="library-filters" aria-label={t('filter.name')}>
      {rungs.map((rung) => (
        <button
          key={rung}
          type="button"
          className="filter-chip"
          aria-pressed={filter.rung?.includes(rung) ?? false}
          onClick={() => setFilter({ rung: toggled(filter.rung, rung) })}
        >
          {t(`common:tier.${rung}`)}
          {facets && <b>{formatNumber(facets.rung?.[String(rung)] ?? 0)}</b>}
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
          count: facets?.verdict?.[verdict] ?? 0,
        }))}
        onChange={(verdict) => setFilter({ verdict })}
      />
      <ListChip
        label={t('filter.district')}
        chosen={filter.district}
        options={facetOptions(facets, 'district', filter.district, place)}
        onChange={(district) => setFilter({ district })}
      />
      <ListChip
        label={t('lists:filter.industry')}
        chosen={filter.division}
        options={facetOptions(facets, 'division', filter.division, industry)}
        onChange={(division) => setFilter({ division })}
      />
      <ListChip
        label={t('lists:filter.consultant')}
        chosen={filter.consultant}
        options={facetOptions(facets, 'consultant', filter.consultant, (value) => value || none)}
        onChange={(consultant) => setFilter({ consultant })}
      />
      <ListChip
        label={t('lists:filter.tags')}
        chosen={filter.tags}
        options={facetOptions(facets, 'tags', filter.tags, (value) => value)}
        onChange={(tags) => setFilter({ tags })}
      />
      <MissingChip />
      <DueChip />
      <MoreChip />
      <span className="filter-line" />
      <button
        type="button"
        className="filter-chip"
        aria-pressed={filter.archived === true}
        onClick={() => setFilter({ archived: filter.archived ? undefined : true, trash: undefined })}
      >
        {t('filter.archived')}
        {summary && summary.archived > 0 && <b>{formatNumber(summary.archived)}</b>}
      </button>
      {(filter.trash || (summary && summary.trashed > 0)) && (
        <button
          type="button"
          className="filter-chip"
          aria-pressed={filter.trash === true}
          onClick={() => setFilter({ trash: filter.trash ? undefined : true, archived: undefined })}
        >
          {t('lists:filter.trash')}
          {summary && <b>{formatNumber(summary.trashed)}</b>}
        </button>
      )}
      {!filter.trash && (
        <Button type="link" size="small" onClick={() => setFinding(true)}>
          {t('lists:duplicates.open')}
        </Button>
      )}
      <Duplicates open={finding} onClose={() => setFinding(false)} />
      {any && (
        <Button type="link" size="small" onClick={() => void ask({ filter: {} })}>
          {t('clearFilters')}
        </Button>
      )}
    </fieldset>
  );
}
