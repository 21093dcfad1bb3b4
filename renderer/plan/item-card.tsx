import {
  ArrowDownOutlined,
  ArrowUpOutlined,
  DeleteOutlined,
  DownOutlined,
  HolderOutlined,
  RightOutlined,
} from '@ant-design/icons';
import { App, Button, Select } from 'antd';
import { type KeyboardEvent, memo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ItemFields } from './item-fields.tsx';
import { dropItem, removeItem, setItemText, setStatus, stepItem } from './plan-items.ts';
import { type Language, type PlanItem, staleLanguage } from './plan-text.ts';
import { TextArea } from './text-area.tsx';

const statuses = ['todo', 'doing', 'done'] as const;

/** One measure: its title always editable, the rest when it is opened. Alt+arrows move it, dragging its handle too. */
export const ItemCard = memo(function ItemCard(props: {
  item: PlanItem;
  number: number;
  language: Language;
  open: boolean;
  onToggle(id: string): void;
}) {
  const { item, number, language, open } = props;
  const { t } = useTranslation(['plan', 'planning']);
  const { message } = App.useApp();
  const [over, setOver] = useState<'before' | 'behind' | null>(null);
  const [handle, setHandle] = useState(false);
  const stale = staleLanguage(item);

  const remove = () => {
    const putBack = removeItem(item.id);
    const key = `removed ${item.id}`;
    void message.open({
      key,
      type: 'success',
      duration: 8,
      content: (
        <span>
          {t('itemRemoved')}
          <Button
            type="link"
            size="small"
            onClick={() => {
              message.destroy(key);
              putBack();
            }}
          >
            {t('undo')}
          </Button>
        </span>
      ),
    });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!event.altKey || event.ctrlKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    stepItem(item.id, event.key === 'ArrowUp' ? -1 : 1);
  };

  return (
    <article
      className={`plan-item${over ? ` drop-${over}` : ''}`}
      data-item={item.id}
      aria-label={item.title[language]}
      draggable={handle}
      onKeyDown={onKeyDown}
      onDragStart={(event) => {
        event.dataTransfer.setData('text/plain', item.id);
        event.dataTransfer.effectAllowed = 'move';
      }}
      onDragEnd={() => setHandle(false)}
      onDragOver={(event) => {
        event.preventDefault();
        const box = event.currentTarget.getBoundingClientRect();
        setOver(event.clientY < box.top + box.height / 2 ? 'before' : 'behind');
      }}
      onDragLeave={() => setOver(null)}
      onDrop={(event) => {
        event.preventDefault();
        dropItem(event.dataTransfer.getData('text/plain'), item.id, over === 'behind');
        setOver(null);
      }}
    >
      <header>
        <HolderOutlined
          className="plan-handle"
          aria-hidden
          title={t('dragHint')}
          onMouseDown={() => setHandle(true)}
          onMouseUp={() => setHandle(false)}
        />
        <span className="plan-number">{number}</span>
        <TextArea
          className="plan-title"
          value={item.title[language]}
          label={t('field.title')}
          max={300}
          field="title"
          onChange={(value) => setItemText(item.id, 'title', language, value.replaceAll('\n', ' '))}
        />
        <Select
          size="small"
          variant="borderless"
          className={`plan-status plan-${item.status}`}
          aria-label={t('field.status')}
          value={item.status}
          options={statuses.map((value) => ({ value, label: t(`status.${value}`) }))}
          onChange={(status) => setStatus(item.id, status)}
        />
        <span className="plan-buttons">
          <Button
            type="text"
            size="small"
            tabIndex={-1}
            icon={<ArrowUpOutlined />}
            aria-label={t('moveUp')}
            onClick={() => stepItem(item.id, -1)}
          />
          <Button
            type="text"
            size="small"
            tabIndex={-1}
            icon={<ArrowDownOutlined />}
            aria-label={t('moveDown')}
            onClick={() => stepItem(item.id, 1)}
          />
          <Button
            type="text"
            size="small"
            tabIndex={-1}
            icon={<DeleteOutlined />}
            aria-label={t('removeItem')}
            onClick={remove}
          />
          <Button
            type="text"
            size="small"
            icon={open ? <DownOutlined /> : <RightOutlined />}
            aria-label={t(open ? 'closeItem' : 'openItem')}
            aria-expanded={open}
            onClick={() => props.onToggle(item.id)}
          />
        </span>
      </header>
      <p className="plan-line muted">
        {item.why && (
          <span className={`plan-why plan-why-${item.why}`} title={item.reason[language]}>
            {t(`planning:why_${item.why}`)}
          </span>
        )}
        {[
          item.owner || (item.ownerRole && t(`role.${item.ownerRole}`)),
          item.due && t('dueOn', { due: item.due }),
          item.metric && `${item.metric.from[language]} \u2192 ${item.metric.to[language]}`,
        ]
          .filter(Boolean)
          .join(' \u00b7 ')}
        {stale && <span className="plan-stale">{t(`stale.${stale}`)}</span>}
      </p>
      {open && <ItemFields item={item} language={language} />}
    </article>
  );
});
