import { DownOutlined } from '@ant-design/icons';
import { Button, Checkbox, Input, Popover } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '../components/money.ts';

/** A chip that opens something to choose; `said` is what is chosen now, empty = nothing. */
export function FilterChip(props: { label: string; said: string; children: ReactNode; onClear(): void }) {
  const { t } = useTranslation(['library', 'lists']);
  const { label, said } = props;
  return (
    <Popover
      trigger="click"
      placement="bottomLeft"
      arrow={false}
      content={
        <div className="filter-panel">
          {props.children}
          {said !== '' && (
            <Button type="link" size="small" className="filter-clear" onClick={props.onClear}>
              {t('lists:filter.clear')}
            </Button>
          )}
        </div>
      }
    >
      <button type="button" className="filter-chip" aria-pressed={said !== ''}>
        {said === '' ? label : t('filter.chosen', { label, chosen: said })}
        <DownOutlined aria-hidden className="filter-arrow" />
      </button>
    </Popover>
  );
}

/** What is chosen, in a few words. */
export function useSaid(): (words: readonly string[]) => string {
  const { t } = useTranslation('library');
  return (words) =>
    words.length > 2 ? t('filter.several', { count: words.length }) : words.join(t('filter.join'));
}

export interface Option<T extends string> {
  value: T;
  label?: ReactNode;
  /** What it is called in the chip, and found by. */
  short: string;
  count?: number | undefined;
}

/** Boxes to tick, with how many each would show; a long list can be searched. */
export function OptionList<T extends string>(props: {
  chosen: readonly T[] | undefined;
  options: readonly Option<T>[];
  onChange(chosen: T[] | undefined): void;
}) {
  const { t } = useTranslation('lists');
  const { options, chosen } = props;
  const [find, setFind] = useState('');
  const wanted = find.trim().toLowerCase();
  const shown = wanted ? options.filter(({ short }) => short.toLowerCase().includes(wanted)) : options;
  const toggle = (value: T) => {
    const next = chosen?.includes(value) ? chosen.filter((v) => v !== value) : [...(chosen ?? []), value];
    props.onChange(next.length > 0 ? next : undefined);
  };
  return (
    <>
      {options.length > 9 && (
        <Input
          size="small"
          allowClear
          aria-label={t('filter.find')}
          placeholder={t('filter.find')}
          value={find}
          onChange={({ target }) => setFind(target.value)}
        />
      )}
      <div className="filter-options">
        {shown.map(({ value, label, short, count }) => (
          <Checkbox
            key={value}
            className={count === 0 ? 'filter-option filter-option-zero' : 'filter-option'}
            checked={chosen?.includes(value) ?? false}
            onChange={() => toggle(value)}
          >
            <span className="filter-option-name">{label ?? short}</span>
            {count !== undefined && <span className="filter-count">{formatNumber(count)}</span>}
          </Checkbox>
        ))}
        {shown.length === 0 && <span className="muted">{t('filter.noOptions')}</span>}
      </div>
    </>
  );
}

/** A chip over a list of boxes. */
export function ListChip<T extends string>(props: {
  label: string;
  chosen: readonly T[] | undefined;
  options: readonly Option<T>[];
  onChange(chosen: T[] | undefined): void;
}) {
  const said = useSaid();
  const { chosen, options, onChange } = props;
  const words = (chosen ?? []).map((value) => options.find((o) => o.value === value)?.short ?? value);
  return (
    <FilterChip label={props.label} said={said(words)} onClear={() => onChange(undefined)}>
      <OptionList chosen={chosen} options={options} onChange={onChange} />
    </FilterChip>
  );
}
