import { Alert, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fieldLabel } from '../components/error-text.ts';
import { pick } from '../i18n/i18n.ts';
import { startAdding } from '../state/commands.ts';
import { dropDraft, useDraftsLeft } from '../state/drafts.ts';
import { goTo } from '../state/place.ts';
import { type Reference, useReference } from '../state/reference.ts';
import { placeOfSpot, type Spot } from './spot-place.ts';
import './safety.css';

interface Left {
  key: string;
  label: string;
  /** Where the field is; null = it is opened by `open`. */
  spot: Spot | null;
  open?: () => void;
}

/** A draft's key in words, and where its field is; null for what is not typed text. */
function describe(key: string, reference: Reference | null): Left | null {
  const [kind, owner = '', part = '', ...rest] = key.split(' ');
  const name = rest.join(' ');
  if (kind === 'form' && owner === 'add') return { key, label: 'add', spot: null, open: startAdding };
  if (kind !== 'typed' && kind !== 'held' && kind !== 'form') return null;
  if (owner === 'settings')
    return {
      key,
      label: fieldLabel(part),
      spot: { place: { screen: 'settings' }, field: `#settings-${part}` },
    };
  if (part === 'profile')
    return {
      key,
      label: fieldLabel(name),
      spot: placeOfSpot(
        { enterpriseId: owner, entity: 'enterprise', entityId: owner, field: name },
        reference,
      ),
    };
  if (part === 'figures') {
    const [year = '', column = ''] = rest;
    return {
      key,
      label: `${fieldLabel(column)} ${/^\d+$/.test(year) ? year : ''}`.trim(),
      spot: placeOfSpot(
        { enterpriseId: owner, entity: 'figure', entityId: year, field: column || null },
        reference,
      ),
    };
  }
  if (part === 'facts') {
    const fact = reference?.facts.find((known) => (known.stored ?? known.id) === name.split('@')[0]);
    return {
      key,
      label: fact ? pick(fact.label) : fieldLabel(name),
      spot: placeOfSpot({ enterpriseId: owner, entity: 'fact', entityId: name, field: 'value' }, reference),
    };
  }
  if (part === 'titles' || part === 'ip')
    return {
      key,
      label: part,
      spot: placeOfSpot(
        { enterpriseId: owner, entity: part === 'titles' ? 'title' : 'ipRight', entityId: '', field: null },
        reference,
      ),
    };
  return null;
}

/** After a crash: what was typed and not stored is back in its fields, or waits where it was typed. */
export function DraftsLeft() {
  const { t } = useTranslation('safety');
  const { left, restored } = useDraftsLeft();
  const reference = useReference((state) => state.reference);
  const [closed, setClosed] = useState(false);
  const waiting = [...left.keys()].flatMap((key) => describe(key, reference) ?? []);
  const back = restored.filter((key) => describe(key, reference) !== null || key.endsWith(' content')).length;
  if (closed || (waiting.length === 0 && back === 0)) return null;
  const named = (label: string) =>
    ['add', 'titles', 'ip'].includes(label) ? t(`drafts.form.${label}`) : label;
  return (
    <div className="notice-bar" role="status">
      <Alert
        type="info"
        showIcon
        closable={{ 'aria-label': t('close'), onClose: () => setClosed(true) }}
        title={
          back > 0 ? t('drafts.restored', { count: back }) : t('drafts.waiting', { count: waiting.length })
        }
        description={
          waiting.length > 0 && (
            <ul className="drafts-left">
              {waiting.slice(0, 6).map(({ key, label, spot, open }) => (
                <li key={key}>
                  <span>{named(label)}</span>
                  <Button
                    size="small"
                    type="link"
                    onClick={() => (spot ? goTo(spot.place, spot.field) : open?.())}
                  >
                    {t('drafts.continue')}
                  </Button>
                  <Button size="small" type="text" onClick={() => dropDraft(key)}>
                    {t('drafts.discard')}
                  </Button>
                </li>
              ))}
            </ul>
          )
        }
      />
    </div>
  );
}
