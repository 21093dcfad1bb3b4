import { Segmented, Spin } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../api.ts';
import { ErrorView } from '../components/error-view.tsx';
import { formatNumber } from '../components/money.ts';
import { pick, shortLocale } from '../i18n/i18n.ts';
import { useSettings } from '../state/settings.ts';
import { ChartPanel } from './chart-panel.tsx';
import { ConditionBar } from './condition-bar.tsx';
import { Count } from './count.tsx';
import { ForecastPanel } from './forecast-panel.tsx';
import { both, showBehind } from './list-store.ts';
import { type Pipeline, useCohortCondition } from './place-store.ts';
import { SolverPanel } from './solver-panel.tsx';
import { narrowed, TargetsPanel } from './targets-panel.tsx';
import { useAnswer, useLibraryVersion } from './use-cohort.ts';

const rungs = [1, 2, 3] as const;

interface PanelProps {
  pipeline: Pipeline;
  /** The same with charts in light colours. */
  light: () => Promise<Pipeline>;
}

function Ladder({ pipeline, light }: PanelProps) {
  const { t } = useTranslation(['cohort', 'common']);
  const { condition } = useCohortCondition();
  const { current, total, none } = pipeline;
  const title = t('pipeline.ladder');
  const least = (rung: number) => both(condition, { heldAtLeast: rung });
  return (
    <ChartPanel
      title={title}
      option={pipeline.charts.ladder}
      light={() => light().then(({ charts }) => charts.ladder)}
      height={230}
      onPick={({ at }) => {
        const one = current[at - 1];
        if (at === 0 && total > 0) showBehind(t('profile.cohort'), condition, total);
        else if (one && one.atLeast > 0)
          showBehind(
            t('pipeline.atLeastOf', { tier: t(`common:tier.${one.rung}`) }),
            least(one.rung),
            one.atLeast,
          );
      }}
      table={
        <table className="cohort-table">
          <thead>
            <tr>
              <th>{t('pipeline.tier')}</th>
              <th className="num">{t('pipeline.atLeast')}</th>
              <th className="num">{t('pipeline.exactly')}</th>
              <th className="num">{t('pipeline.undated')}</th>
            </tr>
          </thead>
          <tbody>
            <tr>
              <td>{t('common:tier.0')}</td>
              <td className="num">–</td>
              <td className="num">
                <Count of={t('common:tier.0')} condition={both(condition, { held: [0] })} count={none} />
              </td>
              <td className="num">–</td>
            </tr>
            {current.map(({ rung, atLeast, exactly, undated }) => {
              const name = t(`common:tier.${rung}`);
              return (
                <tr key={rung}>
                  <td>{name}</td>
                  <td className="num">
                    <Count
                      of={t('pipeline.atLeastOf', { tier: name })}
                      condition={least(rung)}
                      count={atLeast}
                    />
                  </td>
                  <td className="num">
                    <Count of={name} condition={both(condition, { held: [rung] })} count={exactly} />
                  </td>
                  <td className="num">
                    <Count
                      of={t('pipeline.undatedOf', { tier: name })}
                      condition={both(condition, { undated: rung })}
                      count={undated}
                    />
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      }
      note={t('pipeline.ladderNote')}
    />
  );
}

function Months({ pipeline, light }: PanelProps) {
  const { t } = useTranslation(['cohort', 'common']);
  const looked = useCohortCondition((state) => state.condition);
  const { cities, elsewhere, undated } = pipeline.monthsOf;
  // The months count whom the targets count.
  const condition = cities ? both(looked, { city: narrowed(looked.city, cities) }) : looked;
  return (
    <ChartPanel
      title={t('pipeline.months')}
      option={pipeline.charts.months}
      light={() => light().then(({ charts }) => charts.months)}
      height={230}
      note={
        <>
          {t('pipeline.monthsNote')}
          {pipeline.months.some((m) => m.targets.some((target) => target !== null)) &&
            ` ${t('pipeline.monthsTargets')}`}
          {elsewhere > 0 &&
            ` ${t('pipeline.monthsElsewhere', { count: elsewhere, city: pick(pipeline.city) })}`}
          {undated.some((count) => count > 0) && ` ${t('pipeline.monthsUndated')}`}
          {rungs.map((rung, i) =>
            (undated[i] ?? 0) > 0 ? (
              <span key={rung}>
                {' '}
                {t(`common:tierShort.${rung}`)}{' '}
                <Count
                  of={t('pipeline.undatedOf', { tier: t(`common:tier.${rung}`) })}
                  condition={both(condition, { undated: rung })}
                  count={undated[i] ?? 0}
                />
              </span>
            ) : null,
          )}
        </>
      }
      table={
        <table className="cohort-table">
          <thead>
            <tr>
              <th>{t('pipeline.month')}</th>
              {rungs.map((rung) => (
                <th key={rung} className="num">
                  {t('pipeline.holding', { tier: t(`common:tierShort.${rung}`) })}
                  {pipeline.months.some((m) => m.targets[rung - 1] !== null) && ` / ${t('targets.of')}`}
                </th>
              ))}
              {rungs.map((rung) => (
                <th key={`i${rung}`} className="num">
                  {t('pipeline.issued', { tier: t(`common:tierShort.${rung}`) })}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {pipeline.months.map((m) => (
              <tr key={m.month}>
                <td className="cohort-month">
                  {m.month}
                  {m.ahead && <span className="muted"> {t('pipeline.ifNone')}</span>}
                </td>
                {rungs.map((rung, i) => (
                  <td key={rung} className="num">
                    <Count
                      of={`${m.month} · ${t('pipeline.atLeastOf', { tier: t(`common:tier.${rung}`) })}`}
                      condition={both(condition, { heldOn: { rung, day: m.day } })}
                      count={m.holders[i] ?? 0}
                    />
                    {m.targets[i] !== null && (
                      <span className="muted"> / {formatNumber(m.targets[i] ?? 0)}</span>
                    )}
                  </td>
                ))}
                {rungs.map((rung, i) => (
                  <td key={`i${rung}`} className="num">
                    <Count
                      of={`${m.month} · ${t('pipeline.issued', { tier: t(`common:tier.${rung}`) })}`}
                      condition={both(condition, { issued: { rung, month: m.month } })}
                      count={m.issued[i] ?? 0}
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      }
    />
  );
}

function Due({ pipeline }: { pipeline: Pipeline }) {
  const { t } = useTranslation(['cohort', 'common']);
  const { condition } = useCohortCondition();
  const windows = pipeline.due[0]?.windows ?? [];
  return (
    <section className="panel cohort-panel" aria-label={t('pipeline.due')}>
      <header className="cohort-panel-head">
        <h2>{t('pipeline.due')}</h2>
      </header>
      <div className="cohort-table-box">
        <table className="cohort-table">
          <thead>
            <tr>
              <th>{t('pipeline.tier')}</th>
              {windows.map(({ from, to }, i) => (
                <th key={from} className="num" title={`${from} – ${to}`}>
                  {t(`pipeline.window.${i}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {pipeline.due.map(({ rung, windows: counts }) => (
              <tr key={rung}>
                <td>{t(`common:tier.${rung}`)}</td>
                {counts.map(({ from, to, count }, i) => (
                  <td key={from} className="num">
                    <Count
                      of={`${t(`common:tier.${rung}`)} · ${t(`pipeline.window.${i}`)}`}
                      condition={both(condition, { due: { rung, from, to } })}
                      count={count}
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className="cohort-note muted">{t('pipeline.dueNote')}</div>
    </section>
  );
}

function Districts({ pipeline, light }: PanelProps) {
  const { t } = useTranslation(['cohort', 'common']);
  const { condition } = useCohortCondition();
  const [rung, setRung] = useState(0);
  const place = pipeline.places.find((p) => p.rung === rung);
  if (!place) return null;
  const of = (district: string | null) => ({
    ...both(condition, rung > 0 ? { heldAtLeast: rung } : {}),
    district: [district],
  });
  const all = [...place.tiles, ...place.others].filter((tile) => tile.count > 0);
  all.sort((a, b) => b.count - a.count);
  return (
    <ChartPanel
      title={t('pipeline.districts')}
      tools={
        <Segmented
          size="small"
          aria-label={t('pipeline.districtsOf')}
          value={rung}
          options={[0, ...rungs].map((r) => ({
            value: r,
            label: r === 0 ? t('profile.all') : t(`common:tierShort.${r}`),
          }))}
          onChange={setRung}
        />
      }
      option={place.chart}
      light={() => light().then(({ places }) => places.find((p) => p.rung === rung)?.chart)}
      height={290}
      onPick={({ at }) => {
        const tile = place.tiles[at];
        if (tile && tile.count > 0) showBehind(tile.name, of(tile.district), tile.count);
      }}
      table={
        <table className="cohort-table">
          <thead>
            <tr>
              <th>{t('column.district')}</th>
              <th className="num">{t('profile.total')}</th>
            </tr>
          </thead>
          <tbody>
            {all.map((tile) => (
              <tr key={tile.district ?? ''}>
                <td>{tile.name}</td>
                <td className="num">
                  <Count of={tile.name} condition={of(tile.district)} count={tile.count} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      }
      note={
        <>
          {pick(pipeline.tileNote)}
          {place.others.map((tile) => (
            <span key={tile.district ?? ''}>
              {' '}
              · {tile.name} <Count of={tile.name} condition={of(tile.district)} count={tile.count} />
            </span>
          ))}
        </>
      }
    />
  );
}

/** How the ladder fills: holders, months, reviews due, districts, targets, forecast and the way to a target. */
export function PipelineScreen() {
  const { condition, setCondition } = useCohortCondition();
  const version = useLibraryVersion();
  const [edits, setEdits] = useState(0);
  const dark = useSettings((state) => state.theme) === 'dark';
  const asked = { condition, locale: shortLocale(), dark };
  const light = () => call('cohort.pipeline', { ...asked, dark: false });
  const { value, error, loading, again } = useAnswer(JSON.stringify([asked, version, edits]), () =>
    call('cohort.pipeline', asked),
  );
  return (
    <div className="scroll cohort-views">
      <ConditionBar condition={condition} onChange={setCondition} />
      {error ? <ErrorView error={error} onRetry={again} /> : null}
      {!value && loading && <Spin />}
      {value && (
        <>
          <div className="cohort-two">
            <Ladder pipeline={value} light={light} />
            <Months pipeline={value} light={light} />
          </div>
          <div className="cohort-two">
            <TargetsPanel pipeline={value} onChanged={() => setEdits((n) => n + 1)} />
            <Districts pipeline={value} light={light} />
          </div>
          <Due pipeline={value} />
          <ForecastPanel />
          <SolverPanel pipeline={value} />
        </>
      )}
    </div>
  );
}
