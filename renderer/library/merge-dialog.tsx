import { SwapOutlined } from '@ant-design/icons';
import { App, Button, Modal, Radio, Spin } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallOutput } from '../../electron/api.ts';
import { call } from '../api.ts';
import { errorText } from '../components/error-text.ts';
import { ErrorView } from '../components/error-view.tsx';
import { undoStep } from '../safety/undo-store.ts';
import { useReference } from '../state/reference.ts';
import { changedFields } from './history-words.ts';

export type DuplicateMember = CallOutput<'duplicates.list'>['groups'][number]['members'][number];
type Compared = CallOutput<'duplicates.compare'>;
type Choice = Compared['choices'][number];

const KINDS = ['title', 'ipRight', 'diagnosis', 'plan', 'target', 'attachment'];

/** Which of the two a merge should keep: the one with a credit code, else the one worked on last. */
function better([a, b]: [DuplicateMember, DuplicateMember]): [DuplicateMember, DuplicateMember] {
  if ((a.uscc === null) !== (b.uscc === null)) return a.uscc === null ? [b, a] : [a, b];
  return a.updatedAt >= b.updatedAt ? [a, b] : [b, a];
}

/** A value of both in words, with its label; the log of changes says them the same way. */
function useWords(): (choice: Choice) => { label: string; keep: string; gone: string } {
  const { t } = useTranslation(['library', 'common', 'diagnosis']);
  const reference = useReference((state) => state.reference);
  return ({ entity, entityId, field, keep, gone }) => {
    const [words] = changedFields(
      {
        id: 0,
        at: '',
        actor: '',
        action: '',
        entity,
        entityId,
        fields: { [field]: { old: keep, new: gone } },
      },
      reference,
      t,
    );
    const none = t('history.none');
    const label = words?.label ?? field;
    return {
      label: entity === 'figure' ? t('history.yearOf', { label, year: entityId }) : label,
      keep: words?.old ?? none,
      gone: words?.new ?? none,
    };
  };
}

/** Two enterprises side by side: for each value that differs a choice, then one step that can be undone. */
export function MergeDialog(props: {
  pair: [DuplicateMember, DuplicateMember];
  onClose(done: boolean): void;
}) {
  const { t } = useTranslation(['lists', 'library', 'common']);
  const { notification, message } = App.useApp();
  const words = useWords();
  const [[keep, gone], setPair] = useState(() => better(props.pair));
  const [compared, setCompared] = useState<Compared | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const [take, setTake] = useState<ReadonlySet<string>>(new Set());
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    let current = true;
    setCompared(null);
    setFailure(null);
    setTake(new Set());
    call('duplicates.compare', { keep: keep.id, gone: gone.id }).then(
      (answer) => current && setCompared(answer),
      (error: unknown) => current && setFailure(error),
    );
    return () => {
      current = false;
    };
  }, [keep.id, gone.id]);

  const choose = (key: string, theirs: boolean) => {
    const next = new Set(take);
    if (theirs) next.add(key);
    else next.delete(key);
    setTake(next);
  };
  const merge = () => {
    setBusy(true);
    call('duplicates.merge', { keep: keep.id, gone: gone.id, take: [...take] })
      .then(
        () => {
          notification.success({
            key: 'merge',
            title: t('duplicates.merged', { name: keep.name }),
            duration: 8,
            actions: (
              <Button
                size="small"
                onClick={() => {
                  notification.destroy('merge');
                  void undoStep('back');
                }}
              >
                {t('bulk.undo')}
              </Button>
            ),
          });
          props.onClose(true);
        },
        (error: unknown) => message.error(errorText(error), 8),
      )
      .finally(() => setBusy(false));
  };
  const moved = Object.entries(compared?.moved ?? {}).map(([kind, count]) =>
    t('duplicates.records', {
      kind: t(`duplicates.kind.${KINDS.includes(kind) ? kind : 'other'}`),
      count,
    }),
  );
  return (
    <Modal
      open
      width={960}
      title={t('duplicates.mergeTitle')}
      onCancel={() => props.onClose(false)}
      footer={[
        <span key="note" className="muted merge-note">
          {t('duplicates.note')}
        </span>,
        <Button key="cancel" onClick={() => props.onClose(false)}>
          {t('common:cancel')}
        </Button>,
        <Button key="merge" type="primary" disabled={!compared} loading={busy} onClick={merge}>
          {t('duplicates.merge')}
        </Button>,
      ]}
    >
      {failure ? <ErrorView error={failure} onRetry={() => setPair([keep, gone])} /> : null}
      <div className="merge-scroll">
        <table className="merge-table">
          <thead>
            <tr>
              <th scope="col">
                <Button size="small" icon={<SwapOutlined />} onClick={() => setPair([gone, keep])}>
                  {t('duplicates.swap')}
                </Button>
              </th>
              <th scope="col">
                <span className="tag tag-small tag-neutral">{t('duplicates.keepThis')}</span>
                <b>{keep.name}</b>
                <span className="list-second">{keep.uscc ?? t('filter.none')}</span>
              </th>
              <th scope="col">
                <span className="tag tag-small tag-neutral">{t('duplicates.goesAway')}</span>
                <b>{gone.name}</b>
                <span className="list-second">{gone.uscc ?? t('filter.none')}</span>
              </th>
            </tr>
          </thead>
          {compared && (
            <tbody>
              <tr>
                <th colSpan={3} scope="rowgroup" className="merge-part">
                  {t(compared.choices.length > 0 ? 'duplicates.differ' : 'duplicates.same')}
                </th>
              </tr>
              {compared.choices.map((choice) => {
                const said = words(choice);
                const theirs = take.has(choice.key);
                return (
                  <tr key={choice.key}>
                    <th scope="row">{said.label}</th>
                    <td>
                      <Radio checked={!theirs} onChange={() => choose(choice.key, false)}>
                        {said.keep}
                      </Radio>
                    </td>
                    <td>
                      <Radio checked={theirs} onChange={() => choose(choice.key, true)}>
                        {said.gone}
                      </Radio>
                    </td>
                  </tr>
                );
              })}
              {compared.filled.length > 0 && (
                <tr>
                  <th colSpan={3} scope="rowgroup" className="merge-part">
                    {t('duplicates.filled')}
                  </th>
                </tr>
              )}
              {compared.filled.map((choice) => {
                const said = words(choice);
                return (
                  <tr key={choice.key}>
                    <th scope="row">{said.label}</th>
                    <td className="muted">–</td>
                    <td>{said.gone}</td>
                  </tr>
                );
              })}
              {moved.length > 0 && (
                <tr>
                  <th colSpan={3} scope="rowgroup" className="merge-part">
                    {t('duplicates.moved')}: {moved.join(t('library:filter.join'))}
                  </th>
                </tr>
              )}
            </tbody>
          )}
        </table>
        {!compared && !failure && <Spin />}
      </div>
    </Modal>
  );
}
