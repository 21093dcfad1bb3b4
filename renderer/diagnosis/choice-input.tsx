import { CheckOutlined, QuestionOutlined } from '@ant-design/icons';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';

export interface Choice {
  value: string;
  label: string;
  /** Key that chooses it. */
  hotkey?: string;
}

/** "Unknown for now" among the choices. */
export const UNKNOWN = 'unknown-for-now';

/**
 * Large buttons of which one is chosen, with "unknown for now" as an honest choice of its own. Arrows move, space or the
 * choice's key chooses, Delete takes the answer back; Enter is left to the walk.
 */
export function ChoiceInput(props: {
  name: string;
  label: string;
  choices: readonly Choice[];
  value: string | null;
  onChoose(value: string): void;
  onClear(): void;
}) {
  const { t } = useTranslation('diagnosis');
  const { choices, value } = props;
  const all: Choice[] = [...choices, { value: UNKNOWN, label: t('unknownForNow'), hotkey: 'u' }];
  const roving = all.some((choice) => choice.value === value) ? value : all[0]!.value;

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const buttons = [...event.currentTarget.querySelectorAll<HTMLButtonElement>('button')];
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step !== 0 && at >= 0) {
      event.preventDefault();
      buttons[(at + step + buttons.length) % buttons.length]?.focus();
    } else if (event.key === 'Delete' || event.key === 'Backspace') {
      event.preventDefault();
      props.onClear();
    } else {
      const hit =
        all.find((choice) => choice.hotkey === event.key.toLowerCase()) ??
        (/^[1-9]$/.test(event.key) && !choices.some((c) => c.hotkey === event.key)
          ? all[Number(event.key) - 1]
          : undefined);
      if (!hit) return;
      event.preventDefault();
      props.onChoose(hit.value);
    }
  };

  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a row of joined buttons
    <div
      className="choices"
      role="group"
      aria-label={props.label}
      data-walk-field={props.name}
      onKeyDown={onKeyDown}
    >
      {all.map((choice) => {
        const chosen = choice.value === value;
        const unknown = choice.value === UNKNOWN;
        return (
          <button
            key={choice.value}
            type="button"
            className={unknown ? 'choice choice-unknown' : `choice choice-${choice.value}`}
            aria-pressed={chosen}
            tabIndex={choice.value === roving ? 0 : -1}
            data-roving={choice.value === roving}
            data-unknown={unknown || undefined}
            onClick={() => props.onChoose(choice.value)}
          >
            {chosen && (unknown ? <QuestionOutlined aria-hidden /> : <CheckOutlined aria-hidden />)}
            {choice.label}
          </button>
        );
      })}
    </div>
  );
}
