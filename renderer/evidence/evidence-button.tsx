import { PaperClipOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { type EvidencePlace, filesAt, showEvidence, useEvidenceOf } from './evidence-store.ts';
import { useAdding } from './use-adding.ts';
import './evidence.css';

/** A paper clip with the number of files attached here; opens them, and takes files dropped on it. */
export function EvidenceButton({ place }: { place: EvidencePlace }) {
  const { t } = useTranslation('evidence');
  const count = filesAt(useEvidenceOf(place.enterpriseId), place).length;
  const { over, drop, busy } = useAdding(place);
  return (
    <Button
      type="text"
      size="small"
      tabIndex={-1}
      disabled={false}
      loading={busy}
      className={over ? 'evidence-button evidence-over' : 'evidence-button'}
      icon={<PaperClipOutlined aria-hidden />}
      aria-label={t('of', { label: place.label, count })}
      onClick={() => showEvidence(place)}
      {...drop}
    >
      {count > 0 ? t('count', { count }) : t('evidence')}
    </Button>
  );
}
