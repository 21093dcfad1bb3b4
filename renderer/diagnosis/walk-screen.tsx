import { ArrowLeftOutlined, ArrowRightOutlined } from '@ant-design/icons';
import { Button, Skeleton } from 'antd';
import { type KeyboardEvent, useCallback, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorView } from '../components/error-view.tsx';
import { Writing } from '../components/writing.tsx';
import { useEnterprise } from '../state/enterprise.ts';
import { requestFocus } from '../state/focus.ts';
import { go, usePlace } from '../state/place.ts';
import { loadReference, useReference } from '../state/reference.ts';
import { flushOwner } from '../state/save-queue.ts';
import './walk.css';
import { resumeDrafts } from './draft.ts';
import { followEvaluation, useEvaluation } from './evaluation.ts';
import { FactCard } from './fact-card.tsx';
import { useFeeds } from './feeds.tsx';
import { placeOfField } from './figure-rows.ts';
import { FiguresTopic } from './figures-topic.tsx';
import { ItemDrawer } from './item-drawer.tsx';
import { RecordFields } from './record-fields.tsx';
import { questionsOf, type Topic, topics } from './topics.ts';
import { VerdictPanel } from './verdict-panel.tsx';
import { focusField, moveField, walkCommand } from './walk-keys.ts';
import { WalkSteps } from './walk-steps.tsx';

/** The walk through the criteria: one topic at a time, with the verdicts beside it. */
export function WalkScreen({ enterpriseId }: { enterpriseId: string }) {
  const { t } = useTranslation('diagnosis');
  const file = useEnterprise((state) => (state.id === enterpriseId ? state.file : null));
  const { reference, error } = useReference();
  const diagnosis = useEvaluation((state) => (state.id === enterpriseId ? state.diagnosis : null));
  const feeds = useFeeds();
  const asked = usePlace((state) => (state.place.screen === 'enterprise' ? state.place.topic : undefined));
  const form = useRef<HTMLDivElement>(null);
  // The field that gets the cursor once its topic is on the screen; otherwise the first one does.
  const focus = useRef<string | undefined>(undefined);

  useEffect(() => resumeDrafts(enterpriseId), [enterpriseId]);
  useEffect(() => followEvaluation(enterpriseId), [enterpriseId]);
  useEffect(() => () => void flushOwner(enterpriseId), [enterpriseId]);

  const facts = reference?.facts ?? [];
  const fiscalYear = diagnosis?.asOf.fiscalYear;
  const jump =
    asked && !topics.includes(asked as Topic) && fiscalYear !== undefined
      ? placeOfField(asked, facts, fiscalYear)
      : null;
  const topic = topics.find((known) => known === asked) ?? jump?.topic ?? 'profile';

  const show = useCallback(
    (next: string) => go({ screen: 'enterprise', id: enterpriseId, tab: 'walk', topic: next }),
    [enterpriseId],
  );
  const stepTopic = (step: 1 | -1) => {
    const next = topics[topics.indexOf(topic) + step];
    if (!next) return;
    focus.current = undefined;
    show(next);
  };
  const answer = (field: string) => {
    if (fiscalYear === undefined) return;
    const place = placeOfField(field, facts, fiscalYear);
    if (!place) return;
    // A drawer that closes gives the cursor back to where it was opened; the question keeps it.
    requestFocus(`walk:${place.focus}`);
    if (place.topic === topic && form.current && focusField(form.current, place.focus)) return;
    focus.current = place.focus;
    show(place.topic);
  };

  const ready = file !== null && reference !== null && fiscalYear !== undefined;
  const jumpFocus = jump?.focus;
  const shownTopic = useRef<Topic | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the cursor moves when the topic on the screen changes
  useEffect(() => {
    if (!ready || !form.current) return;
    const wanted = jumpFocus ?? focus.current;
    if (wanted) focusField(form.current, wanted);
    else if (shownTopic.current !== topic) {
      focusField(form.current, null);
      form.current.scrollTop = 0;
    }
    focus.current = undefined;
    shownTopic.current = topic;
    if (jumpFocus) show(topic);
  }, [ready, topic, jumpFocus]);

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const command = walkCommand(event);
    if (!command || event.defaultPrevented) return;
    event.preventDefault();
    if (command === 'next' || command === 'back') {
      const step = command === 'next' ? 1 : -1;
      if (form.current && !moveField(form.current, step) && step === 1) stepTopic(1);
    } else if (command === 'unknown') {
      (event.target as Element).closest('[data-fact]')?.querySelector<HTMLElement>('[data-unknown]')?.click();
    } else stepTopic(command === 'nextTopic' ? 1 : -1);
  };

  if (!reference && error) return <ErrorView full error={error} onRetry={() => void loadReference()} />;
  if (!file || !reference || fiscalYear === undefined) {
    return (
      <div className="walk">
        <div className="walk-form">
          <Skeleton active paragraph={{ rows: 8 }} />
        </div>
        <VerdictPanel onAnswer={answer} />
      </div>
    );
  }
  const at = topics.indexOf(topic);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys move between the fields inside
    <div className="walk" onKeyDown={onKeyDown}>
      <WalkSteps
        facts={facts}
        file={file}
        diagnosis={diagnosis}
        topic={topic}
        onChoose={(next) => {
          focus.current = undefined;
          show(next);
        }}
      />
      <div className="walk-form" ref={form}>
        <header className="walk-head">
          <h2>{t(`topic.${topic}`)}</h2>
          <p className="muted">{t(`topicText.${topic}`)}</p>
        </header>
        <Writing>
          {topic === 'profile' && <RecordFields file={file} />}
          {topic === 'figures' && <FiguresTopic file={file} facts={facts} fiscalYear={fiscalYear} />}
          {questionsOf(facts, topic).map((fact) => (
            <FactCard
              key={fact.id}
              enterpriseId={enterpriseId}
              fact={fact}
              fiscalYear={fiscalYear}
              feeds={feeds.get(fact.id) ?? []}
            />
          ))}
        </Writing>
        <footer className="walk-foot">
          <Button icon={<ArrowLeftOutlined />} disabled={at === 0} onClick={() => stepTopic(-1)}>
            {t('previousTopic')}
          </Button>
          {at < topics.length - 1 ? (
            <Button
              type="primary"
              icon={<ArrowRightOutlined />}
              iconPlacement="end"
              onClick={() => stepTopic(1)}
            >
              {t('nextTopic')}
            </Button>
          ) : (
            <Button
              type="primary"
              icon={<ArrowRightOutlined />}
              iconPlacement="end"
              onClick={() => go({ screen: 'enterprise', id: enterpriseId, tab: 'result' })}
            >
              {t('toResult')}
            </Button>
          )}
        </footer>
      </div>
      <VerdictPanel onAnswer={answer} />
      <ItemDrawer diagnosis={diagnosis} onAnswer={answer} />
    </div>
  );
}
