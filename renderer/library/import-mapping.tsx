import { InputNumber, Select, Table, Tag } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import {
  changeColumn,
  changeMapping,
  chooseSheet,
  type ImportColumn,
  type Opened,
  useImport,
} from './import-store.ts';
import { targetLabel } from './import-words.ts';

const groups = ['profile', 'figures', 'facts', 'titles', 'year'] as const;
const moneyUnits = ['yuan', 'thousand', 'wan', 'million', 'yi'] as const;
const ratioUnits = ['percent', 'fraction'] as const;

/** The second step: what each column becomes, with examples; proposed, and changed where it is wrong. */
export function ImportMapping({ opened }: { opened: Opened }) {
  const { t } = useTranslation(['exchange', 'library', 'common']);
  const busy = useImport((state) => state.busy);
  const targets = useMemo(
    () => new Map(opened.targets.map((target) => [target.id, target])),
    [opened.targets],
  );
  const options = useMemo(
    () => [
      { label: t('ignore'), value: '' },
      ...groups.map((group) => ({
        label: t(`group.${group}`),
        options: opened.targets
          .filter((target) => target.group === group)
          .map((target) => ({ label: targetLabel(target, t), value: target.id })),
      })),
    ],
    [opened.targets, t],
  );
  const unitOptions = (units: readonly string[]) =>
    units.map((unit) => ({ label: t(`unit.${unit}`), value: unit }));

  const target = (column: ImportColumn) => (
    <span className="import-target">
      <Select
        aria-label={`${column.header} → ${t('col.target')}`}
        className="import-select"
        showSearch={{ optionFilterProp: 'label' }}
        value={column.target ?? ''}
        options={options}
        onChange={(id: string) => {
          const next = targets.get(id);
          const unit = next?.kind === 'ratio' ? 'percent' : null;
          changeColumn(column.column, { target: id || null, unit, year: next?.yearly ? column.year : null });
        }}
      />
      {column.guessed && <Tag color="warning">{t('guess')}</Tag>}
    </span>
  );
  const year = (column: ImportColumn) =>
    column.target && targets.get(column.target)?.yearly ? (
      <InputNumber
        aria-label={`${column.header} ${t('col.year')}`}
        min={1949}
        max={2200}
        precision={0}
        placeholder={t('theDefault')}
        value={column.year}
        onChange={(value) => changeColumn(column.column, { year: value })}
      />
    ) : null;
  const unit = (column: ImportColumn) => {
    const kind = column.target && targets.get(column.target)?.kind;
    if (kind !== 'money' && kind !== 'ratio') return null;
    return (
      <Select
        aria-label={`${column.header} ${t('col.unit')}`}
        className="import-unit"
        value={column.unit ?? ''}
        options={[
          ...(kind === 'money' ? [{ label: t('theDefault'), value: '' }] : []),
          ...unitOptions(kind === 'money' ? moneyUnits : ratioUnits),
        ]}
        onChange={(value: string) =>
          changeColumn(column.column, { unit: (value || null) as ImportColumn['unit'] })
        }
      />
    );
  };

  return (
    <>
      <div className="import-line">
        <span>
          {t('found', { name: opened.name || t('pasted'), headerRow: opened.headerRow, rows: opened.rows })}
        </span>
        {opened.sheets.length > 1 && (
          <span>
            {t('sheet')}{' '}
            <Select
              aria-label={t('sheet')}
              className="import-select"
              disabled={busy}
              value={opened.sheet}
              options={opened.sheets.map(({ name, hidden }, value) => ({
                label: hidden ? `${name} ${t('hidden')}` : name,
                value,
              }))}
              onChange={(sheet: number) => void chooseSheet(sheet)}
            />
          </span>
        )}
        <span>
          {t('defaultYear')}{' '}
          <InputNumber
            aria-label={t('defaultYear')}
            min={1949}
            max={2200}
            precision={0}
            value={opened.year}
            onChange={(value) => value && changeMapping({ year: value })}
          />
        </span>
        <span>
          {t('defaultUnit')}{' '}
          <Select
            aria-label={t('defaultUnit')}
            className="import-unit"
            value={opened.unit}
            options={unitOptions(moneyUnits)}
            onChange={(value) => changeMapping({ unit: value as Opened['unit'] })}
          />
        </span>
      </div>
      <Table<ImportColumn>
        size="small"
        rowKey="column"
        pagination={false}
        virtual
        scroll={{ y: 380, x: 960 }}
        dataSource={opened.columns.filter((column) => column.header !== '' || column.samples.length > 0)}
        columns={[
          { title: t('col.header'), width: 220, render: (_, c) => <b>{c.header}</b> },
          { title: t('col.samples'), width: 220, ellipsis: true, render: (_, c) => c.samples.join(' · ') },
          { title: t('col.target'), width: 280, render: (_, c) => target(c) },
          { title: t('col.year'), width: 120, render: (_, c) => year(c) },
          { title: t('col.unit'), width: 165, render: (_, c) => unit(c) },
        ]}
      />
    </>
  );
}
