import { useCanWrite } from '../state/can-write.ts';

/** Text that grows with its lines. Keyboard of the editor (undo, moving) is handled above it. */
export function TextArea(props: {
  id?: string;
  value: string;
  label: string;
  max: number;
  className?: string;
  placeholder?: string;
  field?: string;
  onChange(value: string): void;
  onLeave?(): void;
  onKeyDown?(event: React.KeyboardEvent<HTMLTextAreaElement>): void;
}) {
  const canWrite = useCanWrite();
  return (
    <textarea
      readOnly={!canWrite}
      id={props.id}
      className={`prose ${props.className ?? ''}`}
      rows={1}
      aria-label={props.label}
      maxLength={props.max}
      placeholder={props.placeholder}
      data-field={props.field}
      value={props.value}
      onChange={(event) => props.onChange(event.target.value)}
      onBlur={props.onLeave}
      onKeyDown={props.onKeyDown}
    />
  );
}
