import { App, Button } from 'antd';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallInput, CallOutput } from '../../electron/api.ts';
import { call } from '../api.ts';
import { errorText, fieldLabel } from '../components/error-text.ts';
import { pick } from '../i18n/i18n.ts';
import { valueWords } from '../library/history-words.ts';
import { useCanWrite } from '../state/can-write.ts';
import { useReference } from '../state/reference.ts';

type Place = CallOutput<'check.damage'>[number];

/** The places of one record together: they are mended together. */
function byRecord(places: readonly Place[]): Place[][] {
  const groups = new Map<string, Place[]>();
  for (const place of places) {
    const key = `${place.kind} ${place.enterpriseId} ${place.entity} ${place.entityId}`;
    groups.set(key, [...(groups.get(key) ?? []), place]);
  }
  return [...groups.values()];
}

/**
 * Where record and log do not say the same, record by record, with both values and what can be done. `at` is the check
 * that found it.
 */
export function DamageList({ at }: { at: string }) {
  const { t } = useTranslation('safety');
  const { message } = App.useApp();
  const reference = useReference((state) => state.reference);
  const [places, setPlaces] = useState<readonly Place[]>([]);
  const canWrite = useCanWrite();
  const [busy, setBusy] = useState(false);
  const load = useCallback(() => call('check.damage', {}).then(setPlaces, () => setPlaces([])), []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another check finds other places.
  useEffect(() => void load(), [load, at]);

  async function mend(input: CallInput<'check.mend'>) {
    setBusy(true);
    try {
      setPlaces(await call('check.mend', input));
    } catch (error) {
      void message.error(errorText(error));
    } finally {
      setBusy(false);
    }
  }

  function recordName({ entity, entityId }: Place): string {
    if (entity === 'log' || entity === 'long') return t(`check.damage.${entity}`);
    const kind = t(`library:history.entity.${entity}`, { defaultValue: t('library:history.entity.other') });
    if (entity === 'figure') return `${kind} ${entityId}`;
    const [factId, year] = entityId.split('@');
    const fact = entity === 'fact' && reference?.facts.find((one) => (one.stored ?? one.id) === factId);
    return fact ? `${pick(fact.label)}${year ? ` ${year}` : ''}` : kind;
  }

  /** Both values as people know them; as they lie there where the words for them are the same. */
  function bothWords({ entity, entityId, stored, logged }: Place, field: string): [string, string] {
    const words = (value: unknown) =>
      valueWords({ entity, entityId, field }, value, reference, t) ?? t('check.damage.nothing');
    const bare = (value: unknown) => JSON.stringify(value ?? null);
    const both: [string, string] = [words(stored), words(logged)];
    return both[0] === both[1] ? [bare(stored), bare(logged)] : both;
  }

  function actions(place: Place) {
    const { kind, enterpriseId, entity, entityId, changeId } = place;
    if (kind === 'field')
      return (['log', 'stored'] as const).map((take) => (
        <Button
          key={take}
          size="small"
          disabled={busy || !canWrite}
          onClick={() => void mend({ kind, of: { enterpriseId, entity, entityId }, take })}
        >
          {t(`check.damage.take.${take}`)}
        </Button>
      ));
    const input =
      kind === 'line'
        ? ({ kind, changeId: changeId ?? 0 } as const)
        : ({ kind, entity: entity as 'diagnosis' | 'screening' | 'long', entityId } as const);
    return (
      <Button size="small" disabled={busy || !canWrite} onClick={() => void mend(input)}>
        {t(kind === 'line' ? 'check.damage.fromBackupElse' : 'check.damage.fromBackup')}
      </Button>
    );
  }

  if (places.length === 0) return null;
  return (
    <section className="check-damage">
      <h3>{t('check.damage.title')}</h3>
      <p className="muted">{t('check.damage.text')}</p>
      <ul>
        {byRecord(places).map((group) => (
          <li key={`${group[0]!.kind} ${group[0]!.enterpriseId} ${group[0]!.entity} ${group[0]!.entityId}`}>
            <strong>
              {[group[0]!.enterprise, recordName(group[0]!)].filter((part) => part !== null).join(' · ')}
            </strong>
            {group.map((place) => {
              if (place.field === null) return null;
              const [stored, logged] = bothWords(place, place.field);
              return (
                <dl key={place.field}>
                  <dt>{fieldLabel(place.field)}</dt>
                  <dd>
                    {t('check.damage.stored')} <b>{stored}</b>
                  </dd>
                  <dd>
                    {t('check.damage.logged')} <b>{logged}</b>
                  </dd>
                </dl>
              );
            })}
            <div className="damage-actions">{actions(group[0]!)}</div>
          </li>
        ))}
      </ul>
    </section>
  );
}
