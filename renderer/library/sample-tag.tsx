import { Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import { pick } from '../i18n/i18n.ts';

/** Marks enterprises that are samples: historical public figures, or invented ones. */
export function SampleTag(props: {
  row: { isSample: boolean; isSynthetic: boolean; sampleNotice?: { zh: string; en: string } | null };
}) {
  const { t } = useTranslation('library');
  const { isSample, isSynthetic, sampleNotice } = props.row;
  if (!isSample && !isSynthetic) return null;
  return (
    <Tooltip title={sampleNotice ? pick(sampleNotice) : t(isSynthetic ? 'syntheticHint' : 'sampleHint')}>
      <span className="tag tag-small tag-neutral">{t(isSynthetic ? 'synthetic' : 'sample')}</span>
    </Tooltip>
  );
}
