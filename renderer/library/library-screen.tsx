import { DatabaseOutlined, PlusOutlined, SearchOutlined } from '@ant-design/icons';
import { App, Button, Input, type InputRef, Spin } from 'antd';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../api.ts';
import { EmptyState } from '../components/empty-state.tsx';
import { errorText } from '../components/error-text.ts';
import { ErrorView } from '../components/error-view.tsx';
import { formatNumber } from '../components/money.ts';
import { VirtualGrid } from '../components/virtual-grid.tsx';
import { useCanWrite } from '../state/can-write.ts';
import { startAdding, useCommands } from '../state/commands.ts';
import { go } from '../state/place.ts';
import { useReference } from '../state/reference.ts';
import { useService } from '../state/service.ts';
import { AddDrawer } from './add-drawer.tsx';
import { AskName } from './ask-name.tsx';
import { BulkBar } from './bulk-bar.tsx';
import { ConflictButton } from './case-inbox.tsx';
import { listColumns } from './columns.tsx';
import { ExchangeButtons } from './exchange-buttons.tsx';
import { Filters } from './filters.tsx';
import { useDrop } from './import-file.tsx';
import {
  ask,
  followLibrary,
  type ListRow,
  reloadList,
  rowAt,
  type SortKey,
  setActive,
  showRange,
  useList,
} from './list-store.ts';
import { useGridSelection } from './selection.ts';
import { ColumnPicker, Views } from './views.tsx';
import './library.css';

const ROW_HEIGHT = 50;
/** Orders that a click on the heading begins at the far end. */
const LARGEST_FIRST = new Set(['updated', 'revenue', 'rung', 'unmet', 'unknown', 'checked', 'sizeClass']);

function open(row: ListRow): void {
  go({ screen: 'enterprise', id: row.id, tab: 'walk' });
}

/** Search as you type; Ctrl+F puts the cursor here, arrow down goes into the list. */
function SearchBox() {
  const { t } = useTranslation('library');
  const box = useRef<InputRef>(null);
  const requests = useCommands((state) => state.findRequests);
  const stored = useList((state) => state.query);
  const [text, setText] = useState(stored);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => setText(stored), [stored]);
  useEffect(() => {
    if (requests > 0) box.current?.focus({ cursor: 'all' });
  }, [requests]);
  useEffect(() => () => clearTimeout(timer.current), []);
  return (
    <Input
      ref={box}
      className="library-search"
      prefix={<SearchOutlined aria-hidden />}
      suffix={<kbd>Ctrl F</kbd>}
      allowClear
      maxLength={200}
      placeholder={t('searchPlaceholder')}
      aria-label={t('search')}
      value={text}
      onChange={({ target }) => {
        setText(target.value);
        clearTimeout(timer.current);
        timer.current = setTimeout(() => void ask({ query: target.value }), 120);
      }}
      onKeyDown={(event) => {
        if (event.key !== 'ArrowDown' && event.key !== 'Enter') return;
        if (event.nativeEvent.isComposing) return;
        event.preventDefault();
        // What is being searched for has to be in the list before the keyboard goes there.
        clearTimeout(timer.current);
        const there = text === stored ? Promise.resolve() : ask({ query: text });
        void there.then(() => document.querySelector<HTMLElement>('.library-list [role="grid"]')?.focus());
      }}
    />
  );
}

/** First start: what this is, and the two ways to begin. */
function FirstStart() {
  const canWrite = useCanWrite();
  const { t } = useTranslation('library');
  const { message } = App.useApp();
  const [samples, setSamples] = useState<number | null>(null);
  const [account, setAccount] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    // Without an answer the button simply does not say how many there are.
    call('app.info', {}).then(
      (info) => {
        setSamples(info.samplesAvailable);
        setAccount(info.account);
      },
      () => setSamples(null),
    );
  }, []);
  const load = () => {
    setBusy(true);
    call('samples.load', {})
      .then(({ added }) => message.success(t('samplesLoaded', { count: added })))
      .then(() => reloadList())
      .catch((error: unknown) => message.error(errorText(error)))
      .finally(() => setBusy(false));
  };
  return (
    <EmptyState
      icon={<DatabaseOutlined />}
      title={t('firstTitle')}
      text={
        <>
          <p>{t('firstText')}</p>
          <ol className="first-steps">
            {['library', 'check', 'plan'].map((step) => (
              <li key={step}>
                <b>{t(`firstStep.${step}.name`)}</b>
                <span>{t(`firstStep.${step}.text`)}</span>
              </li>
            ))}
          </ol>
          {account !== null && <AskName account={account} />}
        </>
      }
      actions={
        <>
          {samples !== 0 && (
            <Button type="primary" size="large" disabled={!canWrite} loading={busy} onClick={load}>
              {samples ? t('loadSamplesCount', { count: samples }) : t('loadSamples')}
            </Button>
          )}
          <Button size="large" disabled={!canWrite} icon={<PlusOutlined />} onClick={startAdding}>
            {t('add')}
          </Button>
          <ExchangeButtons empty />
        </>
      }
    />
  );
}

/** 库: every enterprise of the library, to search, filter, compare and open. */
export function LibraryScreen() {
  const canWrite = useCanWrite();
  const { t } = useTranslation(['library', 'lists', 'common']);
  const reference = useReference((state) => state.reference);
  const restarts = useService((state) => state.restarts);
  const {
    total,
    windows,
    summary,
    error,
    active,
    sort,
    descending,
    query,
    filter,
    columns: shown,
  } = useList();
  // biome-ignore lint/correctness/useExhaustiveDependencies: after a restart of the service everything is asked again
  useEffect(() => followLibrary(), [restarts]);
  const { over, handlers } = useDrop();
  // The archive and the trash hold nothing else.
  const archivedToo = !filter.trash && !filter.archived;
  const { columns, least } = useMemo(
    () => listColumns(t, reference, shown, archivedToo),
    [t, reference, shown, archivedToo],
  );
  const selection = useGridSelection();
  const row = useCallback((index: number) => rowAt(windows, index), [windows]);

  const narrowed = query.trim() !== '' || Object.values(filter).some((value) => value !== undefined);
  const empty = total === 0 && !narrowed && (summary?.total ?? 0) + (summary?.archived ?? 0) === 0;
  const toggleSort = (key: string) => {
    // Names read from A, figures from the largest, distances and days from the nearest.
    if (key === sort) void ask({ descending: !descending });
    else void ask({ sort: key as SortKey, descending: LARGEST_FIRST.has(key) });
  };

  return (
    // A place to drop a table; the button does the same for the keyboard.
    <div className={over ? 'screen library-drop-over' : 'screen'} {...handlers}>
      <header className="library-head">
        <div className="library-title">
          <h1>{t('title')}</h1>
          {total !== null && !empty && (
            <span className="muted" role="status">
              {t('total', { count: total, number: formatNumber(total) })}
            </span>
          )}
        </div>
        {!empty && <SearchBox />}
        <div className="library-head-space" />
        {!empty && <Views />}
        {!empty && <ColumnPicker />}
        {!empty && <ConflictButton />}
        {!empty && <ExchangeButtons />}
        {!empty && (
          <Button type="primary" disabled={!canWrite} icon={<PlusOutlined />} onClick={startAdding}>
            {t('add')}
          </Button>
        )}
      </header>
      {!empty && <Filters />}
      {error ? <ErrorView error={error} onRetry={() => void reloadList()} /> : null}
      {total === null && !error && <Spin className="library-spin" description={t('loading')} />}
      {empty && (
        <div className="scroll first-start">
          <FirstStart />
        </div>
      )}
      {total === 0 && !empty && (
        <EmptyState
          icon={<SearchOutlined />}
          title={t('nothingFound')}
          text={t('nothingFoundText')}
          actions={<Button onClick={() => void ask({ query: '', filter: {} })}>{t('clearFilters')}</Button>}
        />
      )}
      {total !== null && !empty && <BulkBar />}
      {total !== null && total > 0 && (
        <div className="library-list">
          <VirtualGrid
            label={t('title')}
            columns={columns}
            total={total}
            rowHeight={ROW_HEIGHT}
            minWidth={least}
            rowAt={row}
            active={active}
            onActive={setActive}
            onOpen={open}
            onRange={showRange}
            sort={sort}
            descending={descending}
            onSort={toggleSort}
            selection={selection}
          />
        </div>
      )}
      <AddDrawer />
    </div>
  );
}
