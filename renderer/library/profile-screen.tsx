import { Alert, Anchor } from 'antd';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { SaveState } from '../components/save-state.tsx';
import { Writing } from '../components/writing.tsx';
import { EvidencePart } from '../evidence/evidence-part.tsx';
import { pick } from '../i18n/i18n.ts';
import { useEnterprise } from '../state/enterprise.ts';
import { flushOwner, overall, useSaves } from '../state/save-queue.ts';
import { IpRights } from './ip-rights.tsx';
import { ProfileFieldInput } from './profile-field.tsx';
import { profileGroups } from './profile-groups.ts';
import { Titles } from './titles.tsx';
import './profile.css';

/** The profile of an enterprise: every field saves itself; titles, IP rights and remarks stand below. */
export function ProfileScreen({ enterpriseId }: { enterpriseId: string }) {
  const { t } = useTranslation('library');
  const file = useEnterprise((state) => state.file);
  const status = useSaves((state) => overall(state.fields, enterpriseId));
  const scroller = useRef<HTMLDivElement>(null);
  useEffect(
    () => () => {
      void flushOwner(enterpriseId);
    },
    [enterpriseId],
  );
  if (!file) return null;
  const { enterprise, remarks, titles, ipRights } = file;
  const parts = [
    ...profileGroups.map((group) => group.id),
    'titles',
    'ip',
    'evidence',
    ...(remarks.length > 0 ? ['remarks'] : []),
  ];
  return (
    <div className="profile">
      <aside className="profile-side">
        <Anchor
          affix={false}
          getContainer={() => scroller.current ?? window}
          onClick={(event) => event.preventDefault()}
          items={parts.map((id) => ({
            key: id,
            href: `#profile-${id}-part`,
            title: t(`profileGroup.${id}`),
          }))}
        />
        <div className="profile-saved">
          <SaveState status={status} onRetry={() => void flushOwner(enterpriseId)} />
        </div>
      </aside>
      <div className="scroll profile-content" ref={scroller}>
        {enterprise.sampleNotice && <Alert type="info" showIcon title={pick(enterprise.sampleNotice)} />}
        <Writing>
          {profileGroups.map((group) => (
            <section key={group.id} id={`profile-${group.id}-part`} className="panel profile-part">
              <h2>{t(`profileGroup.${group.id}`)}</h2>
              <div className="profile-grid">
                {group.fields.map((place) => (
                  <ProfileFieldInput key={place.field} enterprise={enterprise} place={place} />
                ))}
              </div>
            </section>
          ))}
          <section id="profile-titles-part" className="panel profile-part">
            <Titles enterpriseId={enterpriseId} titles={titles} />
          </section>
          <section id="profile-ip-part" className="panel profile-part">
            <IpRights enterpriseId={enterpriseId} rights={ipRights} />
          </section>
          <section id="profile-evidence-part" className="panel profile-part">
            <EvidencePart enterpriseId={enterpriseId} />
          </section>
        </Writing>
        {remarks.length > 0 && (
          <section id="profile-remarks-part" className="panel profile-part">
            <h2>{t('profileGroup.remarks')}</h2>
            <ul className="remarks">
              {remarks.map((remark) => (
                <li key={remark.zh}>
                  {pick(remark)}
                  {remark.source && (
                    <span className="list-second"> {t('source', { source: remark.source })}</span>
                  )}
                </li>
              ))}
            </ul>
          </section>
        )}
      </div>
    </div>
  );
}
