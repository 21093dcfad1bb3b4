import { Input } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../api.ts';
import { useSavedField } from '../components/use-saved-field.ts';
import { ProfileFrame } from './profile-frame.tsx';
import type { Enterprise, FieldPlace } from './profile-groups.ts';
import { useUsccNote } from './use-uscc-note.ts';

/** The credit code of an enterprise: kept while it is typed, stored once it is valid. */
export function UsccField({ enterprise, place }: { enterprise: Enterprise; place: FieldPlace }) {
  const { t } = useTranslation('library');
  const stored = enterprise.uscc ?? '';
  const field = useSavedField(enterprise.id, 'profile uscc', stored, (text) =>
    call('enterprise.update', { id: enterprise.id, changes: { uscc: text.trim() || null } }),
  );
  const [left, setLeft] = useState(true);
  const note = useUsccNote(field.value, left, t);
  const fit = note.tone === 'good' || note.tone === 'empty';
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each text that turns out to be fit to store
  useEffect(() => {
    if (fit && field.value !== stored) field.change(field.value);
  }, [fit, field.value]);
  const problem = note.tone === 'error' ? note.text : null;
  return (
    <ProfileFrame
      id="profile-uscc"
      of={{ enterprise, name: 'uscc' }}
      label={t('field.uscc')}
      wide={place.wide}
      field={field}
      problem={problem}
      hint={note.tone === 'hint' ? note.text : null}
    >
      <Input
        id="profile-uscc"
        maxLength={place.max}
        value={field.value}
        status={problem ? 'error' : undefined}
        onChange={(e) => {
          setLeft(false);
          field.type(e.target.value);
        }}
        onBlur={() => {
          setLeft(true);
          field.flush();
        }}
      />
    </ProfileFrame>
  );
}
