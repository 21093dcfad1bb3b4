import { CloseOutlined, DownOutlined } from '@ant-design/icons';
import { Button, Checkbox, Popover } from 'antd';
import { useTranslation } from 'react-i18next';
import type { CallOutput } from '../../electron/api.ts';
import { call } from '../api.ts';
import { formatNumber } from '../components/money.ts';
import { pick } from '../i18n/i18n.ts';
import { placeName } from '../library/columns.tsx';
import { type Reference, useReference } from '../state/reference.ts';
import type { Condition } from './list-store.ts';
import { useAnswer, useLibraryVersion } from './use-cohort.ts';

export type Facets = CallOutput<'cohort.facets'>;
type Part = 'city' | 'district' | 'section' | 'division' | 'size' | 'stage' | 'consultant' | 'tags';

/** The name of a value to filter by. */
export function useValueName(): (part: Part, value: string | null) => string {
  const { t } = useTranslation(['cohort', 'common', 'diagnosis']);
  const reference = useReference((state) => state.reference);
  return (part, value) => valueName(part, value, t as (key: string) => string, reference);
}

function valueName(
  part: Part,
  value: string | null,
  t: (key: string) => string,
  reference: Reference | null,
): string {
  if (value === null) return t('cohort:notKnown');
  if (part === 'district') return placeName(reference, value) ?? value;
  if (part === 'size' || part === 'stage') return t(`cohort:${part}.${value}`);
  if (part === 'consultant' || part === 'tags' || part === 'city') return value;
  const list = part === 'section' ? reference?.sections : reference?.divisions;
  const found = list?.find((d) => d.code === value);
  return found ? pick(found.name) : value;
}

/** A chip that opens boxes to tick, each with how many enterprises there are. */
function PartChip(props: {
  part: Part;
  values: Facets['district'];
  chosen: readonly (string | null)[] | undefined;
  onChange(chosen: (string | null)[] | undefined): void;
}) {
  const { t } = useTranslation('cohort');
  const name = useValueName();
  const { part, values, chosen } = props;
  const label = t(`part.${part}`);
  const words = (chosen ?? []).map((value) => name(part, value));
  // A checkbox has no null.
  const coded = (value: string | null) => value ?? '';
  return (
    <Popover
      trigger="click"
      placement="bottomLeft"
      arrow={false}
      content={
        <Checkbox.Group
          className="filter-options"
          value={(chosen ?? []).map(coded)}
          options={values.map(({ value, count }) => ({
            value: coded(value),
            label: (
              <>
                {name(part, value)} <span className="muted">{formatNumber(count)}</span>
              </>
            ),
          }))}
          onChange={(picked) =>
            props.onChange(picked.length > 0 ? picked.map((p) => (p === '' ? null : String(p))) : undefined)
          }
        />
      }
    >
      <button type="button" className="filter-chip" aria-pressed={words.length > 0}>
        {words.length === 0
          ? label
          : t('chosen', {
              label,
              chosen: words.length > 2 ? t('several', { count: words.length }) : words.join(t('join')),
            })}
        <DownOutlined aria-hidden className="filter-arrow" />
      </button>
    </Popover>
  );
}

const parts: readonly Part[] = [
  'city',
  'district',
  'section',
  'division',
  'size',
  'stage',
  'consultant',
  'tags',
];

/** Without what is undefined, so that equal conditions read the same. */
function clean(condition: Condition): Condition {
  return Object.fromEntries(Object.entries(condition).filter(([, value]) => value !== undefined));
}

/** What was chosen in the library's list, with how many of it count, and the way back to everyone. */
function ChosenChip(props: {
  chosen: NonNullable<Condition['chosen']>;
  total: number | undefined;
  onClose(): void;
}) {
  const { t } = useTranslation('cohort');
  const { chosen, total } = props;
  const name = chosen.view
    ? t('chosenView', { view: chosen.view })
    : t('list' in chosen.selection ? 'chosenList' : 'chosenMarked');
  return (
    <button
      type="button"
      className="filter-chip"
      aria-pressed
      aria-label={t('chosenEnd', { name })}
      title={t('chosenEnd', { name })}
      onClick={props.onClose}
    >
      {name}
      {total !== undefined && <b>{formatNumber(total)}</b>}
      <CloseOutlined aria-hidden className="filter-arrow" />
    </button>
  );
}

/** Chips that say which enterprises are looked at; `held` also offers the title held. */
export function ConditionBar(props: {
  condition: Condition;
  onChange(condition: Condition): void;
  held?: boolean;
}) {
  const { t } = useTranslation(['cohort', 'common']);
  const version = useLibraryVersion();
  const { condition, onChange } = props;
  const { chosen } = condition;
  const { value: facets } = useAnswer(`facets ${version} ${JSON.stringify(chosen ?? null)}`, () =>
    call('cohort.facets', chosen ? { chosen } : {}),
  );
  const set = (change: Partial<Condition>) => onChange(clean({ ...condition, ...change } as Condition));
  const any = Object.keys(condition).some((part) => part !== 'samples');
  const samples = facets?.samples ?? 0;
  const held = condition.held ?? [];
  return (
    <fieldset className="cohort-conditions" aria-label={t('conditions')}>
      {chosen && (
        <ChosenChip
          chosen={chosen}
          total={facets?.total}
          onClose={() => set({ chosen: undefined, samples: false })}
        />
      )}
      {props.held &&
        [0, 1, 2, 3].map((rung) => (
          <button
            key={rung}
            type="button"
            className="filter-chip"
            aria-pressed={held.includes(rung)}
            onClick={() => {
              const next = held.includes(rung) ? held.filter((h) => h !== rung) : [...held, rung];
              set({ held: next.length > 0 ? next : undefined });
            }}
          >
            {t(`common:tier.${rung}`)}
            {facets && <b>{formatNumber(facets.held[rung] ?? 0)}</b>}
          </button>
        ))}
      {parts.map((part) =>
        // Nothing to choose from is nothing to show.
        (facets?.[part].length ?? 0) > 1 || condition[part] ? (
          <PartChip
            key={part}
            part={part}
            values={facets?.[part] ?? []}
            chosen={condition[part]}
            onChange={(chosen) => set({ [part]: chosen })}
          />
        ) : null,
      )}
      {(samples > 0 || condition.samples !== undefined) && (
        <button
          type="button"
          className="filter-chip"
          aria-pressed={condition.samples === false}
          onClick={() => set({ samples: condition.samples === false ? undefined : false })}
        >
          {t('noSamples')}
        </button>
      )}
      {any && (
        <Button
          type="link"
          size="small"
          onClick={() => onChange(clean({ samples: chosen ? false : condition.samples } as Condition))}
        >
          {t('clear')}
        </Button>
      )}
    </fieldset>
  );
}
