import { Input, type InputRef } from 'antd';
import type { Ref } from 'react';

/** A passphrase with its label; what is typed is neither shown nor kept by the browser. */
export function PassphraseField(props: {
  id: string;
  label: string;
  value: string;
  onType: (value: string) => void;
  field?: Ref<InputRef>;
  large?: boolean;
  disabled?: boolean;
  wrong?: boolean;
  /** Id of the text that says what it must be like. */
  hint?: string;
}) {
  return (
    <div className="unlock-field">
      <label htmlFor={props.id}>{props.label}</label>
      <Input.Password
        id={props.id}
        ref={props.field}
        size={props.large ? 'large' : 'middle'}
        value={props.value}
        disabled={props.disabled ?? false}
        status={props.wrong ? 'error' : ''}
        autoComplete="off"
        aria-describedby={props.hint}
        onChange={({ target }) => props.onType(target.value)}
      />
    </div>
  );
}
