import { Segmented, Select, Spin } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../api.ts';
import { ErrorView } from '../components/error-view.tsx';
import '../plan/plan.css';
import { LAYOUTS, type Layout } from '../plan/paper-store.ts';
import { openPdf, type PDFDocumentProxy } from '../plan/pdf-document.ts';
import { PdfPages, type ShownPdf, shownPdf } from '../plan/pdf-pages.tsx';
import type { Language } from '../plan/plan-text.ts';
import type { Words } from './wording-store.ts';

/** After the last keystroke, in milliseconds. */
const SETTLE = 150;

/** The words as they stand on paper while they are typed, on the plan of a sample enterprise. */
export function WordingExample(props: { words: Words; language: Language; onLanguage(to: Language): void }) {
  const { words, language } = props;
  const { t } = useTranslation(['wording', 'plan', 'paper']);
  const [layout, setLayout] = useState<Layout>('full');
  const [shown, setShown] = useState<ShownPdf | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const last = useRef<PDFDocumentProxy | null>(null);

  useEffect(() => {
    let current = true;
    const timer = setTimeout(
      async () => {
        setBusy(true);
        try {
          const { pdf } = await call('wording.example', { words, locale: language, layout });
          const document = current ? await openPdf(pdf) : null;
          if (!document) return;
          if (!current) {
            void document.loadingTask.destroy();
            return;
          }
          const fresh = await shownPdf(document);
          const before = last.current;
          last.current = document;
          setShown(fresh);
          setError(null);
          void before?.loadingTask.destroy();
        } catch (fault) {
          if (current) setError(fault);
        } finally {
          if (current) setBusy(false);
        }
      },
      last.current ? SETTLE : 0,
    );
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [words, language, layout]);

  useEffect(
    () => () => {
      void last.current?.loadingTask.destroy();
      last.current = null;
    },
    [],
  );

  return (
    <section
      className="wording-example"
      aria-label={t('example')}
      data-pages={shown?.document.numPages ?? 0}
      data-layout={layout}
    >
      <header>
        <Segmented<Language>
          size="small"
          aria-label={t('plan:editionOf')}
          value={language}
          options={(['zh', 'en'] as const).map((value) => ({ value, label: t(`language.${value}`) }))}
          onChange={props.onLanguage}
        />
        <Select<Layout>
          size="small"
          className="pdf-layout"
          aria-label={t('paper:layoutOf')}
          value={layout}
          options={LAYOUTS.map((value) => ({ value, label: t(`paper:layout.${value}`) }))}
          onChange={setLayout}
        />
        {busy && <Spin size="small" />}
        <span className="muted wording-note">{t('exampleText')}</span>
      </header>
      {error ? <ErrorView error={error} /> : null}
      <PdfPages shown={shown} waiting={error ? null : t('plan:rendering')} />
    </section>
  );
}
