import {
  BranchesOutlined,
  BulbOutlined,
  EyeInvisibleOutlined,
  EyeOutlined,
  FileAddOutlined,
  FileDoneOutlined,
  RedoOutlined,
  UndoOutlined,
  UnorderedListOutlined,
} from '@ant-design/icons';
import { App, Button, Select, Skeleton, Tooltip } from 'antd';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallOutput } from '../../electron/api.ts';
import { call, on } from '../api.ts';
import { formatMoment } from '../components/dates.ts';
import { EmptyState } from '../components/empty-state.tsx';
import { errorText } from '../components/error-text.ts';
import { ErrorView } from '../components/error-view.tsx';
import { SaveState } from '../components/save-state.tsx';
import { asOfOf } from '../diagnosis/as-of.ts';
import { pick } from '../i18n/i18n.ts';
import { useCanWrite } from '../state/can-write.ts';
import { go, usePlace } from '../state/place.ts';
import { flushOwner, useSaves } from '../state/save-queue.ts';
import { ExportPlan } from './export-plan.tsx';
import { PdfPreview } from './pdf-preview.tsx';
import './plan.css';
import { WordingEditor } from '../wording/wording-editor.tsx';
import { PlanEditor } from './plan-editor.tsx';
import {
  closePlan,
  flushPlan,
  openPlan,
  planSaveKey,
  redoPlan,
  takePlan,
  undoPlan,
  usePlan,
} from './plan-store.ts';
import { Suggestions } from './suggestions.tsx';
import { Versions } from './versions.tsx';

type Listed = CallOutput<'plan.list'>[number];

/** The plans of an enterprise: list, editor, preview, export. */
export function PlanScreen({ enterpriseId }: { enterpriseId: string }) {
  const canWrite = useCanWrite();
  const { t } = useTranslation(['plan', 'common']);
  const { message } = App.useApp();
  const { plan, error, past, future } = usePlan();
  const wanted = usePlace((state) => (state.place.screen === 'enterprise' ? state.place.planId : undefined));
  const save = useSaves((state) => (plan ? state.fields[planSaveKey(plan.id)] : undefined));
  const [list, setList] = useState<Listed[] | null>(null);
  const [listError, setListError] = useState<unknown>(null);
  const [busy, setBusy] = useState<'create' | null>(null);
  const [suggesting, setSuggesting] = useState(false);
  const [comparing, setComparing] = useState(false);
  const [preview, setPreview] = useState(true);

  const choose = useCallback(
    (planId: string) => go({ screen: 'enterprise', id: enterpriseId, tab: 'plan', planId }),
    [enterpriseId],
  );
  const refresh = useCallback(
    () =>
      call('plan.list', { enterpriseId }).then(
        (found) => {
          setList(found);
          setListError(null);
        },
        (fault: unknown) => setListError(fault),
      ),
    [enterpriseId],
  );
  useEffect(() => {
    void refresh();
    return on('changed', ({ topic }) => {
      if (topic === 'plan') void refresh();
    });
  }, [refresh]);
  const current = list?.find((listed) => listed.id === wanted)?.id ?? list?.[0]?.id;
  useEffect(() => {
    if (current) void openPlan(current);
  }, [current]);
  useEffect(() => closePlan, []);

  const create = async () => {
    setBusy('create');
    try {
      await flushPlan();
      await flushOwner(enterpriseId);
      const made = await call('plan.create', { enterpriseId, asOf: asOfOf(enterpriseId) });
      await refresh();
      takePlan(made);
      choose(made.id);
    } catch (fault) {
      void message.error(errorText(fault));
    } finally {
      setBusy(null);
    }
  };

  if (listError && !list) return <ErrorView full error={listError} onRetry={() => void refresh()} />;
  if (list?.length === 0) {
    return (
      <div className="scroll">
        <EmptyState
          icon={<FileDoneOutlined />}
          title={t('emptyTitle')}
          text={t('emptyText')}
          actions={
            <>
              <Button
                type="primary"
                size="large"
                icon={<FileAddOutlined />}
                disabled={!canWrite}
                loading={busy === 'create'}
                onClick={() => void create()}
              >
                {t('createFirst')}
              </Button>
              <Button
                size="large"
                onClick={() => go({ screen: 'enterprise', id: enterpriseId, tab: 'walk' })}
              >
                {t('checkFirst')}
              </Button>
            </>
          }
        />
      </div>
    );
  }
  const open = plan && plan.id === current ? plan : null;
  return (
    <div className="plan-screen">
      <div className="plan-bar">
        <Select
          className="plan-choice"
          aria-label={t('plans')}
          value={current}
          options={list?.map((listed) => ({
            value: listed.id,
            label: `${pick(listed.title)} \u00b7 ${formatMoment(listed.createdAt)}`,
          }))}
          onChange={choose}
        />
        <Tooltip title={t('createHint')}>
          <Button
            icon={<FileAddOutlined />}
            aria-label={t('create')}
            disabled={!canWrite}
            loading={busy === 'create'}
            onClick={() => void create()}
          />
        </Tooltip>
        <Tooltip title={t('versionsHint')}>
          <Button
            className="plan-versions-button"
            icon={<BranchesOutlined />}
            disabled={!open}
            onClick={() => setComparing(true)}
          >
            {t('versions')}
          </Button>
        </Tooltip>
        <Button icon={<BulbOutlined />} disabled={!open || !canWrite} onClick={() => setSuggesting(true)}>
          {t('suggest')}
        </Button>
        <Tooltip title={t('undoHint')}>
          <Button
            type="text"
            icon={<UndoOutlined />}
            aria-label={t('undo')}
            disabled={!canWrite || past.length === 0}
            onClick={undoPlan}
          />
        </Tooltip>
        <Tooltip title={t('redoHint')}>
          <Button
            type="text"
            icon={<RedoOutlined />}
            aria-label={t('redo')}
            disabled={!canWrite || future.length === 0}
            onClick={redoPlan}
          />
        </Tooltip>
        <SaveState status={save?.status ?? 'idle'} onRetry={() => void flushPlan()} />
        {save?.status === 'failed' && <span className="field-problem">{errorText(save.error)}</span>}
        <div className="plan-bar-end">
          <Tooltip title={t('followListHint')}>
            <Button type="text" icon={<UnorderedListOutlined />} onClick={() => go({ screen: 'plans' })}>
              {t('followList')}
            </Button>
          </Tooltip>
          <Button
            type="text"
            icon={preview ? <EyeInvisibleOutlined /> : <EyeOutlined />}
            onClick={() => setPreview(!preview)}
          >
            {t(preview ? 'hidePreview' : 'showPreview')}
          </Button>
          <ExportPlan planId={open?.id ?? null} />
        </div>
      </div>
      {error ? <ErrorView error={error} onRetry={() => current && void openPlan(current)} /> : null}
      <div className={preview ? 'plan-columns' : 'plan-columns plan-alone'}>
        {open ? (
          <PlanEditor key={open.id} plan={open} />
        ) : (
          <div className="plan-editor">{!error && <Skeleton active paragraph={{ rows: 10 }} />}</div>
        )}
        {preview && open && <PdfPreview key={`preview ${open.id}`} planId={open.id} />}
      </div>
      {open && (
        <Versions
          enterpriseId={enterpriseId}
          list={list ?? []}
          current={open.id}
          open={comparing}
          onClose={() => setComparing(false)}
          onChoose={choose}
          onMade={(made) => {
            void refresh().then(() => {
              takePlan(made);
              choose(made.id);
            });
          }}
        />
      )}
      <WordingEditor />
      {open && <Suggestions planId={open.id} open={suggesting} onClose={() => setSuggesting(false)} />}
    </div>
  );
}
