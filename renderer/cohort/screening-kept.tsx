import { DeleteOutlined, FolderOpenOutlined } from '@ant-design/icons';
import { App, Button, Popconfirm, Popover } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorText } from '../components/error-text.ts';
import { formatNumber } from '../components/money.ts';
import { compareWith, openKept, removeKept, type Saved, useScreening } from './screening-store.ts';

function KeptLine({ saved, onDone }: { saved: Saved; onDone(): void }) {
  const { t } = useTranslation(['cohort', 'common']);
  const { message } = App.useApp();
  const shown = useScreening((state) => state.shown);
  const { counts } = saved.summary;
  const comparable = shown && shown.saved?.id !== saved.id && shown.summary.question.rung === saved.rung;
  return (
    <li className="cohort-kept">
      <span className="cohort-kept-name">
        <strong className="ellipsis">{saved.name}</strong>
        <span className="list-second">
          {saved.madeOn} · {t(`common:tierShort.${saved.rung}`)} ·{' '}
          {t('screening.keptCounts', {
            sure: formatNumber(counts.sure),
            possible: formatNumber(counts.possible),
            impossible: formatNumber(counts.impossible),
          })}
        </span>
      </span>
      {comparable && (
        <Button
          size="small"
          onClick={() => {
            void compareWith(saved);
            onDone();
          }}
        >
          {t('screening.compare')}
        </Button>
      )}
      <Button
        size="small"
        onClick={() => {
          void openKept(saved);
          onDone();
        }}
      >
        {t('screening.open')}
      </Button>
      <Popconfirm
        title={t('screening.removeSure', { name: saved.name })}
        okText={t('screening.remove')}
        cancelText={t('common:cancel')}
        onConfirm={() => void removeKept(saved).catch((error: unknown) => message.error(errorText(error)))}
      >
        <Button
          size="small"
          type="text"
          icon={<DeleteOutlined aria-hidden />}
          aria-label={t('screening.removeNamed', { name: saved.name })}
        />
      </Popconfirm>
    </li>
  );
}

/** The screenings that were kept: to open, to compare with, to remove. */
export function KeptScreenings() {
  const { t } = useTranslation('cohort');
  const kept = useScreening((state) => state.kept);
  const [open, setOpen] = useState(false);
  return (
    <Popover
      trigger="click"
      placement="bottomLeft"
      arrow={false}
      open={open}
      onOpenChange={setOpen}
      content={
        kept.length === 0 ? (
          <p className="cohort-kept-none muted">{t('screening.keptNone')}</p>
        ) : (
          <ul className="cohort-kept-list">
            {kept.map((saved) => (
              <KeptLine key={saved.id} saved={saved} onDone={() => setOpen(false)} />
            ))}
          </ul>
        )
      }
    >
      <Button icon={<FolderOpenOutlined aria-hidden />}>{t('screening.kept', { count: kept.length })}</Button>
    </Popover>
  );
}
