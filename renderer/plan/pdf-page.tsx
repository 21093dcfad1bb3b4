import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PDFDocumentProxy } from './pdf-document.ts';

/** One page, drawn when it comes near the view. The old drawing stays until the new one is ready. */
export function PdfPage(props: {
  document: PDFDocumentProxy;
  number: number;
  /** Width in CSS pixels. */
  width: number;
  /** Height over width, for the room it takes before it is drawn. */
  shape: number;
  root: HTMLElement | null;
}) {
  const { document, number, width, shape, root } = props;
  const { t } = useTranslation('plan');
  const box = useRef<HTMLDivElement>(null);
  const [near, setNear] = useState(false);

  useEffect(() => {
    const observer = new IntersectionObserver((entries) => setNear(entries.some((e) => e.isIntersecting)), {
      root,
      rootMargin: '600px 0px',
    });
    observer.observe(box.current!);
    return () => observer.disconnect();
  }, [root]);

  useEffect(() => {
    if (!near || width <= 0) return;
    let stop: (() => void) | null = null;
    let current = true;
    void (async () => {
      const page = await document.getPage(number);
      if (!current) return;
      const ratio = window.devicePixelRatio || 1;
      const viewport = page.getViewport({ scale: (width / page.getViewport({ scale: 1 }).width) * ratio });
      const canvas = window.document.createElement('canvas');
      canvas.width = Math.floor(viewport.width);
      canvas.height = Math.floor(viewport.height);
      const task = page.render({ canvas, viewport });
      stop = () => task.cancel();
      await task.promise;
      if (current) box.current?.replaceChildren(canvas);
    })().catch(() => {
      // Cancelled: a newer drawing is under way.
    });
    return () => {
      current = false;
      stop?.();
    };
  }, [document, number, width, near]);

  return (
    <div
      className="pdf-page"
      ref={box}
      role="img"
      aria-label={t('pageOf', { page: number, pages: document.numPages })}
      style={{ width, height: Math.round(width * shape) }}
    />
  );
}
