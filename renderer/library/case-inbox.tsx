import { SwapOutlined } from '@ant-design/icons';
import { App, Button, Drawer, Popconfirm } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../api.ts';
import { formatMoment } from '../components/dates.ts';
import { errorText } from '../components/error-text.ts';
import { ReadOnlyNote } from '../components/writing.tsx';
import { useCanWrite } from '../state/can-write.ts';
import { go } from '../state/place.ts';
import { useReference } from '../state/reference.ts';
import { By } from './case-firm.tsx';
import { type Batch, type Conflict, followConflicts, settle, undoCase, useCase } from './case-store.ts';
import { disputeWords } from './case-words.ts';
import './case.css';

/** How many values wait for a decision; nothing where there is none. */
export function ConflictButton() {
  const { t } = useTranslation('case');
  const count = useCase((state) => state.conflicts.length);
  useEffect(followConflicts, []);
  if (count === 0) return null;
  return (
    <Button icon={<SwapOutlined aria-hidden />} onClick={() => useCase.setState({ inbox: true })}>
      {t('button', { count })}
    </Button>
  );
}

function Dispute({ conflict }: { conflict: Conflict }) {
  const { t } = useTranslation(['case', 'library', 'common', 'exchange']);
  const { message } = App.useApp();
  const canWrite = useCanWrite();
  const reference = useReference((state) => state.reference);
  const [busy, setBusy] = useState(false);
  const words = disputeWords(conflict, reference, t);
  const choose = (side: 'mine' | 'theirs') => {
    setBusy(true);
    settle(conflict.ids, side)
      .catch((error: unknown) => message.error(errorText(error), 8))
      .finally(() => setBusy(false));
  };
  return (
    <li className="dispute">
      <strong>{words.label}</strong>
      <div className="dispute-sides">
        {(['mine', 'theirs'] as const).map((side) => (
          <div key={side} className={conflict.kept === side ? 'case-stands' : undefined}>
            <span className="muted">{t(side === 'mine' ? 'here' : 'there')}</span>
            <span className="dispute-value">{(side === 'mine' ? words.one : words.other) ?? t('empty')}</span>
            {conflict.kept === side && <span className="case-tag case-tag-changed">{t('stands')}</span>}
            <By by={conflict[side].by} />
            <Button size="small" disabled={busy || !canWrite} onClick={() => choose(side)}>
              {t(side === 'mine' ? 'chooseMine' : 'chooseTheirs')}
            </Button>
          </div>
        ))}
      </div>
    </li>
  );
}

function Disputes() {
  const { t } = useTranslation('case');
  const { message } = App.useApp();
  const canWrite = useCanWrite();
  const conflicts = useCase((state) => state.conflicts);
  const firms = new Map<string, Conflict[]>();
  for (const one of conflicts) firms.set(one.enterpriseId, [...(firms.get(one.enterpriseId) ?? []), one]);
  const keepAll = async () => {
    try {
      for (const side of ['mine', 'theirs'] as const) {
        const ids = conflicts.filter((one) => one.kept === side).flatMap((one) => one.ids);
        for (let from = 0; from < ids.length; from += 500) await settle(ids.slice(from, from + 500), side);
      }
    } catch (error) {
      message.error(errorText(error), 8);
    }
  };
  return (
    <section aria-label={t('toDecide')}>
      <header className="case-firm-head">
        <h3>{t('toDecide')}</h3>
        {conflicts.length > 1 && (
          <Popconfirm
            title={t('keepAllSure')}
            okText={t('keepAll')}
            cancelText={t('cancel')}
            onConfirm={() => void keepAll()}
          >
            <Button size="small" disabled={!canWrite}>
              {t('keepAll')}
            </Button>
          </Popconfirm>
        )}
      </header>
      {conflicts.length === 0 ? (
        <p className="muted">{t('nothingToDecide')}</p>
      ) : (
        <p className="muted">{t('inboxHint')}</p>
      )}
      {[...firms].map(([id, disputes]) => (
        <article key={id} className="dispute-firm">
          <h4>
            <button
              type="button"
              className="case-link"
              onClick={() => {
                useCase.setState({ inbox: false });
                go({ screen: 'enterprise', id, tab: 'profile' });
              }}
            >
              {disputes[0]?.enterpriseName}
            </button>
            <span className="muted">{disputes[0]?.source}</span>
          </h4>
          <ul>
            {disputes.map((one) => (
              <Dispute key={one.ids[0]} conflict={one} />
            ))}
          </ul>
        </article>
      ))}
    </section>
  );
}

function Batches() {
  const { t } = useTranslation('case');
  const { message } = App.useApp();
  const canWrite = useCanWrite();
  const [batches, setBatches] = useState<readonly Batch[]>([]);
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    call('case.list', {}).then(setBatches, (error: unknown) => message.error(errorText(error)));
  }, [message]);
  const undo = (batch: Batch) => {
    setBusy(true);
    undoCase(batch.id)
      .then((left) => {
        setBatches(left);
        message.success(t('undone'));
      })
      .catch((error: unknown) => message.error(errorText(error), 8))
      .finally(() => setBusy(false));
  };
  return (
    <section aria-label={t('batches')}>
      <h3>{t('batches')}</h3>
      {batches.length === 0 && <p className="muted">{t('noBatches')}</p>}
      <ul className="case-batches">
        {batches.map((batch) => (
          <li key={batch.id}>
            <div>
              <strong>{batch.source}</strong>
              <span className="muted">
                {[formatMoment(batch.at), batch.sender].filter((part) => part !== '').join(' \u00b7 ')}
              </span>
              <span>{t('batchLine', batch)}</span>
            </div>
            {batch.undoneAt ? (
              <span className="case-tag">{t('takenBack')}</span>
            ) : (
              <Popconfirm
                title={t('undoSure')}
                okText={t('undo')}
                cancelText={t('cancel')}
                onConfirm={() => undo(batch)}
              >
                <Button size="small" disabled={busy || !canWrite}>
                  {t('undo')}
                </Button>
              </Popconfirm>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What two laptops disagree on, to decide whenever there is time, and the packages that were taken in. */
export function CaseInbox() {
  const { t } = useTranslation('case');
  const inbox = useCase((state) => state.inbox);
  return (
    <Drawer
      open={inbox}
      onClose={() => useCase.setState({ inbox: false })}
      title={t('inboxTitle')}
      size={720}
      destroyOnHidden
    >
      <ReadOnlyNote />
      <Disputes />
      <Batches />
    </Drawer>
  );
}
