import { FilterOutlined } from '@ant-design/icons';
import { Alert } from 'antd';
import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { call, on } from '../api.ts';
import { EmptyState } from '../components/empty-state.tsx';
import { ErrorView } from '../components/error-view.tsx';
import { VirtualGrid } from '../components/virtual-grid.tsx';
import { go } from '../state/place.ts';
import { useReference } from '../state/reference.ts';
import { ScreeningActions } from './screening-actions.tsx';
import { screeningColumns } from './screening-columns.tsx';
import { ScreeningCompare } from './screening-compare.tsx';
import { ScreeningForm } from './screening-form.tsx';
import { KeptScreenings } from './screening-kept.tsx';
import { ScreeningPrint } from './screening-print.tsx';
import { loadKept, outdated, runScreening, useScreening } from './screening-store.ts';
import { ScreeningSummaryBar } from './screening-summary.tsx';
import { usePages } from './use-pages.ts';
import { WorkBar } from './work-bar.tsx';

function Rows() {
  const { t } = useTranslation(['cohort', 'common']);
  const reference = useReference((state) => state.reference);
  const { shown, reach, item, query, sort, descending } = useScreening();
  const id = shown?.id ?? '';
  const fresh = shown?.saved === null;
  const page = {
    id,
    ...(reach.length > 0 ? { reach } : {}),
    ...(item ? { item } : {}),
    ...(query.trim() ? { query } : {}),
    sort,
    descending,
  };
  const pages = usePages(JSON.stringify(page), (offset, limit) =>
    call('cohort.screeningPage', { ...page, offset, limit, fresh }),
  );
  const question = shown?.summary.question;
  const columns = useMemo(
    () => screeningColumns(t, reference, question?.criteria ?? [], question?.routes ?? false),
    [t, reference, question],
  );
  if (pages.error) return <ErrorView error={pages.error} onRetry={() => void runScreening()} />;
  if (pages.total === 0) return <p className="muted cohort-behind-none">{t('screening.noRows')}</p>;
  if (pages.total === null) return null;
  return (
    <VirtualGrid
      label={t('tab.screening')}
      columns={columns}
      total={pages.total}
      rowHeight={52}
      minWidth={1160}
      rowAt={pages.rowAt}
      active={pages.active}
      onActive={pages.setActive}
      onOpen={(row) => go({ screen: 'enterprise', id: row.id, tab: 'result' })}
      onRange={pages.onRange}
      sort={sort}
      descending={descending}
      onSort={(key) =>
        useScreening.setState((before) => ({
          sort: key as typeof sort,
          descending: before.sort === key ? !before.descending : false,
        }))
      }
    />
  );
}

/** Says that the figures below are those of an earlier question. */
function OldResult() {
  const { t } = useTranslation(['cohort', 'common']);
  const old = useScreening(outdated);
  const question = useScreening((state) => state.shown?.summary.question);
  if (!old || !question) return null;
  return (
    <Alert
      type="warning"
      showIcon
      className="cohort-old"
      title={t(`screening.${old}`, { tier: t(`common:tierShort.${question.rung}`), date: question.date })}
    />
  );
}

/** Seed screening: everyone sure, possible or impossible for a tier, nearest first, with what is missing. */
export function ScreeningScreen() {
  const { t } = useTranslation('cohort');
  const { shown, running, error, compared } = useScreening();
  const old = useScreening(outdated);
  useEffect(() => {
    void loadKept();
    // A step taken back can bring a kept screening back, or take it away.
    return on('changed', ({ topic }) => {
      if (topic === 'library') void loadKept();
    });
  }, []);
  return (
    <div className="cohort-body">
      <ScreeningPrint />
      <ScreeningForm />
      <div className="cohort-tools">
        <KeptScreenings />
        <span className="cohort-space" />
        {shown && !running && !compared && <ScreeningActions />}
      </div>
      {running && <WorkBar label={t('screening.running')} />}
      {error ? <ErrorView error={error} /> : null}
      {compared ? (
        <ScreeningCompare />
      ) : shown ? (
        <>
          <OldResult />
          <div className={old ? 'cohort-results cohort-results-old' : 'cohort-results'} aria-busy={running}>
            <ScreeningSummaryBar />
            <Rows />
          </div>
        </>
      ) : (
        !running && (
          <EmptyState
            icon={<FilterOutlined />}
            title={t('screening.emptyTitle')}
            text={t('screening.emptyText')}
          />
        )
      )}
    </div>
  );
}
