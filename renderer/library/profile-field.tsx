import { AutoComplete, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { call } from '../api.ts';
import { isAhead, parseLooseDate } from '../components/dates.ts';
import { GrowText } from '../components/grow-text.tsx';
import { formatWan, parseWan } from '../components/money.ts';
import { useSavedField } from '../components/use-saved-field.ts';
import { pick } from '../i18n/i18n.ts';
import { useReference } from '../state/reference.ts';
import { IndustryPicker } from './industry-picker.tsx';
import { ProfileFrame } from './profile-frame.tsx';
import {
  type Enterprise,
  type FieldPlace,
  listingKinds,
  ownershipKinds,
  type ProfileField,
} from './profile-groups.ts';
import { UsccField } from './uscc-field.tsx';

/** A typed text and what it means for the library: a value to store, or why it cannot be stored. */
type Reading = { value: unknown } | { problem: string };

function update(id: string, changes: Record<string, unknown>): Promise<unknown> {
  return call('enterprise.update', { id, changes });
}

/** Text of every kind (plain, long, date, money, code, place): typed as text, stored as what it means. */
function TextField({ enterprise, place }: { enterprise: Enterprise; place: FieldPlace }) {
  const { t } = useTranslation(['library', 'common']);
  const reference = useReference((state) => state.reference);
  const name = place.field as ProfileField;
  const raw = enterprise[name];
  const stored = raw === null ? '' : place.kind === 'money' ? formatWan(raw as number) : String(raw);

  const read = (text: string): Reading => {
    if (name === 'name') return text.trim() ? { value: text.trim() } : { problem: t('nameNeeded') };
    if (place.kind === 'money') {
      const parsed = parseWan(text);
      if (!parsed.ok) return { problem: t(`common:number.${parsed.problem}`) };
      if (parsed.value !== null && parsed.value < 0) return { problem: t('common:number.negative') };
      return { value: parsed.value };
    }
    if (place.kind === 'date') {
      const date = parseLooseDate(text);
      if (date === undefined) return { problem: t('badDate') };
      // All dates of the profile are of what has happened; one that came in otherwise may stay.
      return date && date !== raw && isAhead(date) ? { problem: t('aheadDate') } : { value: date };
    }
    return { value: text.trim() === '' ? null : text };
  };
  const field = useSavedField(enterprise.id, `profile ${name}`, stored, async (text) => {
    const reading = read(text);
    if ('value' in reading) await update(enterprise.id, { [name]: reading.value });
  });
  const reading = read(field.value);
  const problem = 'problem' in reading ? reading.problem : null;

  const id = `profile-${name}`;
  const take = (text: string) => {
    if ('problem' in read(text)) field.type(text);
    else field.change(text);
  };
  const common = {
    id,
    value: field.value,
    status: problem ? ('error' as const) : undefined,
    onBlur: field.flush,
  };
  const places = place.kind === 'province' ? reference?.provinces : reference?.districts;
  return (
    <ProfileFrame
      id={id}
      of={{ enterprise, name }}
      label={t(`field.${name}`)}
      unit={place.kind === 'money' ? t('common:unit.wan') : undefined}
      wide={place.wide}
      field={field}
      problem={problem}
    >
      {place.kind === 'long' ? (
        <GrowText {...common} maxLength={place.max} onChange={(e) => take(e.target.value)} />
      ) : place.kind === 'province' || place.kind === 'district' ? (
        <AutoComplete
          {...common}
          onChange={(text: string) => take((text ?? '').slice(0, place.max))}
          options={places?.map(({ name: both }) => ({
            value: both.zh,
            label: pick(both),
            search: `${both.zh} ${both.en}`,
          }))}
          showSearch={{
            filterOption: (input, option) =>
              String(option?.search).toLowerCase().includes(input.toLowerCase()),
          }}
        />
      ) : (
        <Input
          {...common}
          className={place.kind === 'money' ? 'num-input' : undefined}
          maxLength={place.max}
          placeholder={place.kind === 'date' ? t('datePlaceholder') : undefined}
          onChange={(e) => take(e.target.value)}
        />
      )}
    </ProfileFrame>
  );
}

function ChoiceField({ enterprise, place }: { enterprise: Enterprise; place: FieldPlace }) {
  const { t } = useTranslation('library');
  const name = place.field as 'ownership' | 'listingStatus';
  const kinds: readonly string[] = name === 'ownership' ? ownershipKinds : listingKinds;
  const field = useSavedField<string | null>(enterprise.id, `profile ${name}`, enterprise[name], (value) =>
    update(enterprise.id, { [name]: value }),
  );
  const id = `profile-${name}`;
  return (
    <ProfileFrame id={id} of={{ enterprise, name }} label={t(`field.${name}`)} field={field}>
      <Select
        id={id}
        allowClear
        style={{ width: '100%' }}
        value={field.value}
        placeholder={t('common:notKnown')}
        options={kinds.map((kind) => ({ value: kind, label: t(`${name}.${kind}`) }))}
        onChange={(value) => field.change(value ?? null)}
        onBlur={field.flush}
      />
    </ProfileFrame>
  );
}

function IndustryField({ enterprise }: { enterprise: Enterprise }) {
  const { t } = useTranslation('library');
  const { industrySection, industryDivision } = enterprise;
  const stored = `${industrySection ?? ''} ${industryDivision ?? ''}`;
  const split = (text: string) => {
    const [section, division] = text.split(' ');
    return { industrySection: section || null, industryDivision: division || null };
  };
  const field = useSavedField(enterprise.id, 'profile industry', stored, (text) =>
    update(enterprise.id, split(text)),
  );
  return (
    <ProfileFrame
      id="profile-industry"
      of={{ enterprise, name: 'industryDivision' }}
      label={t('field.industry')}
      field={field}
    >
      <IndustryPicker
        id="profile-industry"
        value={split(field.value)}
        onChange={(value) => field.change(`${value.industrySection ?? ''} ${value.industryDivision ?? ''}`)}
        onBlur={field.flush}
      />
    </ProfileFrame>
  );
}

function TagsField({ enterprise, place }: { enterprise: Enterprise; place: FieldPlace }) {
  const { t } = useTranslation('library');
  const field = useSavedField(enterprise.id, 'profile tags', enterprise.tags, (tags) =>
    update(enterprise.id, { tags }),
  );
  return (
    <ProfileFrame
      id="profile-tags"
      of={{ enterprise, name: 'tags' }}
      label={t('field.tags')}
      field={field}
      wide
    >
      <Select
        id="profile-tags"
        mode="tags"
        open={false}
        suffix={null}
        style={{ width: '100%' }}
        value={field.value}
        placeholder={t('tagsHint')}
        tokenSeparators={[',', '\uff0c', '\u3001', ';', '\uff1b']}
        onChange={(tags: string[]) =>
          field.change(
            [...new Set(tags.map((tag) => tag.trim().slice(0, place.max)).filter(Boolean))].slice(0, 30),
          )
        }
        onBlur={field.flush}
      />
    </ProfileFrame>
  );
}

/** One field of the profile, saved on its own within a second of typing. */
export function ProfileFieldInput(props: { enterprise: Enterprise; place: FieldPlace }) {
  const { kind } = props.place;
  if (kind === 'industry') return <IndustryField {...props} />;
  if (kind === 'tags') return <TagsField {...props} />;
  if (kind === 'uscc') return <UsccField {...props} />;
  if (kind === 'ownership' || kind === 'listingStatus') return <ChoiceField {...props} />;
  return <TextField {...props} />;
}
