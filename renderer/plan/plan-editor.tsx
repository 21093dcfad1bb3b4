import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { type KeyboardEvent, useCallback, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { shortLocale } from '../i18n/i18n.ts';
import { Gantt } from './gantt.tsx';
import { ItemCard } from './item-card.tsx';
import { PlanHead } from './plan-head.tsx';
import { addBlank, planDimensions } from './plan-items.ts';
import { type Plan, redoPlan, undoPlan } from './plan-store.ts';
import { Policies } from './policies.tsx';

/** Every line of a plan, editable in the language of the page, grouped by dimension. */
export function PlanEditor({ plan }: { plan: Plan }) {
  const { t } = useTranslation('plan');
  const language = shortLocale();
  const { content } = plan;
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const box = useRef<HTMLDivElement>(null);

  const groups = planDimensions.map((dimension) => ({
    dimension,
    items: content.items.filter((item) => item.dimension === dimension),
  }));
  const numbers = useMemo(() => {
    const ordered = planDimensions.flatMap((d) => content.items.filter((item) => item.dimension === d));
    return new Map(ordered.map((item, at) => [item.id, at + 1]));
  }, [content.items]);

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
  const onKeyDown = (event: KeyboardEvent) => {
    const key = event.key.toLowerCase();
    if (!(event.ctrlKey || event.metaKey) || event.altKey || (key !== 'z' && key !== 'y')) return;
    event.preventDefault();
    if (key === 'y' || event.shiftKey) redoPlan();
    else undoPlan();
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: undo works from every field inside
    <div className="plan-editor" ref={box} onKeyDown={onKeyDown}>
      <PlanHead planId={plan.id} content={content} language={language} />
      <Gantt items={content.items} numbers={numbers} language={language} onOpen={show} />
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
      <Policies planId={plan.id} />
    </div>
  );
}
