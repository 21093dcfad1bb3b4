import { PlusOutlined } from '@ant-design/icons';
import { Button, Segmented } from 'antd';
import { type KeyboardEvent, useCallback, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Writing } from '../components/writing.tsx';
import { shortLocale } from '../i18n/i18n.ts';
import { FollowView } from './follow-view.tsx';
import { Gantt } from './gantt.tsx';
import { ItemCard } from './item-card.tsx';
import { PapersView } from './papers-view.tsx';
import { PlanHead } from './plan-head.tsx';
import { addBlank, numbered, planDimensions } from './plan-items.ts';
import { type Plan, redoPlan, undoPlan } from './plan-store.ts';
import { PlanningPanel } from './planning-panel.tsx';
import { TargetsView } from './targets-view.tsx';

/** Every measure of a plan by dimension, in the language of the page, with how and when they come. */
function Measures({ plan }: { plan: Plan }) {
  const { t } = useTranslation('plan');
  const language = shortLocale();
  const { content } = plan;
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const box = useRef<HTMLDivElement>(null);
  const owners = [...new Set(content.items.map((item) => item.owner).filter(Boolean))];

  const groups = planDimensions.map((dimension) => ({
    dimension,
    items: content.items.filter((item) => item.dimension === dimension),
  }));
  const numbers = useMemo(
    () => new Map(numbered(content.items).map(({ item, number }) => [item.id, number])),
    [content.items],
  );

  const toggle = useCallback(
    (id: string) =>
      setOpen((now) => {
        const next = new Set(now);
        if (!next.delete(id)) next.add(id);
        return next;
      }),
    [],
  );
  const show = (id: string) => {
    setOpen((now) => new Set(now).add(id));
    requestAnimationFrame(() => {
      const card = box.current?.querySelector(`[data-item="${CSS.escape(id)}"]`);
      card?.scrollIntoView({ block: 'nearest' });
      card?.querySelector('textarea')?.focus();
    });
  };
  return (
    <div className="plan-measures" ref={box}>
      <PlanHead planId={plan.id} content={content} language={language} />
      <PlanningPanel plan={plan} language={language} />
      <Gantt
        items={content.items}
        numbers={numbers}
        language={language}
        on={content.planning?.on ?? plan.createdAt.slice(0, 10)}
        application={content.planning?.route?.date ?? null}
        onOpen={show}
      />
      <datalist id="plan-owners">
        {owners.map((owner) => (
          <option key={owner} value={owner} />
        ))}
      </datalist>
      {groups.map(({ dimension, items }) =>
        items.length === 0 && (dimension === 'compliance' || dimension === 'overall') ? null : (
          <section key={dimension} className="plan-group" aria-label={t(`dimension.${dimension}`)}>
            <header>
              <h3>
                {t(`dimension.${dimension}`)} <span className="muted">{items.length}</span>
              </h3>
              <Button
                type="text"
                size="small"
                icon={<PlusOutlined />}
                onClick={() => show(addBlank(dimension))}
              >
                {t('addItem')}
              </Button>
            </header>
            {items.map((item) => (
              <ItemCard
                key={item.id}
                item={item}
                number={numbers.get(item.id) ?? 0}
                language={language}
                open={open.has(item.id)}
                onToggle={toggle}
              />
            ))}
          </section>
        ),
      )}
    </div>
  );
}

const views = ['measures', 'targets', 'follow', 'papers'] as const;
type View = (typeof views)[number];

/** A plan to be worked on: its measures, the targets of the firm, and what goes with the application. */
export function PlanEditor({ plan }: { plan: Plan }) {
  const { t } = useTranslation('plan');
  const [view, setView] = useState<View>('measures');
  const onKeyDown = (event: KeyboardEvent) => {
    const key = event.key.toLowerCase();
    if (!(event.ctrlKey || event.metaKey) || event.altKey || (key !== 'z' && key !== 'y')) return;
    event.preventDefault();
    if (key === 'y' || event.shiftKey) redoPlan();
    else undoPlan();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: undo works from every field inside
    <div className="plan-editor" onKeyDown={onKeyDown}>
      <Segmented
        className="plan-views"
        aria-label={t('views')}
        value={view}
        options={views.map((value) => ({ value, label: t(`view.${value}`) }))}
        onChange={setView}
      />
      <Writing>
        {view === 'measures' && <Measures plan={plan} />}
        {view === 'targets' && <TargetsView plan={plan} />}
        {view === 'follow' && <FollowView plan={plan} language={shortLocale()} />}
        {view === 'papers' && <PapersView plan={plan} />}
      </Writing>
    </div>
  );
}
