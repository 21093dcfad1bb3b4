import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, InputNumber, Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallInput, CallOutput } from '../../electron/api.ts';
import { call } from '../api.ts';
import { ErrorView } from '../components/error-view.tsx';
import { formatNumber } from '../components/money.ts';
import { VirtualGrid } from '../components/virtual-grid.tsx';
import { pick } from '../i18n/i18n.ts';
import { placeName } from '../library/columns.tsx';
import { go } from '../state/place.ts';
import { useReference } from '../state/reference.ts';
import { wasCancelled } from '../state/work.ts';
import { Count } from './count.tsx';
import { Limits } from './forecast-panel.tsx';
import { both } from './list-store.ts';
import { effortText } from './numbers.ts';
import type { Pipeline } from './place-store.ts';
import { useCohortCondition } from './place-store.ts';
import { SaveTable } from './save-table.tsx';
import { narrowed } from './targets-panel.tsx';
import { endProgress } from './use-cohort.ts';
import { WorkBar } from './work-bar.tsx';

type Solved = CallOutput<'cohort.solve'>;
type Asked = CallInput<'cohort.solve'>;

function Chosen({ solved }: { solved: Solved }) {
  const { t } = useTranslation(['cohort', 'common']);
  const reference = useReference((state) => state.reference);
  const [active, setActive] = useState(0);
  const labels = new Map([...solved.levers, ...solved.confirm].map((l) => [l.id, pick(l.label)]));
  const { chosen } = solved;
  return (
    <div className="cohort-solved-list">
      <VirtualGrid<Solved['chosen'][number]>
        label={t('solver.chosen')}
        columns={[
          {
            key: 'name',
            title: t('column.name'),
            width: 'minmax(200px, 1.4fr)',
            render: (row) => (
              <>
                <strong className="ellipsis">{row.name}</strong>
                <span className="list-second ellipsis">
                  {[placeName(reference, row.district), t(`common:tier.${row.held}`)]
                    .filter(Boolean)
                    .join(' · ')}
                </span>
              </>
            ),
          },
          {
            key: 'year',
            title: t('solver.year'),
            width: '96px',
            numeric: true,
            render: (row) => <span>{row.year}</span>,
          },
          {
            key: 'effort',
            title: t('column.effort'),
            width: '80px',
            numeric: true,
            render: (row) => <span>{effortText(row.effort)}</span>,
          },
          {
            key: 'levers',
            title: t('solver.todo'),
            width: 'minmax(260px, 2fr)',
            render: (row) => {
              const text = row.levers.map((l) => labels.get(l) ?? l).join(t('join'));
              return (
                <span className="list-clamp" title={text}>
                  {text || <span className="muted">{t('solver.nothing')}</span>}
                </span>
              );
            },
          },
          {
            key: 'confirm',
            title: t('solver.confirm'),
            width: 'minmax(200px, 1.6fr)',
            render: (row) => {
              const text = row.confirm.map((f) => labels.get(f) ?? f).join(t('join'));
              return (
                <span className="list-clamp" title={text}>
                  {text || <span className="muted">–</span>}
                </span>
              );
            },
          },
        ]}
        total={chosen.length}
        rowHeight={46}
        minWidth={880}
        rowAt={(index) => chosen[index]}
        active={active}
        onActive={setActive}
        onOpen={(row) => go({ screen: 'enterprise', id: row.id, tab: 'result' })}
        onRange={() => undefined}
      />
    </div>
  );
}

function Solution({ solved, asked }: { solved: Solved; asked: Asked }) {
  const { t } = useTranslation(['cohort', 'common']);
  const tier = t(`common:tier.${solved.rung}`);
  const reached = solved.demands.every((d) => d.reached);
  const last = solved.demands.at(-1);
  return (
    <>
      <p className={`cohort-verdict cohort-verdict-${reached ? 'met' : 'unmet'}`} role="status">
        {reached
          ? t('solver.reached', { count: solved.chosen.length, effort: effortText(solved.effort) })
          : t('solver.missed', { most: formatNumber((last?.base ?? 0) + (last?.most ?? 0)), tier })}
      </p>
      <table className="cohort-table">
        <thead>
          <tr>
            <th>{t('solver.by')}</th>
            <th className="num">{t('targets.count')}</th>
            <th className="num">{t('solver.base')}</th>
            <th className="num">{t('solver.needed')}</th>
            <th className="num">{t('solver.had')}</th>
            <th className="num">{t('solver.most')}</th>
          </tr>
        </thead>
        <tbody>
          {solved.demands.map((d) => (
            <tr key={d.year}>
              <td>{t('solver.endOf', { year: d.year })}</td>
              <td className="num">{formatNumber(d.target)}</td>
              <td className="num">{formatNumber(d.base)}</td>
              <td className="num">{formatNumber(d.needed)}</td>
              <td className="num">
                <Count
                  of={`${t('solver.chosen')} · ${d.year}`}
                  condition={{ ids: solved.chosen.filter((c) => c.year <= d.year).map((c) => c.id) }}
                  count={d.had}
                />
              </td>
              <td className="num">{formatNumber(d.most)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className="cohort-solver-gaps">
        {solved.levers.length > 0 && (
          <div>
            <h3>{t('solver.gaps')}</h3>
            <ul className="cohort-limits">
              {solved.levers.slice(0, 8).map((l) => (
                <li key={l.id}>
                  {pick(l.label)} <span className="muted">{t('limit.count', { count: l.count })}</span>
                </li>
              ))}
            </ul>
          </div>
        )}
        {solved.confirm.length > 0 && (
          <div>
            <h3>{t('solver.confirm')}</h3>
            <ul className="cohort-limits">
              {solved.confirm.slice(0, 8).map((l) => (
                <li key={l.id}>
                  {pick(l.label)} <span className="muted">{t('limit.count', { count: l.count })}</span>
                </li>
              ))}
            </ul>
          </div>
        )}
        {!reached && (
          <div>
            <h3>{t('solver.limits')}</h3>
            <Limits limits={solved.limits} />
          </div>
        )}
        <span className="cohort-space" />
        {solved.chosen.length > 0 && (
          <SaveTable of={{ kind: 'solved', ask: asked }} name={t('solver.fileName', { tier })} />
        )}
      </div>
      {solved.chosen.length > 0 && <Chosen solved={solved} />}
    </>
  );
}

/** Targets of the city still ahead for a tier; without any, twenty more holders by next year. */
function linesFor(pipeline: Pipeline, rung: number): { year: number; count: number }[] {
  const thisYear = Number(pipeline.today.slice(0, 4));
  const set = pipeline.targets.filter(
    (t) => t.rung === rung && t.district === null && t.year >= thisYear && t.year <= thisYear + 5,
  );
  if (set.length > 0) return set.slice(0, 4).map(({ year, count }) => ({ year, count }));
  const holders = pipeline.current.find((c) => c.rung === rung)?.atLeast ?? 0;
  return [{ year: thisYear + 1, count: holders + 20 }];
}

/** The least-effort set of enterprises that reaches targets of one tier, or how far it goes and what stops it. */
export function SolverPanel({ pipeline }: { pipeline: Pipeline }) {
  const { t } = useTranslation(['cohort', 'common']);
  const { condition } = useCohortCondition();
  const { cities, elsewhere } = pipeline.monthsOf;
  const next = Number(pipeline.today.slice(0, 4)) + 1;
  const [rung, setRung] = useState(2);
  const [lines, setLines] = useState(() => linesFor(pipeline, 2));
  const [renewals, setRenewals] = useState<'kept' | 'lost'>('kept');
  const [running, setRunning] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [found, setFound] = useState<{ asked: Asked; solved: Solved } | null>(null);
  const change = (at: number, part: Partial<(typeof lines)[number]>) =>
    setLines(lines.map((line, i) => (i === at ? { ...line, ...part } : line)));
  const run = async () => {
    // A target of the city is reached by whom it counts.
    const whom = cities ? both(condition, { city: narrowed(condition.city, cities) }) : condition;
    const asked: Asked = { condition: whom, rung, targets: lines, renewals };
    setRunning(true);
    setError(null);
    try {
      setFound({ asked, solved: await call('cohort.solve', asked) });
    } catch (problem) {
      if (!wasCancelled(problem)) setError(problem);
    } finally {
      endProgress();
      setRunning(false);
    }
  };
  return (
    <section className="panel cohort-panel" aria-label={t('solver.title')}>
      <header className="cohort-panel-head">
        <h2>{t('solver.title')}</h2>
      </header>
      <div className="cohort-solver">
        <div className="cohort-form-row">
          <Segmented
            aria-label={t('screening.target')}
            value={rung}
            options={[1, 2, 3].map((r) => ({ value: r, label: t(`common:tierShort.${r}`) }))}
            onChange={(value) => {
              setRung(value);
              setLines(linesFor(pipeline, value));
            }}
          />
          {lines.map((line, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the lines have no other name
            <span key={at} className="cohort-labelled">
              <label htmlFor={`solver-year-${at}`}>{t('solver.by')}</label>
              <InputNumber
                id={`solver-year-${at}`}
                min={next - 1}
                max={next + 4}
                precision={0}
                controls={false}
                value={line.year}
                className="cohort-target-year"
                onChange={(year) => year && change(at, { year })}
              />
              <label htmlFor={`solver-count-${at}`}>{t('targets.count')}</label>
              <InputNumber
                id={`solver-count-${at}`}
                min={0}
                max={1_000_000}
                precision={0}
                controls={false}
                value={line.count}
                className="cohort-target-count"
                onChange={(count) => change(at, { count: count ?? 0 })}
              />
              {lines.length > 1 && (
                <Button
                  size="small"
                  type="text"
                  icon={<DeleteOutlined aria-hidden />}
                  aria-label={t('solver.removeYear', { year: line.year })}
                  onClick={() => setLines(lines.filter((_, i) => i !== at))}
                />
              )}
            </span>
          ))}
          {lines.length < 4 && (
            <Button
              size="small"
              icon={<PlusOutlined aria-hidden />}
              onClick={() => {
                const end = lines.at(-1);
                setLines([...lines, { year: (end?.year ?? next) + 1, count: (end?.count ?? 0) + 20 }]);
              }}
            >
              {t('solver.addYear')}
            </Button>
          )}
          <Segmented
            size="small"
            aria-label={t('solver.renewals')}
            value={renewals}
            options={(['kept', 'lost'] as const).map((value) => ({ value, label: t(`solver.${value}`) }))}
            onChange={setRenewals}
          />
          <span className="cohort-space" />
          <Button type="primary" loading={running} onClick={() => void run()}>
            {t('solver.run')}
          </Button>
        </div>
        <div className="muted">
          {t('solver.about')}
          {elsewhere > 0 &&
            ` ${t('pipeline.monthsElsewhere', { count: elsewhere, city: pick(pipeline.city) })}`}
        </div>
        {running && <WorkBar label={t('forecast.running')} />}
        {error ? <ErrorView error={error} /> : null}
        {found && <Solution solved={found.solved} asked={found.asked} />}
      </div>
    </section>
  );
}
