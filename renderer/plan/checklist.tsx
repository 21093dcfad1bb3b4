import { PaperClipOutlined } from '@ant-design/icons';
import { App, Button, Select, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallOutput } from '../../electron/api.ts';
import { call, callShell } from '../api.ts';
import { errorText } from '../components/error-text.ts';
import { ErrorView } from '../components/error-view.tsx';
import { showEvidence } from '../evidence/evidence-store.ts';
import { pick } from '../i18n/i18n.ts';
import { editPlan, type Plan } from './plan-store.ts';
import { useAsked } from './use-asked.ts';
import './follow.css';

type List = NonNullable<CallOutput<'plan.checklist'>>;
type Material = List['materials'][number];
type Route = List['route'];

const tones = { ready: 'met', partly: 'manual', missing: 'unmet', open: 'unknown' } as const;

/** Marks a paper by hand; null goes back to what the library says. */
function mark(id: string, state: 'ready' | 'missing' | null): void {
  editPlan('', (content) => {
    const others = content.materials.filter((material) => material.id !== id);
    return { ...content, materials: state ? [...others, { id, state }] : others };
  });
}

const keyOf = ({ rung, standard, tier }: Route) => `${rung} ${standard} ${tier}`;

/** Files that show a paper, to be looked at, and the places that still lack one, to attach it. */
function Proofs({ material, enterpriseId }: { material: Material; enterpriseId: string }) {
  const { t } = useTranslation('plan');
  const { message } = App.useApp();
  const files = new Map(material.proofs.flatMap((proof) => proof.files.map((file) => [file.id, file])));
  const lacking = new Map<string, { place: Material['proofs'][number]['place']; labels: string[] }>();
  for (const { place, label, files: found } of material.proofs) {
    if (found.some(({ there }) => there)) continue;
    const key = `${place.entity} ${place.entityId}`;
    const known = lacking.get(key) ?? { place, labels: [] };
    if (!known.labels.includes(pick(label))) known.labels.push(pick(label));
    lacking.set(key, known);
  }
  const look = (id: string) =>
    callShell('shell.openEvidence', { id }).catch((error: unknown) => void message.error(errorText(error)));
  return (
    <div className="material-proofs">
      {[...files.values()].map((file) => (
        <Button
          key={file.id}
          type="link"
          size="small"
          disabled={!file.there}
          icon={<PaperClipOutlined />}
          title={t('lookAt', { name: file.name })}
          onClick={() => void look(file.id)}
        >
          <span className="ellipsis">{file.name}</span>
        </Button>
      ))}
      {[...lacking].map(([key, { place, labels }]) => {
        const label =
          place.entity === 'figure'
            ? t('figuresOf', { year: place.entityId })
            : labels.slice(0, 2).join(' \u00b7 ');
        return (
          <Button
            key={key}
            size="small"
            icon={<PaperClipOutlined />}
            data-attach={key}
            onClick={() => showEvidence({ enterpriseId, ...place, label })}
          >
            <span className="ellipsis">{t('attachFor', { label })}</span>
          </Button>
        );
      })}
    </div>
  );
}

/** The papers of a tier and route, ready or missing by the files attached in the library. */
export function Checklist({ plan }: { plan: Plan }) {
  const { t } = useTranslation(['plan', 'common']);
  const [route, setRoute] = useState<Route | null>(null);
  const ask = () => call('plan.checklist', { id: plan.id, ...(route ? { route } : {}) });
  const { found, error } = useAsked<CallOutput<'plan.checklist'>>(
    ask,
    `${plan.id} ${route ? keyOf(route) : ''}`,
  );
  // A mark shows at once, before the service has counted it.
  const marks = new Map(plan.content.materials.map(({ id, state }) => [id, state]));
  const stateOf = ({ id, state, byHand }: Material) => marks.get(id) ?? (byHand ? null : state);
  const list = found?.materials ?? [];
  const ready = list.filter((material) => stateOf(material) === 'ready').length;
  return (
    <section className="panel plan-section" aria-label={t('checklistTitle')}>
      <header className="section-head">
        <h3>{t('checklistTitle')}</h3>
        {found && (
          <Select
            className="checklist-route"
            aria-label={t('checklistRoute')}
            disabled={false}
            value={keyOf(found.route)}
            popupMatchSelectWidth={false}
            options={found.routes.map((one) => ({
              value: keyOf(one),
              label: t(one.review ? 'routeReview' : 'routeOfTier', {
                tier: t(`common:tier.${one.rung as 1 | 2 | 3}`),
                title: pick(one.title),
              }),
            }))}
            onChange={(key) => setRoute(found.routes.find((one) => keyOf(one) === key) ?? null)}
          />
        )}
        {list.length > 0 && (
          <span className="muted num">{t('checklistDone', { ready, total: list.length })}</span>
        )}
      </header>
      {error ? <ErrorView error={error} /> : null}
      {found === undefined && !error && <Skeleton active />}
      {found && (
        <p className="muted">
          {pick(found.note)} {found.document && pick(found.document)}
        </p>
      )}
      <table className="plan-table">
        <tbody>
          {list.map((material) => {
            const state = stateOf(material) ?? 'open';
            return (
              <tr key={material.id} data-material={material.id}>
                <td>
                  {pick(material.text)}
                  {material.for.length > 0 && (
                    <div className="muted material-for">{material.for.map(pick).join(' \u00b7 ')}</div>
                  )}
                </td>
                <td className="material-state">
                  <span className={`tag tag-small tag-${tones[state]}`}>{t(`materialState.${state}`)}</span>
                </td>
                <td className="muted material-says">
                  {marks.has(material.id) && <div>{t('byHand')}</div>}
                  {pick(material.says)}
                  <Proofs material={material} enterpriseId={plan.enterpriseId} />
                </td>
                <td className="material-mark">
                  <Select<'library' | 'ready' | 'missing'>
                    size="small"
                    aria-label={t('materialMark', { text: pick(material.text) })}
                    value={marks.get(material.id) ?? 'library'}
                    options={[
                      { value: 'library', label: t('byLibrary') },
                      { value: 'ready', label: t('materialState.ready') },
                      { value: 'missing', label: t('materialState.missing') },
                    ]}
                    onChange={(value) => mark(material.id, value === 'library' ? null : value)}
                  />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
