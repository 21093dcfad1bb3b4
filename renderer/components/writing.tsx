import { LockOutlined } from '@ant-design/icons';
import { ConfigProvider } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
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

/** Why nothing can be stored, where the notice above the screen is covered; nothing in a library to work in. */
export function ReadOnlyNote() {
  const { t } = useTranslation('safety');
  if (useCanWrite()) return null;
  return (
    <p className="read-only-note">
      <LockOutlined aria-hidden /> {t('access.nothingStored')}
    </p>
  );
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
