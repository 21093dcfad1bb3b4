import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { pick } from '../i18n/i18n.ts';
import { factSpot } from '../library/history-spots.ts';
import { placeOfSpot } from '../safety/spot-place.ts';
import { useCanWrite } from '../state/can-write.ts';
import { useEnterprise } from '../state/enterprise.ts';
import { goTo } from '../state/place.ts';
import { useReference } from '../state/reference.ts';
import { EvidenceButton } from './evidence-button.tsx';
import { showEvidence, useEvidenceOf } from './evidence-store.ts';
import { FileList } from './file-list.tsx';
import './evidence.css';

/** How a place of evidence is called: a question, a year's figures, a title. */
function usePlaceWords(enterpriseId: string) {
  const { t } = useTranslation(['evidence', 'library']);
  const reference = useReference((state) => state.reference);
  const file = useEnterprise((state) => (state.id === enterpriseId ? state.file : null));
  return (entity: string, entityId: string): string => {
    if (entity === 'fact') {
      const { factId, year } = factSpot(entityId);
      const fact = reference?.facts.find((known) => known.id === factId || known.stored === factId);
      const label = fact ? pick(fact.label) : factId;
      return year ? t('library:history.yearOf', { year, label }) : label;
    }
    if (entity === 'figure') return t('figures', { year: entityId });
    if (entity === 'title') return file?.titles.find(({ id }) => id === entityId)?.name ?? t('aTitle');
    if (entity === 'ipRight') return file?.ipRights.find(({ id }) => id === entityId)?.name ?? t('aRight');
    return t('enterprise');
  };
}

const MOST = 40;

/** All evidence of an enterprise, and what is answered without any. */
export function EvidencePart({ enterpriseId }: { enterpriseId: string }) {
  const { t } = useTranslation(['evidence', 'common']);
  const list = useEvidenceOf(enterpriseId);
  const canWrite = useCanWrite();
  const reference = useReference((state) => state.reference);
  const words = usePlaceWords(enterpriseId);
  const missing = list?.missing ?? [];
  return (
    <>
      <div className="part-head">
        <h2>{t('partTitle')}</h2>
        <EvidenceButton
          place={{ enterpriseId, entity: 'enterprise', entityId: enterpriseId, label: t('enterprise') }}
        />
      </div>
      {list && list.files.length === 0 && <p className="muted">{t('noneAtAll')}</p>}
      {list && <FileList files={list.files} placeOf={({ entity, entityId }) => words(entity, entityId)} />}
      <h3 className="evidence-missing-title">
        {t('missing')} <span className="tag tag-small tag-unknown">{missing.length}</span>
      </h3>
      {list && missing.length === 0 && <p className="muted">{t('nothingMissing')}</p>}
      <ul className="evidence-missing">
        {missing.slice(0, MOST).map(({ entity, entityId, basis, name }) => {
          const label = name ?? words(entity, entityId);
          const spot = placeOfSpot({ enterpriseId, entity, entityId, field: null }, reference);
          return (
            <li key={`${entity} ${entityId}`}>
              <button type="button" className="link" onClick={() => spot && goTo(spot.place, spot.field)}>
                {label}
              </button>
              {basis && <span className="muted">{t(`common:basis.${basis}`)}</span>}
              <Button
                size="small"
                disabled={!canWrite}
                onClick={() => showEvidence({ enterpriseId, entity, entityId, label })}
              >
                {t('attach')}
              </Button>
            </li>
          );
        })}
      </ul>
      {missing.length > MOST && <p className="muted">{t('more', { count: missing.length - MOST })}</p>}
    </>
  );
}
