import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { App, Button, InputNumber, Progress, Select, Tooltip } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../api.ts';
import { formatDay } from '../components/dates.ts';
import { errorText } from '../components/error-text.ts';
import { GradeTag } from '../components/grade-tag.tsx';
import { formatNumber } from '../components/money.ts';
import { pick } from '../i18n/i18n.ts';
import { placeName } from '../library/columns.tsx';
import { undoStep } from '../safety/undo-store.ts';
import { useReference } from '../state/reference.ts';
import { Count } from './count.tsx';
import { both, type Condition } from './list-store.ts';
import type { Pipeline } from './place-store.ts';
import { useCohortCondition } from './place-store.ts';

type Target = Pipeline['targets'][number];

/** The places a target counts of those that are looked at. */
export function narrowed(
  chosen: readonly (string | null)[] | undefined,
  counted: readonly (string | null)[],
) {
  const left = counted.filter((place) => !chosen || chosen.includes(place));
  return left.length > 0 ? left : [...counted];
}

/** Whom the actual number of a target counts. */
function actualOf({ day, rung }: Target): Condition {
  return day ? { heldOn: { rung, day } } : { heldAtLeast: rung };
}

/** Targets by year, tier and district with where the cohort stands; each can be changed, added and taken away. */
export function TargetsPanel({ pipeline, onChanged }: { pipeline: Pipeline; onChanged(): void }) {
  const { t } = useTranslation(['cohort', 'common', 'safety']);
  const { message } = App.useApp();
  const { condition } = useCohortCondition();
  const reference = useReference((state) => state.reference);
  const thisYear = Number(pipeline.today.slice(0, 4));
  const [draft, setDraft] = useState({ year: thisYear + 1, rung: 2, district: '', count: 100 });
  const told = (gone: string) => {
    const key = `target gone ${gone}`;
    void message.success({
      key,
      duration: 8,
      content: (
        <>
          {t('targets.removed', { name: gone })}{' '}
          <Button
            size="small"
            onClick={() => {
              message.destroy(key);
              void undoStep('back');
            }}
          >
            {t('safety:undo.undo')}
          </Button>
        </>
      ),
    });
  };
  const set = async (target: {
    year: number;
    rung: number;
    district: string | null;
    count: number | null;
  }) => {
    try {
      await call('cohort.setTarget', target);
      onChanged();
      if (target.count === null) told(name(target));
    } catch (error) {
      message.error(errorText(error), 8);
    }
  };
  const ofTarget = (target: Target, what = actualOf(target)) => ({
    ...both(condition, what),
    ...(target.district === null ? {} : { district: narrowed(condition.district, [target.district]) }),
    ...(target.cities === null ? {} : { city: narrowed(condition.city, target.cities) }),
  });
  const city = t('targets.city', { city: pick(pipeline.city) });
  const name = (target: { year: number; rung: number; district: string | null }) =>
    `${target.year} · ${t(`common:tierShort.${target.rung}`)} · ${
      target.district === null ? city : placeName(reference, target.district)
    }`;
  const { document, grade, note } = pipeline.targetSource;
  return (
    <section className="panel cohort-panel" aria-label={t('targets.title')}>
      <header className="cohort-panel-head">
        <h2>{t('targets.title')}</h2>
      </header>
      <div className="cohort-table-box cohort-table-scroll">
        <table className="cohort-table">
          <thead>
            <tr>
              <th>{t('targets.of')}</th>
              <th className="num">{t('targets.count')}</th>
              <th className="num">{t('targets.actual')}</th>
              <th>{t('targets.reached')}</th>
              <th>
                <span className="visually-hidden">{t('targets.remove')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {pipeline.targets.map((target) => (
              <tr key={name(target)}>
                <td>{name(target)}</td>
                <td className="num">
                  <InputNumber
                    size="small"
                    aria-label={t('targets.countOf', { name: name(target) })}
                    min={0}
                    max={10_000_000}
                    precision={0}
                    controls={false}
                    defaultValue={target.count}
                    className="cohort-target-count"
                    onBlur={({ target: box }) => {
                      const count = Number(box.value.replaceAll(',', ''));
                      if (Number.isInteger(count) && count !== target.count) void set({ ...target, count });
                    }}
                  />
                </td>
                <td className="num">
                  <Count of={name(target)} condition={ofTarget(target)} count={target.actual} />
                  {target.day && <div className="muted cohort-target-day">{formatDay(target.day)}</div>}
                  {target.undated > 0 && (
                    <Tooltip title={t('targets.undatedHelp')}>
                      <div className="muted cohort-target-day">
                        {t('targets.undated')}{' '}
                        <Count
                          of={`${name(target)} · ${t('pipeline.undated')}`}
                          condition={ofTarget(target, { undated: target.rung })}
                          count={target.undated}
                        />
                      </div>
                    </Tooltip>
                  )}
                </td>
                <td>
                  <Tooltip title={target.day ? t('targets.onDay', { day: target.day }) : t('targets.today')}>
                    <Progress
                      size="small"
                      percent={
                        target.count === 0
                          ? 100
                          : Math.min(100, Math.floor((target.actual / target.count) * 100))
                      }
                      status="normal"
                      aria-label={name(target)}
                    />
                  </Tooltip>
                </td>
                <td>
                  <Button
                    size="small"
                    type="text"
                    icon={<DeleteOutlined aria-hidden />}
                    aria-label={t('targets.removeNamed', { name: name(target) })}
                    onClick={() => void set({ ...target, count: null })}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        {pipeline.targets.length === 0 && <p className="muted">{t('targets.none')}</p>}
      </div>
      <div className="cohort-target-add">
        <InputNumber
          size="small"
          aria-label={t('targets.year')}
          min={2000}
          max={2100}
          precision={0}
          controls={false}
          value={draft.year}
          className="cohort-target-year"
          onChange={(year) => year && setDraft({ ...draft, year })}
        />
        <Select
          size="small"
          aria-label={t('pipeline.tier')}
          value={draft.rung}
          options={[1, 2, 3].map((r) => ({ value: r, label: t(`common:tierShort.${r}`) }))}
          onChange={(rung) => setDraft({ ...draft, rung })}
        />
        <Select
          size="small"
          aria-label={t('column.district')}
          value={draft.district}
          options={[
            { value: '', label: city },
            ...(reference?.districts ?? []).map((d) => ({ value: d.name.zh, label: pick(d.name) })),
          ]}
          popupMatchSelectWidth={false}
          className="cohort-target-place"
          onChange={(district) => setDraft({ ...draft, district })}
        />
        <InputNumber
          size="small"
          aria-label={t('targets.count')}
          min={0}
          max={10_000_000}
          precision={0}
          controls={false}
          value={draft.count}
          className="cohort-target-count"
          onChange={(count) => setDraft({ ...draft, count: count ?? 0 })}
        />
        <Button
          size="small"
          icon={<PlusOutlined aria-hidden />}
          onClick={() => void set({ ...draft, district: draft.district || null })}
        >
          {t('targets.add')}
        </Button>
      </div>
      <div className="cohort-note muted">
        {pick(document)} <GradeTag grade={grade} /> {note ? pick(note) : ''}{' '}
        {pipeline.failed > 0
          ? t('screening.failed', { count: pipeline.failed, number: formatNumber(pipeline.failed) })
          : ''}
      </div>
    </section>
  );
}
