import { DatePicker, InputNumber, Select } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { chooseAsOf, useAsOf } from './as-of.ts';
import type { Diagnosis } from './evaluation.ts';

/** As of when and for what is judged: last closed fiscal year, day of application, new or review for each rung. */
export function AsOfBar({ enterpriseId, diagnosis }: { enterpriseId: string; diagnosis: Diagnosis }) {
  const { t } = useTranslation(['diagnosis', 'common']);
  const chosen = useAsOf((state) => state.chosen[enterpriseId]);
  const { fiscalYear, applicationDate } = diagnosis.asOf;
  return (
    <div className="as-of">
      <label htmlFor="as-of-year">{t('fiscalYear')}</label>
      <InputNumber
        id="as-of-year"
        size="small"
        min={1990}
        max={2100}
        precision={0}
        value={chosen?.fiscalYear ?? fiscalYear}
        onChange={(year) => chooseAsOf(enterpriseId, { fiscalYear: year ?? undefined })}
      />
      <label htmlFor="as-of-day">{t('applicationDate')}</label>
      <DatePicker
        id="as-of-day"
        size="small"
        value={dayjs(chosen?.applicationDate ?? applicationDate)}
        onChange={(day) => chooseAsOf(enterpriseId, { applicationDate: day?.format('YYYY-MM-DD') })}
      />
      <label htmlFor="as-of-review">{t('reviewOf')}</label>
      <Select<number[]>
        id="as-of-review"
        size="small"
        mode="multiple"
        className="as-of-review"
        placeholder={t('noReview')}
        value={chosen?.review ?? diagnosis.review}
        options={[1, 2, 3].map((rung) => ({ value: rung, label: t(`common:tier.${rung}`) }))}
        onChange={(review) => chooseAsOf(enterpriseId, { review })}
      />
    </div>
  );
}
