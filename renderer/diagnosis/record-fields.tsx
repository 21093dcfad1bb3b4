import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { ProfileFieldInput } from '../library/profile-field.tsx';
import { profileGroups } from '../library/profile-groups.ts';
import type { EnterpriseFile } from '../state/enterprise.ts';
import { go } from '../state/place.ts';

const shown = ['foundedOn', 'industry', 'mainProduct', 'niche', 'nicheSince'];
const places = profileGroups.flatMap((group) => group.fields).filter((place) => shown.includes(place.field));

/** The parts of the profile that verdicts rest on, so that the walk starts complete. */
export function RecordFields({ file }: { file: EnterpriseFile }) {
  const { t } = useTranslation('diagnosis');
  const { id } = file.enterprise;
  return (
    <section className="record-fields panel" aria-label={t('recordTitle')} data-prose>
      <header>
        <h3>{t('recordTitle')}</h3>
        <Button
          type="link"
          size="small"
          tabIndex={-1}
          disabled={false}
          onClick={() => go({ screen: 'enterprise', id, tab: 'profile' })}
        >
          {t('recordMore', { titles: file.titles.length })}
        </Button>
      </header>
      <div className="record-grid">
        {places.map((place) => (
          <ProfileFieldInput key={place.field} enterprise={file.enterprise} place={place} />
        ))}
      </div>
    </section>
  );
}
