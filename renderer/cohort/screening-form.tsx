import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, InputNumber, Popover, Segmented, Select, Switch } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { pick } from '../i18n/i18n.ts';
import { useReference } from '../state/reference.ts';
import { ConditionBar } from './condition-bar.tsx';
import { DayField } from './day-field.tsx';
import { type Criterion, runScreening, useScreening } from './screening-store.ts';

/** What can be asked of a firm beside the tier, with how it is typed. */
const metrics: readonly { id: Criterion['metric']; kind: 'money' | 'share' | 'count' | 'years' }[] = [
  { id: 'revenue', kind: 'money' },
  { id: 'growth', kind: 'share' },
  { id: 'rd', kind: 'money' },
  { id: 'rdRatio', kind: 'share' },
  { id: 'mainRatio', kind: 'share' },
  { id: 'debtRatio', kind: 'share' },
  { id: 'netMargin', kind: 'share' },
  { id: 'staff', kind: 'count' },
  { id: 'marketShare', kind: 'share' },
  { id: 'ip', kind: 'count' },
  { id: 'nicheYears', kind: 'years' },
];

const kindOf = (id: string) => metrics.find((m) => m.id === id)?.kind ?? 'count';

/** A share is kept as a fraction and typed in percent, without the dust of doubles. */
const shown = (c: Criterion) => (kindOf(c.metric) === 'share' ? Number((c.value * 100).toFixed(6)) : c.value);
const kept = (metric: string, typed: number) =>
  kindOf(metric) === 'share' ? Number((typed / 100).toFixed(8)) : typed;

/** Extra criteria, one a line: a number of the firm, at least or at most so much. */
function CriteriaEditor() {
  const { t } = useTranslation(['cohort', 'common']);
  const criteria = useScreening((state) => state.criteria);
  const set = (next: Criterion[]) => useScreening.setState({ criteria: next });
  const change = (at: number, part: Partial<Criterion>) =>
    set(criteria.map((c, i) => (i === at ? { ...c, ...part } : c)));
  const unit = (id: string) => {
    const kind = kindOf(id);
    return kind === 'money'
      ? t('common:unit.wan')
      : kind === 'share'
        ? '%'
        : kind === 'years'
          ? t('unit.year')
          : '';
  };
  return (
    <div className="cohort-criteria">
      {criteria.length === 0 && <p className="muted">{t('screening.criteriaNone')}</p>}
      {criteria.map((criterion, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines have no other name
        <div key={at} className="cohort-criterion">
          <Select
            aria-label={t('screening.criterionWhat', { number: at + 1 })}
            value={criterion.metric}
            options={metrics.map(({ id }) => ({ value: id, label: t(`metric.${id}`) }))}
            onChange={(metric) => change(at, { metric })}
            className="cohort-criterion-metric"
          />
          <Select
            aria-label={t('screening.criterionHow', { number: at + 1 })}
            value={criterion.is}
            options={(['atLeast', 'atMost'] as const).map((is) => ({
              value: is,
              label: t(`screening.${is}`),
            }))}
            onChange={(is) => change(at, { is })}
          />
          <InputNumber
            aria-label={t('screening.criterionValue', { number: at + 1 })}
            value={shown(criterion)}
            suffix={unit(criterion.metric)}
            controls={false}
            onChange={(value) => change(at, { value: kept(criterion.metric, Number(value ?? 0)) })}
          />
          <Button
            type="text"
            icon={<DeleteOutlined aria-hidden />}
            aria-label={t('screening.criterionRemove', { number: at + 1 })}
            onClick={() => set(criteria.filter((_, i) => i !== at))}
          />
        </div>
      ))}
      <Button
        icon={<PlusOutlined aria-hidden />}
        disabled={criteria.length >= 10}
        onClick={() => set([...criteria, { metric: 'revenue', is: 'atLeast', value: 2000 }])}
      >
        {t('screening.criterionAdd')}
      </Button>
    </div>
  );
}

/** The tiers of a rung in all standards, to judge by another than the one in force. */
function useStandards(rung: number): { value: string; label: string }[] {
  const { t } = useTranslation('cohort');
  const reference = useReference((state) => state.reference);
  const tiers = (reference?.standards ?? []).flatMap((standard) =>
    standard.tiers
      .filter((tier) => tier.rung === rung)
      .map((tier) => ({
        value: `${standard.id}/${tier.id}`,
        label: `${pick(standard.number)} · ${pick(tier.title)}`,
      })),
  );
  return [{ value: '', label: t('screening.inForce') }, ...tiers];
}

/** Who is screened for what: tier, day, standard, which firms, extra criteria. */
export function ScreeningForm() {
  const { t } = useTranslation(['cohort', 'common']);
  const { rung, date, by, condition, criteria, routes, running } = useScreening();
  const standards = useStandards(rung);
  const [open, setOpen] = useState(false);
  return (
    <div className="cohort-form">
      <div className="cohort-form-row">
        <Segmented
          aria-label={t('screening.target')}
          value={rung}
          options={[1, 2, 3].map((r) => ({ value: r, label: t(`common:tierShort.${r}`) }))}
          onChange={(value) => useScreening.setState({ rung: value, by: '' })}
        />
        <span className="cohort-labelled">
          <label htmlFor="screening-date">{t('screening.date')}</label>
          <DayField
            id="screening-date"
            value={date}
            onChange={(day) => useScreening.setState({ date: day })}
          />
        </span>
        <span className="cohort-labelled">
          <label htmlFor="screening-by">{t('screening.by')}</label>
          <Select
            id="screening-by"
            value={by}
            options={standards}
            popupMatchSelectWidth={false}
            className="cohort-by"
            onChange={(value) => useScreening.setState({ by: value })}
          />
        </span>
        <Popover
          trigger="click"
          placement="bottomLeft"
          arrow={false}
          open={open}
          onOpenChange={setOpen}
          content={<CriteriaEditor />}
        >
          <button type="button" className="filter-chip" aria-pressed={criteria.length > 0}>
            {criteria.length > 0
              ? t('screening.criteriaCount', { count: criteria.length })
              : t('screening.criteria')}
          </button>
        </Popover>
        <span className="cohort-labelled">
          <Switch
            id="screening-routes"
            size="small"
            checked={routes}
            onChange={(value) => useScreening.setState({ routes: value })}
          />
          <label htmlFor="screening-routes">{t('screening.routes')}</label>
        </span>
        <span className="cohort-space" />
        <Button type="primary" loading={running} onClick={() => void runScreening()}>
          {t('screening.run')}
        </Button>
      </div>
      <ConditionBar condition={condition} onChange={(next) => useScreening.setState({ condition: next })} />
    </div>
  );
}
