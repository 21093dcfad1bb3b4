import { RedoOutlined, RollbackOutlined, UndoOutlined } from '@ant-design/icons';
import { Button, Drawer, Input, Tooltip } from 'antd';
import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorText } from '../components/error-text.ts';
import { SaveState } from '../components/save-state.tsx';
import { shortLocale } from '../i18n/i18n.ts';
import { flushSave, useSaves } from '../state/save-queue.ts';
import { WordingExample } from './wording-example.tsx';
import {
  closeWording,
  editWording,
  type Profile,
  redoWording,
  type Section,
  undoWording,
  useWording,
  type Words,
  wordingKey,
} from './wording-store.ts';
import './wording.css';

type Field = 'firm' | 'tagline' | 'coverNote' | 'closing';
/** Longest texts, as the contract has them, and how many rows they are shown in. */
const FIELDS: readonly (readonly [Field, number, number])[] = [
  ['firm', 60, 1],
  ['tagline', 60, 1],
  ['coverNote', 400, 3],
  ['closing', 600, 3],
];
const SECTION_MAX = 40;
const LANGUAGES = ['zh', 'en'] as const;
const nothing = { zh: '', en: '' };

/** What a control character or a line end in a name becomes: it cannot be stored. */
const oneLine = (text: string) => text.replaceAll(/[\u0000-\u001f\u007f]+/g, ' ');
const plain = (text: string) => text.replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]+/g, ' ');

/** Both editions of one text, with the way back to the usual words. */
function TextPair(props: {
  name: string;
  label: string;
  /** The label with what it is the title of, where it is not told by its place on the screen. */
  spoken?: string;
  hint?: string;
  rows: number;
  max: number;
  value: { zh: string; en: string };
  usual?: { zh: string; en: string } | undefined;
  onChange(value: { zh: string; en: string } | null): void;
}) {
  const { name, label, spoken = label, rows, max, value, usual } = props;
  const { t } = useTranslation('wording');
  const changed = value.zh !== '' || value.en !== '';
  return (
    <div className="wording-field" data-wording={name}>
      <div className="wording-label">
        <strong>{label}</strong>
        <Tooltip title={t('reset', { label })}>
          <Button
            type="text"
            size="small"
            icon={<RollbackOutlined />}
            aria-label={t('reset', { label: spoken })}
            disabled={!changed}
            onClick={() => props.onChange(null)}
          />
        </Tooltip>
      </div>
      {props.hint && <p className="field-hint">{props.hint}</p>}
      <div className="wording-pair">
        {LANGUAGES.map((language) => {
          const shared = {
            'aria-label': t('of', { label: spoken, language: t(`language.${language}`) }),
            lang: language === 'zh' ? 'zh-CN' : 'en',
            maxLength: max,
            placeholder: usual?.[language] ?? t(`language.${language}`),
            value: value[language],
          };
          return rows === 1 ? (
            <Input
              key={language}
              {...shared}
              onChange={({ target }) => props.onChange({ ...value, [language]: oneLine(target.value) })}
            />
          ) : (
            <Input.TextArea
              key={language}
              {...shared}
              rows={rows}
              showCount
              onChange={({ target }) => props.onChange({ ...value, [language]: plain(target.value) })}
            />
          );
        })}
      </div>
    </div>
  );
}

function Fields({ profile }: { profile: Profile }) {
  const { t } = useTranslation('wording');
  const usual = useWording((state) => state.usual);
  const { words } = profile;
  const set = (tag: string, change: (words: Words) => Words) =>
    editWording(tag, (typed) => ({ ...typed, words: change(typed.words) }));
  return (
    <div className="wording-fields">
      <p className="wording-legal">{t('legal')}</p>
      <div className="wording-field">
        <label htmlFor="wording-name">
          <strong>{t('name')}</strong>
        </label>
        <Input
          id="wording-name"
          maxLength={60}
          status={profile.name.trim() === '' ? 'error' : ''}
          value={profile.name}
          onChange={({ target }) =>
            editWording('name', (typed) => ({ ...typed, name: oneLine(target.value) }))
          }
        />
      </div>
      {FIELDS.map(([name, max, rows]) => (
        <TextPair
          key={name}
          name={name}
          label={t(`field.${name}`)}
          hint={t(`hint.${name}`)}
          rows={rows}
          max={max}
          value={words[name]}
          onChange={(value) => set(value ? name : '', (old) => ({ ...old, [name]: value ?? nothing }))}
        />
      ))}
      <h3>{t('sections')}</h3>
      <p className="field-hint">{t('sectionsHint')}</p>
      {usual &&
        (Object.keys(usual) as Section[]).map((section) => (
          <TextPair
            key={section}
            name={section}
            label={usual[section][shortLocale()]}
            spoken={t('titleOf', { label: usual[section][shortLocale()] })}
            rows={1}
            max={SECTION_MAX}
            usual={usual[section]}
            value={words.sections[section] ?? nothing}
            onChange={(value) =>
              set(value ? section : '', ({ sections, ...old }) => {
                const { [section]: _, ...others } = sections;
                const empty = !value || (value.zh === '' && value.en === '');
                return { ...old, sections: empty ? others : { ...others, [section]: value } };
              })
            }
          />
        ))}
    </div>
  );
}

/** One profile of words to be edited, beside the paper as it will be; every change is stored and can be taken back. */
export function WordingEditor() {
  const { t } = useTranslation('wording');
  const { editing, past, future } = useWording();
  const save = useSaves((state) => (editing ? state.fields[wordingKey(editing.id)] : undefined));
  const [language, setLanguage] = useState(shortLocale);
  const onKeyDown = (event: KeyboardEvent) => {
    const key = event.key.toLowerCase();
    if (!(event.ctrlKey || event.metaKey) || event.altKey || (key !== 'z' && key !== 'y')) return;
    event.preventDefault();
    event.stopPropagation();
    if (key === 'y' || event.shiftKey) redoWording();
    else undoWording();
  };
  return (
    <Drawer
      open={editing !== null}
      size="min(1240px, 96vw)"
      title={t('editTitle')}
      onClose={() => void closeWording()}
      destroyOnHidden
      extra={
        <span className="wording-tools">
          <SaveState
            status={save?.status ?? 'idle'}
            onRetry={() => editing && void flushSave('wording', wordingKey(editing.id))}
          />
          <Tooltip title={t('undoHint')}>
            <Button
              type="text"
              icon={<UndoOutlined />}
              aria-label={t('undo')}
              disabled={past.length === 0}
              onClick={undoWording}
            />
          </Tooltip>
          <Button
            type="text"
            icon={<RedoOutlined />}
            aria-label={t('redo')}
            disabled={future.length === 0}
            onClick={redoWording}
          />
        </span>
      }
    >
      {editing && (
        // biome-ignore lint/a11y/noStaticElementInteractions: undo works from every field inside
        <div className="wording-editor" onKeyDown={onKeyDown}>
          <div className="wording-form">
            {save?.status === 'failed' && (
              <p className="field-problem" role="alert">
                {errorText(save.error)}
              </p>
            )}
            <Fields profile={editing} />
          </div>
          <WordingExample words={editing.words} language={language} onLanguage={setLanguage} />
        </div>
      )}
    </Drawer>
  );
}
