import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallOutput } from '../../electron/api.ts';
import { call } from '../api.ts';
import { ErrorView } from '../components/error-view.tsx';
import { pick, shortLocale } from '../i18n/i18n.ts';
import { useSettings } from '../state/settings.ts';
import { wasCancelled } from '../state/work.ts';
import { ChartPanel } from './chart-panel.tsx';
import { Count } from './count.tsx';
import { both, showBehind } from './list-store.ts';
import { useCohortCondition } from './place-store.ts';
import { endProgress } from './use-cohort.ts';
import { WorkBar } from './work-bar.tsx';

type Forecast = CallOutput<'cohort.forecast'>;
type Limit = Forecast['rungs'][number]['limits'][number];

/** What stops enterprises, as a list with counts. */
export function Limits({ limits }: { limits: readonly Limit[] }) {
  const { t } = useTranslation('cohort');
  if (limits.length === 0) return null;
  return (
    <ul className="cohort-limits">
      {limits.map((limit) => (
        <li key={`${limit.reason}${limit.item}`}>
          {limit.reason === 'item'
            ? limit.title
              ? pick(limit.title)
              : limit.item
            : t(`limit.${limit.reason}`)}
          <span className="muted"> {t('limit.count', { count: limit.count })}</span>
        </li>
      ))}
    </ul>
  );
}

/** Who can apply for what in which year, by the routes of everyone. */
export function ForecastPanel() {
  const { t } = useTranslation(['cohort', 'common']);
  const { condition } = useCohortCondition();
  const dark = useSettings((state) => state.theme) === 'dark';
  const [running, setRunning] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [found, setFound] = useState<{ key: string; forecast: Forecast } | null>(null);
  const asked = { condition, locale: shortLocale(), dark };
  const key = JSON.stringify(asked);
  const run = async () => {
    setRunning(true);
    setError(null);
    try {
      setFound({ key, forecast: await call('cohort.forecast', asked) });
    } catch (problem) {
      if (!wasCancelled(problem)) setError(problem);
    } finally {
      endProgress();
      setRunning(false);
    }
  };
  const forecast = found?.forecast;
  const stale = found !== null && found.key !== key;
  const start = (
    <Button size="small" loading={running} onClick={() => void run()}>
      {found ? t('forecast.again') : t('forecast.run')}
    </Button>
  );
  if (!forecast)
    return (
      <section className="panel cohort-panel" aria-label={t('forecast.title')}>
        <header className="cohort-panel-head">
          <h2>{t('forecast.title')}</h2>
          <span className="cohort-space" />
          {start}
        </header>
        <div className="cohort-note muted">{t('forecast.about')}</div>
        {running && <WorkBar label={t('forecast.running')} />}
        {error ? <ErrorView error={error} /> : null}
      </section>
    );
  return (
    <>
      {running && <WorkBar label={t('forecast.running')} />}
      {error ? <ErrorView error={error} /> : null}
      <ChartPanel
        title={t('forecast.title')}
        tools={start}
        option={forecast.chart}
        light={() => call('cohort.forecast', { ...asked, dark: false }).then((found) => found.chart)}
        height={250}
        onPick={({ series, at }) => {
          const [rung, year] = [forecast.rungs[series], forecast.years[at]];
          const count = rung?.counts[at] ?? 0;
          if (rung && year && count > 0 && !stale)
            showBehind(
              `${year} · ${t(`common:tier.${rung.rung}`)}`,
              both(condition, { route: { rung: rung.rung, year } }),
              count,
            );
        }}
        note={
          <>
            {stale && <strong>{t('forecast.stale')} </strong>}
            {t('forecast.note')}
          </>
        }
        table={
          <table className="cohort-table">
            <thead>
              <tr>
                <th>{t('pipeline.tier')}</th>
                {forecast.years.map((year) => (
                  <th key={year} className="num">
                    {year}
                  </th>
                ))}
                <th className="num">{t('forecast.none')}</th>
                <th>{t('forecast.limits')}</th>
              </tr>
            </thead>
            <tbody>
              {forecast.rungs.map((one) => (
                <tr key={one.rung}>
                  <td>{t(`common:tier.${one.rung}`)}</td>
                  {one.counts.map((count, y) => {
                    const year = forecast.years[y] ?? 0;
                    return (
                      <td key={year} className="num">
                        {stale ? (
                          count
                        ) : (
                          <Count
                            of={`${year} · ${t(`common:tier.${one.rung}`)}`}
                            condition={both(condition, { route: { rung: one.rung, year } })}
                            count={count}
                          />
                        )}
                      </td>
                    );
                  })}
                  <td className="num">
                    {stale ? (
                      one.none
                    ) : (
                      <Count
                        of={`${t('forecast.none')} · ${t(`common:tier.${one.rung}`)}`}
                        condition={both(condition, { route: { rung: one.rung, year: null } })}
                        count={one.none}
                      />
                    )}
                  </td>
                  <td>
                    <Limits limits={one.limits.slice(0, 3)} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        }
      />
    </>
  );
}
