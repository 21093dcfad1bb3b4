import { CloseOutlined, PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { type LinesName, setLines } from './plan-items.ts';
import { changeText, type Language, type PlanItem, type Text } from './plan-text.ts';
import { TextArea } from './text-area.tsx';

const MOST = 20;

/** A list of lines: Enter opens the next one, Backspace in an empty one removes it. */
export function LinesField(props: { item: PlanItem; name: LinesName; language: Language; max: number }) {
  const { item, name, language, max } = props;
  const { t } = useTranslation('plan');
  const box = useRef<HTMLDivElement>(null);
  const lines = item[name];

  const put = (tag: string, next: Text[]) => setLines(item.id, name, language, tag, next);
  const focus = (at: number) =>
    requestAnimationFrame(() => box.current?.querySelectorAll('textarea')[Math.max(at, 0)]?.focus());
  const insert = (at: number) => {
    if (lines.length >= MOST) return;
    put('', [...lines.slice(0, at), { zh: '', en: '' }, ...lines.slice(at)]);
    focus(at);
  };
  const remove = (at: number) => {
    put(
      '',
      lines.filter((_, other) => other !== at),
    );
    focus(at - 1);
  };

  return (
    <div className="lines" ref={box}>
      <span className="plan-label">{t(`field.${name}`)}</span>
      {lines.map((line, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity but their place
        <div key={at} className="line">
          <span className="line-number" aria-hidden>
            {at + 1}
          </span>
          <TextArea
            value={line[language]}
            label={`${t(`field.${name}`)} ${at + 1}`}
            max={max}
            field={`${name} ${at}`}
            onChange={(value) =>
              put(
                `${at}`,
                lines.map((old, other) =>
                  other === at ? changeText(`${item.id} ${name} ${at}`, old, language, value) : old,
                ),
              )
            }
            onKeyDown={(event) => {
              if (event.nativeEvent.isComposing) return;
              if (event.key === 'Enter' && !event.shiftKey && !event.ctrlKey) {
                event.preventDefault();
                insert(at + 1);
              } else if (event.key === 'Backspace' && line[language] === '') {
                event.preventDefault();
                remove(at);
              }
            }}
          />
          <Button
            type="text"
            size="small"
            tabIndex={-1}
            icon={<CloseOutlined />}
            aria-label={t('removeLine', { line: at + 1 })}
            onClick={() => remove(at)}
          />
        </div>
      ))}
      {lines.length < MOST && (
        <Button type="link" size="small" icon={<PlusOutlined />} onClick={() => insert(lines.length)}>
          {t('addLine')}
        </Button>
      )}
    </div>
  );
}
