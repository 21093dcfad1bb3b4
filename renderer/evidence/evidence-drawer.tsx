import { InboxOutlined } from '@ant-design/icons';
import { Button, Drawer } from 'antd';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { ReadOnlyNote } from '../components/writing.tsx';
import { useEnterprise } from '../state/enterprise.ts';
import {
  type EvidencePlace,
  filesAt,
  followEvidence,
  hideEvidence,
  useEvidence,
  useEvidenceOf,
} from './evidence-store.ts';
import { FileList } from './file-list.tsx';
import { useAdding } from './use-adding.ts';
import './evidence.css';

function Files({ place }: { place: EvidencePlace }) {
  const { t } = useTranslation('evidence');
  const files = filesAt(useEvidenceOf(place.enterpriseId), place);
  const { canWrite, busy, over, choose, drop, onPaste } = useAdding(place);
  return (
    <div className="evidence-drawer" onPaste={onPaste} {...drop}>
      <ReadOnlyNote />
      <div className={over ? 'evidence-drop evidence-over' : 'evidence-drop'}>
        <InboxOutlined aria-hidden />
        <p>{t('drop')}</p>
        <Button type="primary" loading={busy} disabled={!canWrite} onClick={choose} autoFocus>
          {t('choose')}
        </Button>
        <p className="muted">{t('limits')}</p>
      </div>
      {files.length > 0 ? <FileList files={files} /> : <p className="muted">{t('none')}</p>}
    </div>
  );
}

/** The files of one place, in a drawer: add, look, save, take off. */
export function EvidenceDrawer() {
  const { t } = useTranslation('evidence');
  const { asked } = useEvidence();
  const open = useEnterprise((state) => state.id);
  useEffect(() => followEvidence(), []);
  useEffect(() => {
    if (asked && open !== asked.enterpriseId) hideEvidence();
  }, [open, asked]);
  return (
    <Drawer
      open={asked !== null}
      size={560}
      title={asked ? t('title', { label: asked.label }) : ''}
      onClose={hideEvidence}
      closable={{ 'aria-label': t('close') }}
      destroyOnHidden
    >
      {asked && <Files place={asked} />}
    </Drawer>
  );
}
