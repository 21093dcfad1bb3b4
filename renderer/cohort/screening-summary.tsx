import { SearchOutlined } from '@ant-design/icons';
import { Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { call } from '../api.ts';
import { formatNumber } from '../components/money.ts';
import { pick } from '../i18n/i18n.ts';
import { documentNumber, useReference } from '../state/reference.ts';
import { showBehind } from './list-store.ts';
import { type Reach, useScreening } from './screening-store.ts';
import { useAnswer } from './use-cohort.ts';

const reaches: readonly Reach[] = ['sure', 'possible', 'impossible'];

/** The counts of a screening, each a filter, and what it was asked. */
export function ScreeningSummaryBar() {
  const { t } = useTranslation(['cohort', 'common']);
  const { shown, reach, item, query } = useScreening();
  const id = shown?.id ?? '';
  const reference = useReference((state) => state.reference);
  const { value: items } = useAnswer(`items ${id}`, () => call('cohort.screeningItems', { id }));
  if (!shown) return null;
  const { summary, saved } = shown;
  const { counts, question, holding, failed } = summary;
  const toggle = (value: Reach) =>
    useScreening.setState({
      reach: reach.includes(value) ? reach.filter((r) => r !== value) : [...reach, value],
    });
  return (
    <div className="cohort-summary">
      {reaches.map((value) => (
        <button
          key={value}
          type="button"
          className={`cohort-figure cohort-figure-${value}`}
          aria-pressed={reach.includes(value)}
          onClick={() => toggle(value)}
        >
          <b>{formatNumber(counts[value])}</b>
          <span>{t(`common:reach.${value}`)}</span>
        </button>
      ))}
      <div className="cohort-facts">
        <span>
          {saved && <strong>{saved.name} · </strong>}
          {t('screening.asOf', {
            tier: t(`common:tierShort.${question.rung}`),
            date: question.date,
            today: summary.today,
          })}
        </span>
        <span className="muted">
          {summary.tiers
            .map((tier) => `${pick(documentNumber(reference, tier))} ${pick(tier.annex)}`)
            .join(t('join'))}
        </span>
        <span className="muted">
          {/* The list is of today; an old screening's own count stays as it was. */}
          {saved ? (
            t('screening.holding', { count: holding, number: formatNumber(holding) })
          ) : (
            <button
              type="button"
              className="cohort-link"
              onClick={() =>
                showBehind(
                  t('screening.holdingTitle', { tier: t(`common:tierShort.${question.rung}`) }),
                  { ...question.condition, heldAtLeast: question.rung },
                  holding,
                )
              }
            >
              {t('screening.holding', { count: holding, number: formatNumber(holding) })}
            </button>
          )}
          {failed > 0 && ` · ${t('screening.failed', { count: failed })}`}
        </span>
      </div>
      <span className="cohort-space" />
      <Select
        aria-label={t('screening.itemFilter')}
        placeholder={t('screening.itemFilter')}
        allowClear
        value={item ?? null}
        className="cohort-item-filter"
        popupMatchSelectWidth={false}
        options={(items ?? []).map((i) => ({
          value: i.item,
          label: `${pick(i.title)} (${formatNumber(i.unmet + i.open)})`,
        }))}
        onChange={(value) => useScreening.setState({ item: value ?? undefined })}
      />
      <Input
        aria-label={t('screening.find')}
        placeholder={t('screening.find')}
        prefix={<SearchOutlined aria-hidden />}
        allowClear
        maxLength={100}
        value={query}
        className="cohort-find"
        onChange={({ target }) => useScreening.setState({ query: target.value })}
      />
    </div>
  );
}
