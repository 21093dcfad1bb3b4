import type { ReactNode } from 'react';

/** What a place says while it has nothing to show: what it is, and what to do next. */
export function EmptyState(props: {
  icon?: ReactNode;
  title: string;
  text?: ReactNode;
  actions?: ReactNode;
}) {
  return (
    <div className="empty-state">
      {props.icon && (
        <div className="empty-state-icon" aria-hidden>
          {props.icon}
        </div>
      )}
      <h2>{props.title}</h2>
      {props.text && <div className="empty-state-text">{props.text}</div>}
      {props.actions && <div className="empty-state-actions">{props.actions}</div>}
    </div>
  );
}
