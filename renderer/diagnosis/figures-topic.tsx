import { PlusOutlined } from '@ant-design/icons';
import { App, Button, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../api.ts';
import { errorText } from '../components/error-text.ts';
import { SaveState } from '../components/save-state.tsx';
import type { EnterpriseFile } from '../state/enterprise.ts';
import { flushOwner, overall, useSaves } from '../state/save-queue.ts';
import { useDraft } from './draft.ts';
import { FigureGrid } from './figure-grid.tsx';
import { type FigureColumn, figureColumns } from './figure-rows.ts';
import { RatioList } from './ratio-list.tsx';
import type { Fact } from './topics.ts';

const DEFAULT_YEARS = 4;

/** Writes a removed year back, every value with the backing it had. Throws CallError. */
async function restoreYear(id: string, stored: EnterpriseFile['figures'][number]): Promise<void> {
  const groups = new Map<string, FigureColumn[]>();
  for (const column of figureColumns) {
    if (stored.values[column] === null || stored.values[column] === undefined) continue;
    const backing = JSON.stringify(stored.backing[column] ?? null);
    groups.set(backing, [...(groups.get(backing) ?? []), column]);
  }
  for (const columns of groups.values()) {
    const values = Object.fromEntries(columns.map((column) => [column, stored.values[column]]));
    const backing = stored.backing[columns[0]!];
    await call('figures.set', {
      enterpriseId: id,
      years: [{ year: stored.year, values, ...(backing ? { backing } : {}) }],
    });
  }
}

/** Yearly figures: the grid, its years, and the ratios that are known only as such. */
export function FiguresTopic(props: { file: EnterpriseFile; facts: readonly Fact[]; fiscalYear: number }) {
  const { file, facts, fiscalYear } = props;
  const id = file.enterprise.id;
  const { t } = useTranslation(['diagnosis', 'common']);
  const { message } = App.useApp();
  const status = useSaves((state) => overall(state.fields, id));
  const draft = useDraft(id);
  const [added, setAdded] = useState<number[]>([]);
  const [hidden, setHidden] = useState<number[]>([]);
  const withData = [
    ...file.figures.map((row) => row.year),
    ...Object.keys(draft.figures).map((key) => Number(key.split(' ')[0])),
  ];
  const years = [
    ...new Set([
      ...withData,
      ...added,
      ...Array.from({ length: DEFAULT_YEARS }, (_, back) => fiscalYear - back),
    ]),
  ]
    .filter((year) => !hidden.includes(year))
    .sort((a, b) => a - b);

  const removeYear = async (year: number) => {
    const stored = file.figures.find((row) => row.year === year);
    setHidden([...hidden, year]);
    setAdded(added.filter((other) => other !== year));
    if (!stored) return;
    await flushOwner(id);
    try {
      await call('figures.removeYear', { enterpriseId: id, year });
    } catch (error) {
      setHidden(hidden);
      void message.error(errorText(error));
      return;
    }
    const key = `year ${year}`;
    void message.open({
      key,
      type: 'success',
      duration: 8,
      content: (
        <span>
          {t('yearRemoved', { year })}
          <Button
            type="link"
            size="small"
            onClick={() => {
              message.destroy(key);
              setHidden((now) => now.filter((other) => other !== year));
              restoreYear(id, stored).catch((error: unknown) => message.error(errorText(error)));
            }}
          >
            {t('undo')}
          </Button>
        </span>
      ),
    });
  };

  const addable = Array.from({ length: 30 }, (_, i) => fiscalYear + 2 - i).filter(
    (year) => !years.includes(year),
  );
  return (
    <>
      <div className="grid-bar">
        <span className="muted">{t('gridHint')}</span>
        <SaveState status={status} onRetry={() => void flushOwner(id)} />
        <Select<number | null>
          size="small"
          className="year-add"
          value={null}
          aria-label={t('addYear')}
          placeholder={
            <span>
              <PlusOutlined aria-hidden /> {t('addYear')}
            </span>
          }
          options={addable.map((year) => ({ value: year, label: t('common:unit.year', { year }) }))}
          onChange={(year) => {
            if (year === null) return;
            setHidden(hidden.filter((other) => other !== year));
            setAdded([...added, year]);
          }}
        />
      </div>
      <FigureGrid
        file={file}
        facts={facts}
        years={years}
        fiscalYear={fiscalYear}
        onRemoveYear={(year) => void removeYear(year)}
      />
      <RatioList enterpriseId={id} facts={facts} fiscalYear={fiscalYear} />
    </>
  );
}
