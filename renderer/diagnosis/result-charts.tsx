import { Segmented } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallOutput } from '../../electron/api.ts';
import { call } from '../api.ts';
import { Chart } from '../components/chart.tsx';
import { ErrorView } from '../components/error-view.tsx';
import { shortLocale } from '../i18n/i18n.ts';
import { useSettings } from '../state/settings.ts';
import type { Diagnosis } from './evaluation.ts';

/** Radar of the dimensions and distances to the lines, the same as on paper; the numbers as a table behind them. */
export function ResultCharts({ diagnosis }: { diagnosis: Diagnosis }) {
  const { t, i18n } = useTranslation('diagnosis');
  const dark = useSettings((state) => state.theme) === 'dark';
  const [charts, setCharts] = useState<CallOutput<'diagnosis.charts'> | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [view, setView] = useState<'radar' | 'gaps' | 'table'>('radar');
  const language = i18n.language;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the language of the page decides the language of the charts
  useEffect(() => {
    let current = true;
    call('diagnosis.charts', { diagnosis, locale: shortLocale(), dark }).then(
      (made) => {
        if (!current) return;
        setCharts(made);
        setError(null);
      },
      (fault: unknown) => current && setError(fault),
    );
    return () => {
      current = false;
    };
  }, [diagnosis, dark, language]);
  const percent = (share: number) => `${Math.round(share * 100)}%`;
  return (
    <section className="panel result-card" aria-label={t('chartsTitle')}>
      <header>
        <h3>{t('chartsTitle')}</h3>
        <Segmented
          size="small"
          value={view}
          options={(['radar', 'gaps', 'table'] as const).map((value) => ({
            value,
            label: t(`chart.${value}`),
          }))}
          onChange={setView}
        />
      </header>
      {error ? <ErrorView error={error} /> : null}
      {view === 'table' ? (
        <table className="score">
          <thead>
            <tr>
              <th scope="col">{t('chart.dimension')}</th>
              <th scope="col" className="num">
                {t('chart.proved')}
              </th>
              <th scope="col" className="num">
                {t('chart.possible')}
              </th>
              <th scope="col" className="num">
                {t('chart.items')}
              </th>
            </tr>
          </thead>
          <tbody>
            {diagnosis.radar.map((axis) => (
              <tr key={axis.dimension}>
                <th scope="row">{t(`dimension.${axis.dimension}`)}</th>
                <td className="num">{percent(axis.proved)}</td>
                <td className="num">{percent(axis.possible)}</td>
                <td className="num">{axis.items}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : (
        <Chart key={view} option={charts?.[view]} label={t(`chart.${view}Label`)} height={300} />
      )}
    </section>
  );
}
