import type { ReactNode } from 'react';
import { errorText } from '../components/error-text.ts';
import { SaveState } from '../components/save-state.tsx';
import type { SavedField } from '../components/use-saved-field.ts';
import { HistoryButton } from '../safety/history-button.tsx';
import type { Enterprise } from './profile-groups.ts';

/** Label, input, saved state and what is wrong, for one field that saves itself. */
export function ProfileFrame(props: {
  id: string;
  label: string;
  unit?: string;
  wide?: boolean;
  /** The enterprise and the field of it as the log names it. */
  of: { enterprise: Enterprise; name: string };
  field: Pick<SavedField<unknown>, 'status' | 'error' | 'flush'>;
  problem?: string | null;
  hint?: string | null;
  children: ReactNode;
}) {
  const { field, problem } = props;
  const said = problem ?? (field.status === 'failed' ? errorText(field.error) : null);
  return (
    <div className={props.wide ? 'profile-field profile-wide' : 'profile-field'}>
      <div className="profile-label">
        <label htmlFor={props.id}>
          {props.label}
          {props.unit && <span className="muted"> ({props.unit})</span>}
        </label>
        <SaveState
          compact
          status={problem ? 'failed' : field.status}
          onRetry={problem ? undefined : field.flush}
        />
        <HistoryButton
          of={{
            enterpriseId: props.of.enterprise.id,
            entity: 'enterprise',
            entityId: props.of.enterprise.id,
            field: props.of.name,
            label: props.label,
          }}
        />
      </div>
      {props.children}
      {said ? (
        <p className="field-problem" role="alert">
          {said}
        </p>
      ) : (
        props.hint && <p className="field-hint">{props.hint}</p>
      )}
    </div>
  );
}
