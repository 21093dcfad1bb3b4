import {
  DatabaseOutlined,
  LockOutlined,
  PlusOutlined,
  RightOutlined,
  SafetyCertificateOutlined,
  SearchOutlined,
  SettingOutlined,
  TranslationOutlined,
  UploadOutlined,
} from '@ant-design/icons';
import { App, Input, Modal } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../api.ts';
import { errorText } from '../components/error-text.ts';
import { verifyPlan } from '../plan/verify-store.ts';
import { closePalette, importTable, lock, startAdding, useCommands } from '../state/commands.ts';
import { go } from '../state/place.ts';
import { saveSettings } from '../state/settings.ts';
import type { ListRow } from './list-store.ts';
import { type PaletteChoice, palettePlaces } from './palette-places.tsx';
import './library.css';

/** Ctrl+K: find an enterprise by any part of its name, pinyin, code or product, or run a command. */
export function Palette() {
  const { t } = useTranslation('library');
  const open = useCommands((state) => state.paletteOpen);
  return (
    <Modal
      open={open}
      title={<span className="visually-hidden">{t('palette.label')}</span>}
      onCancel={closePalette}
      footer={null}
      closable={false}
      width={620}
      destroyOnHidden
      style={{ top: 90 }}
    >
      <PaletteContent />
    </Modal>
  );
}

function PaletteContent() {
  const { t, i18n } = useTranslation([
    'library',
    'common',
    'exchange',
    'verify',
    'protection',
    'cohort',
    'safety',
    'settings',
  ]);
  const { message } = App.useApp();
  const [query, setQuery] = useState('');
  const [rows, setRows] = useState<ListRow[]>([]);
  const [failure, setFailure] = useState<unknown>(null);
  const [active, setActive] = useState(0);
  // The text the rows answer. Enter pressed before the answer is here waits for it, so that it never runs an old line.
  const [answered, setAnswered] = useState<string | null>(null);
  const [entered, setEntered] = useState(false);

  useEffect(() => {
    let current = true;
    const timer = setTimeout(
      () => {
        call('library.list', {
          query: query.trim() || undefined,
          sort: 'updated',
          descending: true,
          limit: query.trim() ? 8 : 5,
        }).then(
          (answer) => {
            if (!current) return;
            setRows(answer.rows);
            setAnswered(query);
            setFailure(null);
          },
          (error: unknown) => {
            if (!current) return;
            setRows([]);
            setAnswered(query);
            setFailure(error);
          },
        );
      },
      query ? 80 : 0,
    );
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [query]);

  const otherLocale = i18n.language === 'en' ? 'zh-CN' : 'en';
  const commands: PaletteChoice[] = [
    { key: 'new', icon: <PlusOutlined />, text: t('add'), second: 'Ctrl N', run: startAdding },
    { key: 'import', icon: <UploadOutlined />, text: t('exchange:title'), run: importTable },
    {
      key: 'verify',
      icon: <SafetyCertificateOutlined />,
      text: t('verify:command'),
      run: () => void verifyPlan(),
    },
    { key: 'library', icon: <DatabaseOutlined />, text: t('title'), run: () => go({ screen: 'library' }) },
    {
      key: 'settings',
      icon: <SettingOutlined />,
      text: t('common:rail.settings.hint'),
      second: 'Ctrl ,',
      run: () => go({ screen: 'settings' }),
    },
    {
      key: 'lock',
      icon: <LockOutlined />,
      text: t('protection:lockNow'),
      second: 'Ctrl Shift L',
      run: lock,
    },
    {
      key: 'language',
      icon: <TranslationOutlined />,
      text: t('palette.language'),
      run: () =>
        void saveSettings({ locale: otherLocale }).catch((error: unknown) => message.error(errorText(error))),
    },
  ];
  const wanted = query.trim().toLowerCase();
  const found: PaletteChoice[] = rows.map((row) => ({
    key: row.id,
    icon: <RightOutlined />,
    text: row.name,
    second: t(`common:tier.${row.currentRung}`),
    run: () => go({ screen: 'enterprise', id: row.id, tab: 'walk' }),
  }));
  // Places fill the list only once something is typed.
  const offered = wanted === '' ? commands : [...commands, ...palettePlaces(t)];
  const matching = offered.filter((choice) =>
    `${choice.text} ${choice.second ?? ''}`.toLowerCase().includes(wanted),
  );
  const choices = [...found, ...matching];
  const at = Math.min(active, Math.max(choices.length - 1, 0));

  const run = (choice: PaletteChoice | undefined) => {
    if (!choice) return;
    closePalette();
    choice.run();
  };
  useEffect(() => {
    if (!entered || answered !== query) return;
    setEntered(false);
    run(choices[at]);
  });
  const line = (choice: PaletteChoice, index: number) => (
    // The input keeps the focus and moves through the options by aria-activedescendant.
    // biome-ignore lint/a11y/useKeyWithClickEvents: see above
    // biome-ignore lint/a11y/useFocusableInteractive: see above
    <div
      key={choice.key}
      id={`choice-${choice.key}`}
      role="option"
      aria-selected={index === at}
      className="palette-item"
      onMouseMove={() => setActive(index)}
      onClick={() => run(choice)}
    >
      {choice.icon}
      <span className="ellipsis">{choice.text}</span>
      {choice.second && <span className="list-second">{choice.second}</span>}
    </div>
  );

  return (
    <>
      <Input
        autoFocus
        size="large"
        className="palette-input"
        prefix={<SearchOutlined aria-hidden />}
        role="combobox"
        aria-expanded
        aria-controls="palette-list"
        aria-activedescendant={choices[at] ? `choice-${choices[at].key}` : undefined}
        aria-label={t('palette.label')}
        placeholder={t('palette.placeholder')}
        maxLength={200}
        value={query}
        onChange={(event) => {
          setQuery(event.target.value);
          setActive(0);
          setEntered(false);
        }}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (event.key === 'ArrowDown') setActive(Math.min(at + 1, choices.length - 1));
          else if (event.key === 'ArrowUp') setActive(Math.max(at - 1, 0));
          else if (event.key === 'Enter') setEntered(true);
          else return;
          event.preventDefault();
        }}
      />
      {failure ? <p className="palette-group">{errorText(failure)}</p> : null}
      <div id="palette-list" role="listbox" aria-label={t('palette.label')} className="palette-list">
        {found.length > 0 && (
          <div className="palette-group" role="presentation">
            {t(query ? 'palette.enterprises' : 'palette.recent')}
          </div>
        )}
        {found.map(line)}
        {matching.length > 0 && (
          <div className="palette-group" role="presentation">
            {t('palette.commands')}
          </div>
        )}
        {matching.map((command, index) => line(command, found.length + index))}
        {choices.length === 0 && <div className="palette-group">{t('nothingFound')}</div>}
      </div>
    </>
  );
}
