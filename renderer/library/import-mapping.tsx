import { Alert, InputNumber, Select, Table, Tag } from 'antd';
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
const ratioUnits = ['percent', 'fraction', 'bySize'] as const;

/** Columns of percents that can be read in two ways, with rows to look at. */
function Doubts({ columns }: { columns: readonly ImportColumn[] }) {
  const { t } = useTranslation('exchange');
  const list = (examples: readonly { row: number; value: string }[]) =>
    examples.map((example) => t('doubt.example', example)).join(t('tagJoin'));
  return columns.map(({ column, header, unit, doubt }) => {
    const open = doubt?.kind === 'mixed' ? unit === null : unit === 'fraction';
    if (!doubt || !open) return null;
    const said = { column: header, percents: list(doubt.percents), fractions: list(doubt.fractions) };
    return (
      <Alert
        key={column}
        showIcon
        type={doubt.kind === 'mixed' ? 'warning' : 'info'}
        title={t(`doubt.${doubt.kind}`, said)}
      />
    );
  });
}

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
          const year = next?.yearly ? column.year : null;
          changeColumn(column.column, { target: id || null, unit: null, year, doubt: null });
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
    const undecided = kind === 'ratio' && column.unit === null;
    return (
      <Select
        aria-label={`${column.header} ${t('col.unit')}`}
        className="import-unit"
        status={undecided && column.doubt ? 'error' : undefined}
        placeholder={t(column.doubt ? 'chooseUnit' : 'unitAuto')}
        value={undecided ? undefined : (column.unit ?? '')}
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
      <Doubts columns={opened.columns} />
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
