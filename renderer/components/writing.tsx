import { ConfigProvider } from 'antd';
import type { ReactNode } from 'react';
import { useCanWrite } from '../state/can-write.ts';
import './writing.css';

/**
 * Fields and buttons that store something: in a library open only for looking they are disabled, all at once. What only
 * shows something says `disabled={false}` itself. The notice above the screen says why, and what can still be done.
 */
export function Writing({ children }: { children: ReactNode }) {
  const canWrite = useCanWrite();
  return <ConfigProvider componentDisabled={!canWrite}>{children}</ConfigProvider>;
}

/** The same for an input of our own with all its parts; nothing inside stays enabled. */
export function WritingInput({ children }: { children: ReactNode }) {
  const canWrite = useCanWrite();
  if (canWrite) return children;
  return (
    <fieldset className="writing-off" disabled>
      {children}
    </fieldset>
  );
}
