import { InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useCanWrite } from '../state/can-write.ts';
import { editPlan, type PlanContent } from './plan-store.ts';
import { changeText, type Language } from './plan-text.ts';
import { TextArea } from './text-area.tsx';

/** Title, summary, target and people of a plan. */
export function PlanHead(props: { planId: string; content: PlanContent; language: Language }) {
  const canWrite = useCanWrite();
  const { planId, content, language } = props;
  const { t } = useTranslation(['plan', 'common']);
  const setText = (name: 'title' | 'summary' | 'notes', value: string) =>
    editPlan(name, (old) => ({
      ...old,
      [name]: changeText(`${planId} ${name}`, old[name], language, value),
      own: [...new Set([...old.own, name])],
    }));
  return (
    <section className="plan-head panel" aria-label={t('headTitle')}>
      <TextArea
        className="plan-main-title"
        value={content.title[language]}
        label={t('field.planTitle')}
        max={200}
        field="plan-title"
        onChange={(value) => setText('title', value.replaceAll('\n', ' '))}
      />
      <div className="plan-row">
        <span className="plan-field">
          <label htmlFor="plan-rung">{t('field.targetRung')}</label>
          <Select
            id="plan-rung"
            allowClear
            value={content.targetRung}
            options={[1, 2, 3].map((value) => ({ value, label: t(`common:tierFull.${value}`) }))}
            onChange={(targetRung) =>
              editPlan('', (old) => ({
                ...old,
                targetRung: targetRung ?? null,
                own: [...new Set([...old.own, 'targetRung'])],
              }))
            }
          />
        </span>
        <span className="plan-field plan-narrow">
          <label htmlFor="plan-year">{t('field.targetYear')}</label>
          <InputNumber
            id="plan-year"
            min={2000}
            max={2200}
            precision={0}
            controls={false}
            value={content.targetYear}
            onChange={(targetYear) =>
              editPlan('year', (old) => ({
                ...old,
                targetYear,
                own: [...new Set([...old.own, 'targetYear'])],
              }))
            }
          />
        </span>
        <span className="plan-field">
          <label htmlFor="plan-consultant">{t('field.consultant')}</label>
          <input
            readOnly={!canWrite}
            id="plan-consultant"
            className="prose"
            maxLength={100}
            value={content.consultant}
            onChange={(event) => {
              const consultant = event.target.value;
              editPlan('consultant', (old) => ({ ...old, consultant }));
            }}
          />
        </span>
        <span className="plan-field">
          <label htmlFor="plan-organisation">{t('field.organisation')}</label>
          <input
            readOnly={!canWrite}
            id="plan-organisation"
            className="prose"
            maxLength={200}
            value={content.organisation}
            onChange={(event) => {
              const organisation = event.target.value;
              editPlan('organisation', (old) => ({ ...old, organisation }));
            }}
          />
        </span>
      </div>
      <span className="plan-field">
        <label htmlFor="plan-summary">{t('field.summary')}</label>
        <TextArea
          id="plan-summary"
          label={t('field.summary')}
          max={4000}
          value={content.summary[language]}
          onChange={(value) => setText('summary', value)}
        />
      </span>
      <span className="plan-field">
        <label htmlFor="plan-notes">{t('field.notes')}</label>
        <TextArea
          id="plan-notes"
          label={t('field.notes')}
          max={8000}
          value={content.notes[language]}
          onChange={(value) => setText('notes', value)}
        />
      </span>
    </section>
  );
}
