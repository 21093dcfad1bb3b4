import { SwapOutlined } from '@ant-design/icons';
import { Button, Select } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { create } from 'zustand';
import type { CallOutput } from '../../electron/api.ts';
import { call } from '../api.ts';
import { EmptyState } from '../components/empty-state.tsx';
import { ErrorView } from '../components/error-view.tsx';
import { formatNumber } from '../components/money.ts';
import { VerdictTag } from '../components/verdict-tag.tsx';
import { type GridColumn, VirtualGrid } from '../components/virtual-grid.tsx';
import { pick } from '../i18n/i18n.ts';
import { go } from '../state/place.ts';
import { useReference } from '../state/reference.ts';
import { wasCancelled } from '../state/work.ts';
import { SaveTable } from './save-table.tsx';
import { endProgress } from './use-cohort.ts';
import { WorkBar } from './work-bar.tsx';

type Impact = CallOutput<'cohort.impact'>;
type Row = Impact['rows'][number];
/** Most enterprises listed; all are counted. */
const MOST = 20_000;

const useImpact = create<{
  from: string;
  to: string;
  running: boolean;
  error: unknown;
  impact: Impact | null;
}>(() => ({
  from: 'cn-miit-2022-63/little_giant',
  to: 'cn-miit-2026-2/little_giant',
  running: false,
  error: null,
  impact: null,
}));

function nameOf(text: string): { standard: string; tier: string } {
  const [standard = '', tier = ''] = text.split('/');
  return { standard, tier };
}

async function run(): Promise<void> {
  const { from, to } = useImpact.getState();
  useImpact.setState({ running: true, error: null });
  try {
    const impact = await call('cohort.impact', { from: nameOf(from), to: nameOf(to), most: MOST });
    useImpact.setState({ impact });
  } catch (error) {
    if (!wasCancelled(error)) useImpact.setState({ error });
  } finally {
    endProgress();
    useImpact.setState({ running: false });
  }
}

function Clauses(props: {
  title: string;
  clauses: Impact['lostBy'];
  chosen: string | null;
  onChoose(id: string | null): void;
}) {
  const { t } = useTranslation('cohort');
  const { clauses, chosen, onChoose } = props;
  return (
    <section className="panel cohort-clauses" aria-label={props.title}>
      <h3>{props.title}</h3>
      {clauses.length === 0 && <p className="muted">{t('impact.noClause')}</p>}
      <ul>
        {clauses.map((clause) => (
          <li key={clause.id}>
            <button
              type="button"
              aria-pressed={chosen === clause.id}
              onClick={() => onChoose(chosen === clause.id ? null : clause.id)}
            >
              <span className="ellipsis">{pick(clause.title)}</span>
              <b>{formatNumber(clause.enterprises)}</b>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Result({ impact }: { impact: Impact }) {
  const { t } = useTranslation(['cohort', 'common']);
  const [kind, setKind] = useState<'gained' | 'lost' | null>(null);
  const [clause, setClause] = useState<string | null>(null);
  const [active, setActive] = useState(0);
  const rows = useMemo(
    () =>
      impact.rows.filter(
        (row) =>
          (kind === null || (kind === 'gained') === (row.to === 'met')) &&
          (clause === null || row.clauses.includes(clause)),
      ),
    [impact, kind, clause],
  );
  const titles = new Map([...impact.lostBy, ...impact.gainedBy].map((c) => [c.id, c.title]));
  const verdict = (value: Row['from']) => (
    <span>
      <VerdictTag size="small" verdict={value} label={t(`common:verdictShort.${value}`)} />
    </span>
  );
  const columns: GridColumn<Row>[] = [
    {
      key: 'name',
      title: t('column.name'),
      width: 'minmax(220px, 1.5fr)',
      render: (row) => <strong className="ellipsis">{row.name}</strong>,
    },
    {
      key: 'change',
      title: t('column.change'),
      width: '90px',
      render: (row) => t(row.to === 'met' ? 'impact.gains' : 'impact.loses'),
    },
    {
      key: 'from',
      title: t('impact.under', { number: pick(impact.from.number) }),
      width: '150px',
      render: (row) => verdict(row.from),
    },
    {
      key: 'to',
      title: t('impact.under', { number: pick(impact.to.number) }),
      width: '150px',
      render: (row) => verdict(row.to),
    },
    {
      key: 'clauses',
      title: t('impact.clause'),
      width: 'minmax(300px, 2.4fr)',
      render: (row) => {
        const text = row.clauses
          .map((id) => {
            const title = titles.get(id);
            return title ? pick(title) : id;
          })
          .join(t('join'));
        return (
          <span className="list-clamp" title={text}>
            {text}
          </span>
        );
      },
    },
  ];
  const figure = (value: 'gained' | 'lost', tone: string) => (
    <button
      type="button"
      className={`cohort-figure cohort-figure-${tone}`}
      aria-pressed={kind === value}
      onClick={() => setKind(kind === value ? null : value)}
    >
      <b>{formatNumber(impact[value])}</b>
      <span>{t(`impact.${value}`)}</span>
    </button>
  );
  return (
    <>
      <div className="cohort-summary">
        {figure('lost', 'impossible')}
        {figure('gained', 'sure')}
        <div className="cohort-facts">
          <span>{t('impact.judged', { count: impact.total, number: formatNumber(impact.total) })}</span>
          <span className="muted">
            {t('impact.undecided', { count: impact.undecided, number: formatNumber(impact.undecided) })}
            {impact.failed > 0 && ` · ${t('screening.failed', { count: impact.failed })}`}
          </span>
          <span className="muted">
            {t('impact.met', {
              from: formatNumber(impact.under.from.met),
              to: formatNumber(impact.under.to.met),
            })}
          </span>
        </div>
        <span className="cohort-space" />
        <SaveTable
          of={{
            kind: 'impact',
            from: { standard: impact.from.standard, tier: impact.from.tier },
            to: { standard: impact.to.standard, tier: impact.to.tier },
          }}
          name={t('impact.fileName')}
        />
      </div>
      <div className="cohort-impact">
        <div className="cohort-impact-side">
          <Clauses title={t('impact.lostBy')} clauses={impact.lostBy} chosen={clause} onChoose={setClause} />
          <Clauses
            title={t('impact.gainedBy')}
            clauses={impact.gainedBy}
            chosen={clause}
            onChoose={setClause}
          />
        </div>
        {rows.length === 0 ? (
          <p className="muted cohort-behind-none">{t('impact.nobody')}</p>
        ) : (
          <VirtualGrid
            label={t('tab.impact')}
            columns={columns}
            total={rows.length}
            rowHeight={44}
            minWidth={900}
            rowAt={(index) => rows[index]}
            active={active}
            onActive={setActive}
            onOpen={(row) => go({ screen: 'enterprise', id: row.id, tab: 'result' })}
            onRange={() => undefined}
          />
        )}
      </div>
    </>
  );
}

/** Who gains or loses a title when one tier's rules take the place of another's, and by which clause. */
export function ImpactScreen() {
  const { t } = useTranslation(['cohort', 'common']);
  const reference = useReference((state) => state.reference);
  const { from, to, running, error, impact } = useImpact();
  const options = (reference?.standards ?? []).flatMap((standard) =>
    standard.tiers.map((tier) => ({
      value: `${standard.id}/${tier.id}`,
      label: `${pick(standard.number)} · ${pick(tier.title)}`,
    })),
  );
  return (
    <div className="cohort-body">
      <div className="cohort-form">
        <div className="cohort-form-row">
          <span className="cohort-labelled">
            <label htmlFor="impact-from">{t('impact.from')}</label>
            <Select
              id="impact-from"
              value={from}
              options={options}
              popupMatchSelectWidth={false}
              className="cohort-rule"
              onChange={(value) => useImpact.setState({ from: value })}
            />
          </span>
          <Button
            type="text"
            icon={<SwapOutlined aria-hidden />}
            aria-label={t('impact.swap')}
            onClick={() => useImpact.setState({ from: to, to: from })}
          />
          <span className="cohort-labelled">
            <label htmlFor="impact-to">{t('impact.to')}</label>
            <Select
              id="impact-to"
              value={to}
              options={options}
              popupMatchSelectWidth={false}
              className="cohort-rule"
              onChange={(value) => useImpact.setState({ to: value })}
            />
          </span>
          <span className="cohort-space" />
          <Button type="primary" loading={running} disabled={from === to} onClick={() => void run()}>
            {t('impact.run')}
          </Button>
        </div>
      </div>
      {running && <WorkBar label={t('screening.running')} />}
      {error ? <ErrorView error={error} /> : null}
      {impact ? (
        <Result key={`${impact.from.standard}${impact.from.tier}${impact.to.tier}`} impact={impact} />
      ) : (
        !running && (
          <EmptyState icon={<SwapOutlined />} title={t('impact.emptyTitle')} text={t('impact.emptyText')} />
        )
      )}
    </div>
  );
}
