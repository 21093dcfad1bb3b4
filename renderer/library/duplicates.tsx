import { CheckCircleOutlined } from '@ant-design/icons';
import { App, Button, Checkbox, Drawer, Spin } from 'antd';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallOutput } from '../../electron/api.ts';
import { call } from '../api.ts';
import { formatDay } from '../components/dates.ts';
import { EmptyState } from '../components/empty-state.tsx';
import { errorText } from '../components/error-text.ts';
import { ErrorView } from '../components/error-view.tsx';
import { formatNumber } from '../components/money.ts';
import { useReference } from '../state/reference.ts';
import { placeName } from './columns.tsx';
import { type DuplicateMember, MergeDialog } from './merge-dialog.tsx';
import './duplicates.css';

type Answer = CallOutput<'duplicates.list'>;
export type DuplicateGroup = Answer['groups'][number];

function GroupCard(props: {
  group: DuplicateGroup;
  onMerge(pair: [DuplicateMember, DuplicateMember]): void;
  onApart(): void;
}) {
  const { t } = useTranslation(['lists', 'library']);
  const reference = useReference((state) => state.reference);
  const { group } = props;
  const { members } = group;
  const [chosen, setChosen] = useState<string[]>(() => members.slice(0, 2).map(({ id }) => id));
  const pair = members.filter(({ id }) => chosen.includes(id));
  const [first, second] = pair;
  return (
    <section className="duplicate-group">
      <header>
        <span className="tag tag-small tag-neutral">
          {t(`duplicates.reason.${group.reason}`, { name: group.formerName ?? '' })}
        </span>
        <span className="library-head-space" />
        <Button size="small" type="text" onClick={props.onApart}>
          {t('duplicates.apart')}
        </Button>
        <Button
          size="small"
          disabled={pair.length !== 2}
          title={pair.length === 2 ? undefined : t('duplicates.pickTwo')}
          onClick={() => first && second && props.onMerge([first, second])}
        >
          {t('duplicates.compare')}
        </Button>
      </header>
      {members.map((member) => (
        <div key={member.id} className="duplicate-member">
          {members.length > 2 && (
            <Checkbox
              aria-label={t('select.row', { name: member.name })}
              checked={chosen.includes(member.id)}
              onChange={({ target }) =>
                setChosen(target.checked ? [...chosen, member.id] : chosen.filter((id) => id !== member.id))
              }
            />
          )}
          <span>
            <strong>{member.name}</strong>
            {member.archived && <span className="tag tag-small tag-neutral">{t('library:archived')}</span>}
            <span className="list-second">
              {[
                member.uscc ?? t('filter.none'),
                placeName(reference, member.district),
                formatDay(member.updatedAt),
              ]
                .filter(Boolean)
                .join(' · ')}
            </span>
            <span className="list-second">{t('duplicates.has', member.has)}</span>
          </span>
        </div>
      ))}
    </section>
  );
}

/** Enterprises that may be in the library twice, with the way to put them together. */
export function Duplicates({ open, onClose }: { open: boolean; onClose(): void }) {
  const { t } = useTranslation('lists');
  const { message } = App.useApp();
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const [merging, setMerging] = useState<[DuplicateMember, DuplicateMember] | null>(null);
  const load = useCallback(() => {
    setFailure(null);
    call('duplicates.list', {}).then(setAnswer, setFailure);
  }, []);
  useEffect(() => {
    if (open) load();
  }, [open, load]);
  const apart = (group: DuplicateGroup) => {
    call('duplicates.apart', { ids: group.members.map(({ id }) => id) }).then(
      () => {
        void message.success(t('duplicates.apartDone'));
        load();
      },
      (error: unknown) => message.error(errorText(error)),
    );
  };
  const groups = answer?.groups ?? [];
  return (
    <Drawer open={open} onClose={onClose} title={t('duplicates.title')} size={720} destroyOnHidden>
      {failure ? <ErrorView error={failure} onRetry={load} /> : null}
      {!answer && !failure && <Spin />}
      {answer && groups.length === 0 && (
        <EmptyState
          icon={<CheckCircleOutlined />}
          title={t('duplicates.none')}
          text={t('duplicates.noneText')}
        />
      )}
      {groups.length > 0 && answer && (
        <p className="muted">
          {answer.total > groups.length
            ? t('duplicates.more', {
                shown: formatNumber(groups.length),
                number: formatNumber(answer.total),
              })
            : t('duplicates.found', { number: formatNumber(answer.total) })}
        </p>
      )}
      {groups.map((group) => (
        <GroupCard
          key={group.members.map(({ id }) => id).join()}
          group={group}
          onMerge={setMerging}
          onApart={() => apart(group)}
        />
      ))}
      {merging && (
        <MergeDialog
          pair={merging}
          onClose={(done) => {
            setMerging(null);
            if (done) load();
          }}
        />
      )}
    </Drawer>
  );
}
