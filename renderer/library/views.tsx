import { DownOutlined, LayoutOutlined } from '@ant-design/icons';
import { App, Button, Checkbox, Dropdown, Input, Modal, Popover } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call, on } from '../api.ts';
import { lookAsCohort } from '../cohort/as-cohort.ts';
import { errorText } from '../components/error-text.ts';
import { columnNames } from './columns.tsx';
import {
  type ColumnName,
  currentChoice,
  differsFromView,
  FIRST_COLUMNS,
  showView,
  useList,
  type View,
} from './list-store.ts';

function definition(): View['definition'] {
  return { ...currentChoice(), columns: [...useList.getState().columns] } as View['definition'];
}

/** Asks for a name; Enter keeps. */
function NameDialog(props: { title: string; first: string; onName(name: string): void; onClose(): void }) {
  const { t } = useTranslation('lists');
  const [name, setName] = useState(props.first);
  const ready = name.trim() !== '';
  return (
    <Modal
      open
      title={props.title}
      width={440}
      okButtonProps={{ disabled: !ready }}
      onOk={() => props.onName(name.trim())}
      onCancel={props.onClose}
    >
      <label htmlFor="view-name">{t('view.name')}</label>
      <Input
        id="view-name"
        autoFocus
        maxLength={60}
        value={name}
        onChange={({ target }) => setName(target.value)}
        onPressEnter={(event) => {
          if (ready && !event.nativeEvent.isComposing) props.onName(name.trim());
        }}
      />
      <p className="muted">{t('view.hint')}</p>
    </Modal>
  );
}

/** Views that are kept: choose one, keep the list as it is, change or delete the one chosen. */
export function Views() {
  const { t } = useTranslation('lists');
  const { message } = App.useApp();
  const state = useList();
  const { view } = state;
  const [views, setViews] = useState<View[]>([]);
  const [naming, setNaming] = useState<'new' | 'rename' | null>(null);
  const changed = differsFromView(state);
  useEffect(() => {
    // Without an answer there is simply nothing to choose; saving tells what is wrong.
    const load = () => call('views.list', {}).then(setViews, () => undefined);
    void load();
    // A step taken back can bring a view back, or take it away.
    return on('changed', ({ topic }) => {
      if (topic === 'library') void load();
    });
  }, []);

  const failed = (error: unknown) => void message.error(errorText(error));
  const keep = (name: string, kept: View['definition'], id?: string) => {
    call('views.save', { ...(id ? { id } : {}), name, definition: kept }).then((answer) => {
      setViews(answer.views);
      useList.setState({ view: answer.views.find((v) => v.id === answer.id) ?? null });
      setNaming(null);
      void message.success(t('view.saved', { name }));
    }, failed);
  };
  const remove = (gone: View) => {
    call('views.remove', { id: gone.id }).then((left) => {
      setViews(left);
      useList.setState({ view: null });
      void message.success(t('view.removed', { name: gone.name }));
    }, failed);
  };
  const run: Record<string, () => void> = {
    all: () => showView(null),
    new: () => setNaming('new'),
    update: () => view && keep(view.name, definition(), view.id),
    rename: () => setNaming('rename'),
    remove: () => view && remove(view),
    cohort: () =>
      lookAsCohort({
        selection: { list: currentChoice() },
        ...(view && !changed ? { view: view.name } : {}),
      }),
  };
  const items = [
    { key: 'all', label: t('view.all') },
    ...views.map(({ id, name }) => ({ key: `view-${id}`, label: name })),
    { type: 'divider' as const },
    // What is archived or in the trash is in no cohort.
    ...(state.filter.archived || state.filter.trash ? [] : [{ key: 'cohort', label: t('view.cohort') }]),
    { key: 'new', label: t('view.save') },
    ...(view
      ? [
          ...(changed ? [{ key: 'update', label: t('view.update', { name: view.name }) }] : []),
          { key: 'rename', label: t('view.rename', { name: view.name }) },
          { key: 'remove', danger: true, label: t('view.remove', { name: view.name }) },
        ]
      : []),
  ];
  const name = view?.name ?? t('view.all');
  return (
    <>
      <Dropdown
        trigger={['click']}
        menu={{
          items,
          selectedKeys: [view ? `view-${view.id}` : 'all'],
          onClick: ({ key }) => {
            const chosen = views.find(({ id }) => key === `view-${id}`);
            if (chosen) showView(chosen);
            else run[key]?.();
          },
        }}
      >
        <Button aria-label={`${t('view.label')}: ${name}`} className="view-button">
          <span className="ellipsis">{changed && view ? t('view.changed', { name }) : name}</span>
          <DownOutlined aria-hidden />
        </Button>
      </Dropdown>
      {naming && (
        <NameDialog
          title={t(naming === 'new' ? 'view.saveTitle' : 'view.renameTitle')}
          first={naming === 'rename' ? (view?.name ?? '') : ''}
          onName={(given) =>
            naming === 'rename' && view ? keep(given, view.definition, view.id) : keep(given, definition())
          }
          onClose={() => setNaming(null)}
        />
      )}
    </>
  );
}

/** Which columns the list has; their order is always the same, so that two lists can be compared. */
export function ColumnPicker() {
  const { t } = useTranslation(['lists', 'library']);
  const { t: words } = useTranslation(['library', 'lists', 'common']);
  const shown = useList((state) => state.columns);
  const all = columnNames(words);
  const set = (key: ColumnName, on: boolean) =>
    useList.setState({
      columns: all.map((column) => column.key).filter((k) => (k === key ? on : shown.includes(k))),
    });
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      arrow={false}
      content={
        <div className="filter-panel">
          <div className="filter-options column-options">
            {all.map(({ key, title }) => (
              <Checkbox
                key={key}
                className="filter-option"
                disabled={key === 'name'}
                checked={shown.includes(key)}
                onChange={({ target }) => set(key, target.checked)}
              >
                {title}
              </Checkbox>
            ))}
          </div>
          <Button type="link" size="small" onClick={() => useList.setState({ columns: FIRST_COLUMNS })}>
            {t('columnsReset')}
          </Button>
        </div>
      }
    >
      <Button icon={<LayoutOutlined />} aria-label={t('columns')} title={t('columns')} />
    </Popover>
  );
}
