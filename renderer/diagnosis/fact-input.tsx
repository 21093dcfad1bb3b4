import { useTranslation } from 'react-i18next';
import { pick } from '../i18n/i18n.ts';
import { type Choice, ChoiceInput, UNKNOWN } from './choice-input.tsx';
import { NumberInput } from './number-input.tsx';
import type { Fact } from './topics.ts';
import type { FactField } from './use-fact.ts';

/** The input of a fact by its type: choices for flags, options and short levels, otherwise a number. */
export function FactInput({ fact, field, label }: { fact: Fact; field: FactField; label: string }) {
  const { t } = useTranslation(['diagnosis', 'common']);
  const { value } = field;

  let choices: Choice[] | null = null;
  if (fact.type === 'bool') {
    choices = [
      { value: 'yes', label: t('common:yes'), hotkey: 'y' },
      { value: 'no', label: t('common:no'), hotkey: 'n' },
    ];
  } else if (fact.options) {
    choices = fact.options.map((option) => ({ value: option.value, label: pick(option.label) }));
  } else if (
    fact.type === 'level' &&
    fact.min !== undefined &&
    fact.max !== undefined &&
    fact.max - fact.min <= 6
  ) {
    const { min, max } = fact;
    choices = Array.from({ length: max - min + 1 }, (_, i) => {
      const level = String(min + i);
      return { value: level, label: level === '0' ? t('levelNone') : t('level', { level }), hotkey: level };
    });
  }
  if (choices) {
    const chosen =
      value === null ? UNKNOWN : value === true ? 'yes' : value === false ? 'no' : (value ?? null);
    return (
      <ChoiceInput
        name={fact.id}
        label={label}
        choices={choices}
        value={chosen}
        onClear={field.clear}
        onChoose={(next) =>
          field.answer(next === UNKNOWN ? null : fact.type === 'bool' ? next === 'yes' : next, true)
        }
      />
    );
  }
  return (
    <NumberInput
      id={`fact-${fact.id}`}
      name={fact.id}
      fact={fact}
      value={typeof value === 'boolean' ? undefined : value}
      held={field.held}
      onValue={(next) => field.answer(next)}
      onHold={field.hold}
      onUnknown={() => field.answer(null, true)}
      onClear={field.clear}
      onLeave={field.flush}
    />
  );
}
