import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useCanWrite } from '../state/can-write.ts';
import { DateField } from './date-field.tsx';
import { LinesField } from './lines-field.tsx';
import { planDimensions, setItem, setItemText, setMetric } from './plan-items.ts';
import type { Language, PlanItem } from './plan-text.ts';
import { TextArea } from './text-area.tsx';

const roles = [
  'ceo',
  'office',
  'finance',
  'rd',
  'production',
  'quality',
  'sales',
  'it',
  'hr',
  'legal',
] as const;
const costs = ['low', 'medium', 'high'] as const;

/** Everything of a measure that can be edited, in the language of the page. */
export function ItemFields({ item, language }: { item: PlanItem; language: Language }) {
  const canWrite = useCanWrite();
  const { t } = useTranslation('plan');
  const at = (name: string) => `${item.id}-${name}`;
  const metric = (part: 'label' | 'from' | 'to') => (
    <span className="plan-field">
      <label htmlFor={at(`metric-${part}`)}>{t(`field.metric_${part}`)}</label>
      <TextArea
        id={at(`metric-${part}`)}
        label={t(`field.metric_${part}`)}
        max={200}
        value={item.metric?.[part][language] ?? ''}
        onChange={(value) => setMetric(item.id, part, language, value)}
      />
    </span>
  );
  return (
    <div className="item-fields">
      <span className="plan-field">
        <label htmlFor={at('reason')}>{t('field.reason')}</label>
        <TextArea
          id={at('reason')}
          label={t('field.reason')}
          max={1000}
          value={item.reason[language]}
          onChange={(value) => setItemText(item.id, 'reason', language, value)}
        />
      </span>
      <div className="plan-row plan-metric">
        {metric('label')}
        {metric('from')}
        {metric('to')}
      </div>
      <div className="plan-row">
        <span className="plan-field">
          <label htmlFor={at('owner')}>{t('field.owner')}</label>
          <input
            readOnly={!canWrite}
            id={at('owner')}
            className="prose"
            maxLength={100}
            list="plan-owners"
            value={item.owner}
            onChange={(event) => setItem(item.id, { owner: event.target.value })}
          />
        </span>
        <span className="plan-field">
          <label htmlFor={at('role')}>{t('field.ownerRole')}</label>
          <Select
            id={at('role')}
            allowClear
            value={item.ownerRole}
            options={roles.map((value) => ({ value, label: t(`role.${value}`) }))}
            onChange={(ownerRole) => setItem(item.id, { ownerRole: ownerRole ?? null })}
          />
        </span>
        <DateField
          id={at('start')}
          label={t('field.start')}
          value={item.start}
          onChange={(start) => setItem(item.id, { start })}
        />
        <DateField
          id={at('due')}
          label={t('field.due')}
          value={item.due}
          onChange={(due) => setItem(item.id, { due })}
        />
      </div>
      <div className="plan-row">
        <span className="plan-field">
          <label htmlFor={at('dimension')}>{t('field.dimension')}</label>
          <Select
            id={at('dimension')}
            value={item.dimension}
            options={planDimensions.map((value) => ({ value, label: t(`dimension.${value}`) }))}
            onChange={(dimension) => setItem(item.id, { dimension })}
          />
        </span>
        <span className="plan-field">
          <label htmlFor={at('cost')}>{t('field.cost')}</label>
          <Select
            id={at('cost')}
            allowClear
            value={item.cost}
            options={costs.map((value) => ({ value, label: t(`cost.${value}`) }))}
            onChange={(cost) => setItem(item.id, { cost: cost ?? null })}
          />
        </span>
      </div>
      <LinesField item={item} name="steps" language={language} max={1000} />
      <LinesField item={item} name="evidence" language={language} max={500} />
      <LinesField item={item} name="materials" language={language} max={500} />
      <LinesField item={item} name="pitfalls" language={language} max={500} />
      {item.status !== 'todo' && (
        <div className="plan-row plan-proof">
          <DateField
            id={at('done')}
            label={t('field.doneOn')}
            value={item.doneOn}
            onChange={(doneOn) => setItem(item.id, { doneOn })}
          />
          <span className="plan-field">
            <label htmlFor={at('proof')}>{t('field.proof')}</label>
            <TextArea
              id={at('proof')}
              label={t('field.proof')}
              max={2000}
              value={item.proof}
              placeholder={t('proofPlaceholder')}
              onChange={(proof) => setItem(item.id, { proof })}
            />
          </span>
        </div>
      )}
      <span className="plan-field">
        <label htmlFor={at('note')}>{t('field.note')}</label>
        <TextArea
          id={at('note')}
          label={t('field.note')}
          max={2000}
          value={item.note}
          onChange={(note) => setItem(item.id, { note })}
        />
      </span>
    </div>
  );
}
