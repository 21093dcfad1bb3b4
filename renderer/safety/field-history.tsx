import { App, Button, Drawer, Empty, Skeleton, Table } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallOutput } from '../../electron/api.ts';
import { call, on } from '../api.ts';
import { formatMoment } from '../components/dates.ts';
import { errorText } from '../components/error-text.ts';
import { ErrorView } from '../components/error-view.tsx';
import { ReadOnlyNote } from '../components/writing.tsx';
import { valueWords } from '../library/history-words.ts';
import { useCanWrite } from '../state/can-write.ts';
import { useEnterprise } from '../state/enterprise.ts';
import { useReference } from '../state/reference.ts';
import { flushAll } from '../state/save-queue.ts';
import { type AskedField, hideFieldHistory, useFieldHistory } from './field-history-store.ts';
import './safety.css';

/** Ways in which a value can come about that deserve a word of their own. */
const KINDS = ['undo', 'redo', 'history', 'import', 'samples', 'package', 'backup'];

function kindOf(action: string): string {
  const [first = ''] = action.split('.');
  return KINDS.includes(first) ? first : 'edit';
}

type Line = CallOutput<'history.field.list'>[number];

function Lines({ asked }: { asked: AskedField }) {
  const { t } = useTranslation(['safety', 'library', 'common']);
  const canWrite = useCanWrite();
  const { message } = App.useApp();
  const reference = useReference((state) => state.reference);
  const [lines, setLines] = useState<Line[] | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [round, setRound] = useState(0);
  const [busy, setBusy] = useState<string | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `round` asks again
  useEffect(() => {
    let current = true;
    const { label: _, ...of } = asked;
    flushAll()
      .then(() => call('history.field.list', { ...of, limit: 200 }))
      .then(
        (answer) => {
          if (!current) return;
          setLines(answer);
          setError(null);
        },
        (problem: unknown) => current && setError(problem),
      );
    return () => {
      current = false;
    };
  }, [asked, round]);
  useEffect(
    () => on('changed', ({ topic }) => topic === 'enterprise' && setRound((before) => before + 1)),
    [],
  );
  const words = (value: unknown) =>
    valueWords(asked, value, reference, t) ?? <span className="muted">{t('library:history.none')}</span>;
  const now = lines?.[0]?.new ?? null;
  const restore = async (line: Line, side: 'old' | 'new') => {
    setBusy(`${line.changeId} ${side}`);
    try {
      await call('history.restore', { changeId: line.changeId, field: line.field, side });
      void message.success(t('fieldHistory.restored'));
    } catch (problem) {
      void message.error(errorText(problem));
    } finally {
      setBusy(null);
    }
  };
  if (error) return <ErrorView error={error} onRetry={() => setRound(round + 1)} />;
  if (!lines) return <Skeleton active />;
  if (lines.length === 0) return <Empty description={t('fieldHistory.empty')} />;
  const value = (line: Line, side: 'old' | 'new') => {
    const same = JSON.stringify(line[side] ?? null) === JSON.stringify(now);
    return (
      <div className="field-value">
        <span>{words(line[side])}</span>
        {same ? (
          side === 'new' &&
          line === lines[0] && <span className="tag tag-small tag-neutral">{t('fieldHistory.now')}</span>
        ) : (
          <Button
            type="link"
            size="small"
            loading={busy === `${line.changeId} ${side}`}
            disabled={!canWrite}
            onClick={() => void restore(line, side)}
          >
            {t('fieldHistory.restore')}
          </Button>
        )}
      </div>
    );
  };
  return (
    <Table<Line>
      size="small"
      rowKey="changeId"
      dataSource={lines}
      pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
      columns={[
        {
          title: t('fieldHistory.when'),
          width: 170,
          render: (_, line) => (
            <>
              <time dateTime={line.at}>{formatMoment(line.at)}</time>
              <div className="muted">
                {line.actor === 'system' ? t('library:history.system') : line.actor}
                {' \u00b7 '}
                {t(`fieldHistory.by.${kindOf(line.action)}`)}
              </div>
            </>
          ),
        },
        { title: t('library:history.old'), render: (_, line) => value(line, 'old') },
        { title: t('library:history.new'), render: (_, line) => value(line, 'new') },
      ]}
    />
  );
}

/** The history of one field, in a drawer: who, when, old, new, and the way back to any of the values. */
export function FieldHistory() {
  const { t } = useTranslation('safety');
  const { asked } = useFieldHistory();
  const open = useEnterprise((state) => state.id);
  useEffect(() => {
    if (asked && open !== asked.enterpriseId) hideFieldHistory();
  }, [open, asked]);
  return (
    <Drawer
      open={asked !== null}
      size={640}
      title={asked ? t('fieldHistory.of', { field: asked.label }) : ''}
      onClose={hideFieldHistory}
      closable={{ 'aria-label': t('close') }}
      destroyOnHidden
    >
      <ReadOnlyNote />
      {asked && <Lines key={JSON.stringify(asked)} asked={asked} />}
    </Drawer>
  );
}
