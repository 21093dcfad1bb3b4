import { ImportOutlined } from '@ant-design/icons';
import { App, Button, Skeleton, Switch } from 'antd';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallOutput } from '../../electron/api.ts';
import { call, on } from '../api.ts';
import { errorText } from '../components/error-text.ts';
import { ErrorView } from '../components/error-view.tsx';
import { asOfOf } from '../diagnosis/as-of.ts';
import { useFactUnit } from '../diagnosis/number-input.tsx';
import { OutlookTable } from '../diagnosis/outlook-table.tsx';
import { saveTargets, type Target } from '../diagnosis/targets-store.ts';
import { useLeverText } from '../diagnosis/what-if-lever.tsx';
import '../diagnosis/what-if.css';
import { factOfLever } from '../diagnosis/what-if-lever.tsx';
import { pick } from '../i18n/i18n.ts';
import type { Plan } from './plan-store.ts';
import { TargetCell } from './target-cell.tsx';

type Lever = CallOutput<'whatif.levers'>['levers'][number];
type NewTarget = Pick<Target, 'field' | 'year' | 'value'>;

/** How many fiscal years after the last closed one are aimed at. */
const YEARS = 4;

/** What the measures of a plan are to reach, as targets; of two for the same figure the stricter is the later one. */
function goalsOf({ content }: Plan): NewTarget[] {
  const goals = content.items.flatMap((item) => (item.why === 'route' ? item.goals : []));
  const found = new Map(goals.map(({ field, year, value }) => [`${field}@${year}`, { field, year, value }]));
  return [...found.values()];
}

/** A target whose fact the tier does not read, as a row of its own. */
function strange(target: Target): Lever {
  const type = target.field.endsWith('_wan') ? 'money' : target.field.endsWith('_ratio') ? 'ratio' : 'count';
  return {
    field: target.field,
    target: target.field,
    label: target.label,
    year: null,
    type: typeof target.value === 'boolean' ? 'bool' : type,
    dimension: 'overall',
    value: null,
    min: null,
    max: null,
    options: [],
    step: '1',
    steps: 0,
    lines: [],
    items: [],
  };
}

/** The enterprise's targets by fiscal year, with what they lead to while they are typed. */
export function TargetsView({ plan }: { plan: Plan }) {
  const { t } = useTranslation(['plan', 'whatif', 'common']);
  const { message } = App.useApp();
  const { enterpriseId } = plan;
  const rung = plan.content.targetRung ?? undefined;
  const [levers, setLevers] = useState<Lever[] | null>(null);
  const [targets, setTargets] = useState<Target[]>([]);
  const [first, setFirst] = useState<number | null>(null);
  const [outlook, setOutlook] = useState<CallOutput<'targets.judge'> | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [all, setAll] = useState(false);
  const leverText = useLeverText();
  const unitOf = useFactUnit();

  const load = useCallback(async () => {
    const asOf = asOfOf(enterpriseId);
    try {
      const [found, list, judged, diagnosis] = await Promise.all([
        call('whatif.levers', { enterpriseId, asOf, ...(rung ? { rung } : {}) }),
        call('targets.list', { enterpriseId }),
        call('targets.judge', { enterpriseId, asOf }),
        call('diagnosis.evaluate', { enterpriseId, asOf }),
      ]);
      setLevers(found.levers);
      setTargets(list);
      setOutlook(judged);
      setFirst(diagnosis.asOf.fiscalYear + 1);
      setError(null);
    } catch (fault) {
      setError(fault);
    }
  }, [enterpriseId, rung]);
  useEffect(() => {
    void load();
    return on('changed', ({ topic, id }) => {
      if (topic === 'enterprise' && id === enterpriseId) void load();
    });
  }, [load, enterpriseId]);

  /** What the ladder becomes with one target tried instead of the stored one. */
  const attempt = async (field: string, year: number, value: string | boolean | null) => {
    const others = targets.filter((target) => target.field !== field || target.year !== year);
    const tried: NewTarget[] = others.map((o) => ({ field: o.field, year: o.year, value: o.value }));
    if (value !== null) tried.push({ field, year, value });
    try {
      setOutlook(await call('targets.judge', { enterpriseId, asOf: asOfOf(enterpriseId), targets: tried }));
    } catch {
      // Half a number is no target yet; the last verdicts stay until it is.
    }
  };
  const store = async (field: string, year: number, value: string | boolean | null) => {
    try {
      if (value === null) await call('targets.clear', { enterpriseId, field, year });
      else await call('targets.set', { enterpriseId, targets: [{ field, year, value }] });
    } catch (fault) {
      void message.error(errorText(fault));
      await load();
    }
  };
  const takeGoals = async (goals: readonly NewTarget[]) => {
    try {
      const undo = await saveTargets(enterpriseId, goals);
      const key = 'plan-goals';
      void message.open({
        key,
        type: 'success',
        duration: 8,
        content: (
          <>
            {t('goalsTaken', { count: goals.length })}{' '}
            <Button
              type="link"
              size="small"
              onClick={() => {
                message.destroy(key);
                undo().catch((fault: unknown) => void message.error(errorText(fault)));
              }}
            >
              {t('undo')}
            </Button>
          </>
        ),
      });
    } catch (fault) {
      void message.error(errorText(fault));
    }
  };

  if (error) return <ErrorView error={error} onRetry={() => void load()} />;
  if (!levers || first === null || !outlook) return <Skeleton active paragraph={{ rows: 8 }} />;
  const years = Array.from({ length: YEARS }, (_, at) => first + at);
  const byTarget = new Map(levers.map((lever) => [lever.target, lever]));
  const goals = goalsOf(plan);
  for (const target of targets) if (!byTarget.has(target.field)) byTarget.set(target.field, strange(target));
  const named = new Set([...targets.map(({ field }) => field), ...goals.map(({ field }) => field)]);
  const rows = [...byTarget.values()].filter(
    (lever) =>
      all ||
      named.has(lever.target) ||
      // Of two facts by one name (this year's and last year's score) the one that is known is enough.
      (lever.value !== null && lever.items.some((item) => item.verdict === 'unmet')),
  );
  const stored = (field: string, year: number) =>
    targets.find((target) => target.field === field && target.year === year)?.value ?? null;

  return (
    <>
      <section className="panel plan-section" aria-label={t('outlookTitle')}>
        <h3>{t('outlookTitle')}</h3>
        <p className="outlook-says" aria-live="polite">
          {pick(outlook.says)}
        </p>
        <OutlookTable outlook={outlook} />
        <p className="muted">{t('whatif:outlookHint')}</p>
      </section>
      <section className="panel plan-section" aria-label={t('whatif:targetsTitle')}>
        <header className="section-head">
          <h3>{t('whatif:targetsTitle')}</h3>
          <span className="section-tools">
            <span className="muted">
              <Switch size="small" aria-label={t('allFacts')} checked={all} onChange={setAll} />{' '}
              {t('allFacts')}
            </span>
            <Button
              icon={<ImportOutlined />}
              disabled={goals.length === 0}
              onClick={() => void takeGoals(goals)}
            >
              {t('takeGoals', { count: goals.length })}
            </Button>
          </span>
        </header>
        <table className="targets-grid">
          <thead>
            <tr>
              <th scope="col">{t('targetFact')}</th>
              <th scope="col" className="num">
                {t('targetNow')}
              </th>
              {years.map((year) => (
                <th key={year} scope="col" className="num">
                  {t('fiscalYear', { year })}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((lever) => (
              <tr key={lever.target}>
                <th scope="row">
                  {pick(lever.label)} <span className="muted">{unitOf(factOfLever(lever))}</span>
                </th>
                <td className="num muted target-now">{leverText(lever, lever.value)}</td>
                {years.map((year) => (
                  <td key={year}>
                    <TargetCell
                      key={String(stored(lever.target, year))}
                      lever={lever}
                      label={`${pick(lever.label)} ${year}`}
                      value={stored(lever.target, year)}
                      onTry={(value) => void attempt(lever.target, year, value)}
                      onStore={(value) => void store(lever.target, year, value)}
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
        {rows.length === 0 && <p className="muted">{t('noTargetRows')}</p>}
      </section>
    </>
  );
}
