import { BarChartOutlined, DownloadOutlined, TableOutlined } from '@ant-design/icons';
import { App, Button, Dropdown, Segmented } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { callShell } from '../api.ts';
import { Chart, chartPicture } from '../components/chart.tsx';
import { errorText } from '../components/error-text.ts';
import { useSettings } from '../state/settings.ts';
import { useSaved } from './save-table.tsx';

/** The ground of a picture: pictures go into documents, which are white in any theme. */
const GROUND = '#ffffff';

/**
 * A chart with the table behind it: to look at, to read, to save as a picture. Without an option there is only the
 * table.
 */
export function ChartPanel(props: {
  title: string;
  note?: ReactNode;
  tools?: ReactNode;
  option: unknown;
  /** The chart in light colours, for its picture, where the screen is dark. */
  light: () => Promise<unknown>;
  height: number;
  table: ReactNode;
  onPick?: (mark: { series: number; at: number }) => void;
}) {
  const { t } = useTranslation('cohort');
  const { message } = App.useApp();
  const saved = useSaved();
  const dark = useSettings((state) => state.theme) === 'dark';
  const [view, setView] = useState<'chart' | 'table'>('chart');
  const { title, option, height } = props;
  const save = async (ending: 'png' | 'svg') => {
    try {
      const shown = dark ? await props.light() : option;
      const bytes = await chartPicture(shown, ending, { width: 760, height, background: GROUND });
      const answer = await callShell('shell.saveChart', { ending, bytes, suggestedName: title });
      if (!('cancelled' in answer)) saved(answer.path);
    } catch (error) {
      message.error(errorText(error), 8);
    }
  };
  return (
    <section className="panel cohort-panel" aria-label={title}>
      <header className="cohort-panel-head">
        <h2>{title}</h2>
        <span className="cohort-space" />
        {props.tools}
        <Segmented
          size="small"
          aria-label={t('chart.view', { title })}
          value={view}
          onChange={setView}
          options={[
            { value: 'chart', icon: <BarChartOutlined title={t('chart.chart')} /> },
            { value: 'table', icon: <TableOutlined title={t('chart.table')} /> },
          ]}
        />
        <Dropdown
          trigger={['click']}
          menu={{
            items: (['png', 'svg'] as const).map((key) => ({ key, label: t(`chart.${key}`) })),
            onClick: ({ key }) => void save(key as 'png'),
          }}
        >
          <Button
            size="small"
            type="text"
            icon={<DownloadOutlined aria-hidden />}
            aria-label={t('chart.save', { title })}
          />
        </Dropdown>
      </header>
      {view === 'chart' ? (
        <Chart
          option={option}
          label={title}
          height={height}
          {...(props.onPick ? { onPick: props.onPick } : {})}
        />
      ) : (
        <div className="cohort-table-box cohort-table-scroll">{props.table}</div>
      )}
      {props.note && <div className="cohort-note muted">{props.note}</div>}
    </section>
  );
}
