import { Alert, Select, Spin, Tooltip } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallInput, CallOutput } from '../../electron/api.ts';
import { call } from '../api.ts';
import { ErrorView } from '../components/error-view.tsx';
import { GradeTag } from '../components/grade-tag.tsx';
import { formatNumber } from '../components/money.ts';
import { pick, shortLocale } from '../i18n/i18n.ts';
import { useSettings } from '../state/settings.ts';
import { ChartPanel } from './chart-panel.tsx';
import { ConditionBar } from './condition-bar.tsx';
import { Count } from './count.tsx';
import { HeatPanel } from './heat-panel.tsx';
import { both, showBehind } from './list-store.ts';
import { metricText, shareText } from './numbers.ts';
import { useCohortCondition } from './place-store.ts';
import { QuestionsPanel } from './questions-panel.tsx';
import { useAnswer, useLibraryVersion } from './use-cohort.ts';

type Profile = CallOutput<'cohort.profile'>;
type Benchmark = CallOutput<'cohort.benchmark'>;
type Metric = CallInput<'cohort.benchmark'>['metric'];
type By = CallInput<'cohort.benchmark'>['by'];

const metrics: readonly Metric[] = [
  'revenue',
  'growth',
  'rd',
  'rdRatio',
  'mainRatio',
  'debtRatio',
  'netMargin',
  'staff',
  'perHead',
  'marketShare',
  'ip',
  'nicheYears',
];
const groupings: readonly By[] = ['section', 'division', 'size', 'stage', 'district', 'held'];

function PortraitTable({ profile }: { profile: Profile }) {
  const { t } = useTranslation(['cohort', 'common']);
  const { condition } = useCohortCondition();
  return (
    <table className="cohort-table">
      <thead>
        <tr>
          <th>{t('profile.measure')}</th>
          <th className="num">{t('profile.yes')}</th>
          <th className="num">{t('profile.no')}</th>
          <th className="num">{t('profile.unknown')}</th>
          <th className="num">{t('profile.share')}</th>
          <th className="num">{t('profile.bounds')}</th>
          <th>{t('profile.claim')}</th>
          <th>{t('profile.source')}</th>
        </tr>
      </thead>
      <tbody>
        {profile.items.map((item) => (
          <tr key={item.id}>
            <td>
              <Tooltip title={pick(item.formula)}>
                <span>
                  <b className="cohort-digit">{item.digit}</b> {pick(item.title)}
                </span>
              </Tooltip>
            </td>
            {(['yes', 'no', 'unknown'] as const).map((is) => (
              <td key={is} className="num">
                <Count
                  of={`${pick(item.title)}${t('colon')}${t(`profile.${is}`)}`}
                  condition={both(condition, { profile: { id: item.id, is: [is] } })}
                  count={item[is]}
                />
              </td>
            ))}
            <td className="num">
              {item.share === null ? (
                item.onlyProves && item.atLeast !== null ? (
                  // The fact can only prove, never disprove: a share of what is known would be too high.
                  <Tooltip title={t('profile.notCounted')}>
                    <b>{t('profile.atLeast', { share: shareText(item.atLeast) })}</b>
                  </Tooltip>
                ) : (
                  <span className="muted">{t('common:notKnown')}</span>
                )
              ) : (
                <b>{shareText(item.share)}</b>
              )}
            </td>
            <td className="num muted">
              {item.atLeast === null || item.atMost === null
                ? '–'
                : `${shareText(item.atLeast)}–${shareText(item.atMost)}`}
            </td>
            <td>{pick(item.claim)}</td>
            <td>
              <Tooltip title={item.sourceNote ? pick(item.sourceNote) : item.refs.join(' ')}>
                <span>
                  <GradeTag grade={item.grade} />
                </span>
              </Tooltip>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function BenchmarkTable({ found, by, metric }: { found: Benchmark; by: By; metric: Metric }) {
  const { t } = useTranslation(['cohort', 'common']);
  const { condition } = useCohortCondition();
  const cell = (value: number | undefined) =>
    value === undefined ? (
      <span className="muted">{t('profile.hidden')}</span>
    ) : (
      metricText(found.kind, value)
    );
  const line = (name: string, group: Benchmark['all'], of: typeof condition, strong: boolean) => (
    <tr key={`${name}-${group.value}`}>
      <td>{strong ? <b>{name}</b> : name}</td>
      <td className="num">
        <Count of={name} condition={of} count={group.total} />
      </td>
      <td className="num">
        <Count
          of={`${name}${t('colon')}${t(`metric.${metric}`)}`}
          condition={both(of, { metric: { id: metric, known: true } })}
          count={group.known}
        />
      </td>
      <td className="num">{cell(group.quartiles?.low)}</td>
      <td className="num">{group.quartiles ? <b>{cell(group.quartiles.median)}</b> : cell(undefined)}</td>
      <td className="num">{cell(group.quartiles?.high)}</td>
    </tr>
  );
  return (
    <table className="cohort-table">
      <thead>
        <tr>
          <th>{t(`grouping.${by}`)}</th>
          <th className="num">{t('profile.total')}</th>
          <th className="num">{t('profile.known')}</th>
          <th className="num">{t('profile.low')}</th>
          <th className="num">{t('profile.median')}</th>
          <th className="num">{t('profile.high')}</th>
        </tr>
      </thead>
      <tbody>
        {line(t('profile.all'), found.all, condition, true)}
        {found.groups.map((group) =>
          line(
            group.name,
            group,
            both(condition, by === 'held' ? { held: [Number(group.value)] } : { [by]: [group.value] }),
            false,
          ),
        )}
      </tbody>
    </table>
  );
}

function Benchmarks({ version }: { version: number }) {
  const { t } = useTranslation(['cohort', 'common']);
  const { condition } = useCohortCondition();
  const dark = useSettings((state) => state.theme) === 'dark';
  const [metric, setMetric] = useState<Metric>('revenue');
  const [by, setBy] = useState<By>('section');
  const locale = shortLocale();
  const asked = { condition, metric, by, locale, dark };
  const { value, error, again } = useAnswer(JSON.stringify([asked, version]), () =>
    call('cohort.benchmark', asked),
  );
  const name = t(`metric.${metric}`);
  const tools = (
    <Select
      size="small"
      aria-label={t('profile.metric')}
      value={metric}
      options={metrics.map((id) => ({ value: id, label: t(`metric.${id}`) }))}
      popupMatchSelectWidth={false}
      className="cohort-select"
      onChange={setMetric}
    />
  );
  if (error) return <ErrorView error={error} onRetry={again} />;
  if (!value) return null;
  const condOf = (bar: Benchmark['bars'][number]) =>
    both(condition, {
      metric: {
        id: metric,
        ...(bar.from === null ? {} : { from: bar.from }),
        ...(bar.below === null ? {} : { below: bar.below }),
      },
    });
  const unit = value.kind === 'money' ? ` (${t('common:unit.wan')})` : '';
  return (
    <div className="cohort-two">
      <ChartPanel
        title={`${t('profile.spread')}${t('colon')}${name}${unit}`}
        tools={tools}
        option={value.chart}
        light={() => call('cohort.benchmark', { ...asked, dark: false }).then((found) => found.chart)}
        height={280}
        onPick={({ at }) => {
          const bar = value.bars[at];
          if (bar && bar.count > 0) showBehind(`${name} ${bar.name}`, condOf(bar), bar.count);
        }}
        note={
          <>
            {t('profile.unknownFirms')}{' '}
            <Count
              of={`${name}${t('colon')}${t('profile.unknown')}`}
              condition={both(condition, { metric: { id: metric, known: false } })}
              count={value.unknown}
            />
            {' · '}n = {formatNumber(value.n)}
          </>
        }
        table={
          <table className="cohort-table">
            <thead>
              <tr>
                <th>
                  {name}
                  {unit}
                </th>
                <th className="num">{t('profile.total')}</th>
              </tr>
            </thead>
            <tbody>
              {value.bars.map((bar) => (
                <tr key={bar.name}>
                  <td>{bar.name}</td>
                  <td className="num">
                    <Count of={`${name} ${bar.name}`} condition={condOf(bar)} count={bar.count} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        }
      />
      <section className="panel cohort-panel" aria-label={t('profile.benchmark')}>
        <header className="cohort-panel-head">
          <h2>
            {t('profile.benchmark')}
            {t('colon')}
            {name}
            {unit}
          </h2>
          <span className="cohort-space" />
          <Select
            size="small"
            aria-label={t('profile.by')}
            value={by}
            options={groupings.map((id) => ({ value: id, label: t(`grouping.${id}`) }))}
            className="cohort-select"
            onChange={setBy}
          />
        </header>
        <div className="cohort-table-box cohort-table-scroll">
          <BenchmarkTable found={value} by={by} metric={metric} />
        </div>
        <div className="cohort-note muted">{t('profile.hiddenNote')}</div>
      </section>
    </div>
  );
}

/** What the firms of a cohort are like: the portrait, spreads and benchmarks, and which gates fail most. */
export function ProfileScreen() {
  const { t } = useTranslation(['cohort', 'common']);
  const { condition, setCondition } = useCohortCondition();
  const version = useLibraryVersion();
  const dark = useSettings((state) => state.theme) === 'dark';
  const asked = { condition, locale: shortLocale(), dark };
  const { value, error, loading, again } = useAnswer(JSON.stringify([asked, version]), () =>
    call('cohort.profile', asked),
  );
  return (
    <div className="scroll cohort-views">
      <ConditionBar condition={condition} onChange={setCondition} held />
      {error ? <ErrorView error={error} onRetry={again} /> : null}
      {!value && loading && <Spin />}
      {value && (
        <>
          <p className="cohort-said">
            <Count
              of={t('profile.cohort')}
              condition={condition}
              count={value.n}
              text={t('firms', { count: value.n, number: formatNumber(value.n) })}
            />
            <span className="muted"> · {pick(value.note)}</span>
          </p>
          {value.n === 0 && <Alert type="info" showIcon title={t('profile.nobody')} />}
          <ChartPanel
            title={pick(value.title)}
            option={value.chart}
            light={() => call('cohort.profile', { ...asked, dark: false }).then((found) => found.chart)}
            height={250}
            table={<PortraitTable profile={value} />}
            note={value.items
              .filter((item) => item.grade === 'memory')
              .map((item) => `${item.digit}${t('colon')}${item.sourceNote ? pick(item.sourceNote) : ''}`)
              .join(' ')}
          />
          <section className="panel cohort-panel" aria-label={t('profile.numbers')}>
            <header className="cohort-panel-head">
              <h2>{t('profile.numbers')}</h2>
            </header>
            <div className="cohort-table-box">
              <PortraitTable profile={value} />
            </div>
          </section>
          <Benchmarks version={version} />
          <HeatPanel version={version} />
          <QuestionsPanel version={version} />
        </>
      )}
    </div>
  );
}
