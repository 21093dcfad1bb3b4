import { Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallInput } from '../../electron/api.ts';
import { call } from '../api.ts';
import { ErrorView } from '../components/error-view.tsx';
import { formatNumber } from '../components/money.ts';
import { pick, shortLocale } from '../i18n/i18n.ts';
import { useSettings } from '../state/settings.ts';
import { ChartPanel } from './chart-panel.tsx';
import { Count } from './count.tsx';
import { both, showBehind } from './list-store.ts';
import { shareText } from './numbers.ts';
import { useCohortCondition } from './place-store.ts';
import { useAnswer } from './use-cohort.ts';

type By = CallInput<'cohort.heat'>['by'];
const groupings: readonly By[] = ['district', 'section', 'division', 'size', 'stage'];

/** Which conditions of a tier fail most among those below it, and where. */
export function HeatPanel({ version }: { version: number }) {
  const { t } = useTranslation(['cohort', 'common']);
  const { condition } = useCohortCondition();
  const dark = useSettings((state) => state.theme) === 'dark';
  const [rung, setRung] = useState(2);
  const [by, setBy] = useState<By>('district');
  const [tier, setTier] = useState<{ standard: string; tier: string }>();
  const asked = { condition, rung, by, locale: shortLocale(), dark, ...(tier ? { tier } : {}) };
  const { value, error, again } = useAnswer(JSON.stringify([asked, version]), () =>
    call('cohort.heat', asked),
  );
  if (error) return <ErrorView error={error} onRetry={again} />;
  if (!value) return null;
  const below = both(condition, { heldBelow: rung });
  const itemOf = (item: string, is: ('unmet' | 'unknown' | 'manual')[], group?: string | null) => ({
    ...both(
      below,
      value.tier ? { item: { standard: value.tier.standard, tier: value.tier.tier, item, is } } : {},
    ),
    ...(group === undefined ? {} : { [by]: [group] }),
  });
  const share = (cell: { met: number; unmet: number }) =>
    cell.met + cell.unmet === 0 ? null : cell.unmet / (cell.met + cell.unmet);
  const height = 90 + value.rows.length * 24;
  const tools = (
    <>
      <Select
        size="small"
        aria-label={t('heat.target')}
        value={rung}
        options={[1, 2, 3].map((r) => ({ value: r, label: t(`common:tierShort.${r}`) }))}
        className="cohort-select"
        onChange={(next) => {
          setRung(next);
          setTier(undefined);
        }}
      />
      {value.tiers.length > 1 && value.tier && (
        <Select
          size="small"
          aria-label={t('heat.tier')}
          value={value.tier.tier}
          options={value.tiers.map((one) => ({
            value: one.tier,
            label: `${pick(one.number)} · ${pick(one.title)}`,
          }))}
          popupMatchSelectWidth={false}
          className="cohort-select"
          onChange={(name) => {
            const found = value.tiers.find((one) => one.tier === name);
            if (found) setTier({ standard: found.standard, tier: found.tier });
          }}
        />
      )}
      <Select
        size="small"
        aria-label={t('heat.by')}
        value={by}
        options={groupings.map((id) => ({ value: id, label: t(`grouping.${id}`) }))}
        className="cohort-select"
        onChange={setBy}
      />
    </>
  );
  return (
    <ChartPanel
      title={t('heat.title')}
      tools={tools}
      option={value.chart}
      light={() => call('cohort.heat', { ...asked, dark: false }).then((found) => found.chart)}
      height={height}
      onPick={({ at }) => {
        // Marks run row by row, from the last row up.
        const row = value.rows[value.rows.length - 1 - Math.floor(at / value.columns.length)];
        const x = at % value.columns.length;
        const [cell, column] = [row?.cells[x], value.columns[x]];
        if (row && cell && column && cell.unmet > 0)
          showBehind(
            `${pick(row.title)} · ${column.name}`,
            itemOf(row.item, ['unmet'], column.value),
            cell.unmet,
          );
      }}
      note={
        <>
          {t('heat.note', { tier: t(`common:tierShort.${rung}`) })}{' '}
          <Count
            of={t('heat.below', { tier: t(`common:tierShort.${rung}`) })}
            condition={below}
            count={value.n}
            text={t('firms', { count: value.n, number: formatNumber(value.n) })}
          />
          {value.more > 0 && ` · ${t('heat.more', { count: value.more })}`}
        </>
      }
      table={
        <table className="cohort-table">
          <thead>
            <tr>
              <th>{t('heat.item')}</th>
              <th className="num">{t('heat.unmet')}</th>
              <th className="num">{t('heat.open')}</th>
              <th className="num">{t('heat.share')}</th>
              {value.columns.map((column) => (
                <th key={column.value ?? ''} className="num">
                  {column.name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {value.rows.map((row) => {
              const all = share(row.all);
              return (
                <tr key={row.item}>
                  <td>{pick(row.title)}</td>
                  <td className="num">
                    <Count
                      of={pick(row.title)}
                      condition={itemOf(row.item, ['unmet'])}
                      count={row.all.unmet}
                    />
                  </td>
                  <td className="num">
                    <Count
                      of={`${pick(row.title)}${t('colon')}${t('heat.open')}`}
                      condition={itemOf(row.item, ['unknown', 'manual'])}
                      count={row.all.open}
                    />
                  </td>
                  <td className="num">{all === null ? '–' : shareText(all)}</td>
                  {row.cells.map((cell, x) => {
                    const column = value.columns[x];
                    return (
                      <td key={column?.value ?? ''} className="num">
                        <Count
                          of={`${pick(row.title)} · ${column?.name ?? ''}`}
                          condition={itemOf(row.item, ['unmet'], column?.value ?? null)}
                          count={cell.unmet}
                        />
                      </td>
                    );
                  })}
                </tr>
              );
            })}
          </tbody>
        </table>
      }
    />
  );
}
