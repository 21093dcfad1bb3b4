import { useEffect, useState } from 'react';
import type { PDFDocumentProxy } from './pdf-document.ts';
import { PdfPage } from './pdf-page.tsx';

/** A document and the height of its pages for a width of 1. */
export interface ShownPdf {
  readonly document: PDFDocumentProxy;
  readonly shape: number;
}

/** The document with the shape of its first page. */
export async function shownPdf(document: PDFDocumentProxy): Promise<ShownPdf> {
  const { width, height } = (await document.getPage(1)).getViewport({ scale: 1 });
  return { document, shape: height / width };
}

/** Around the pages, in pixels. */
const GUTTER = 32;

/** The pages of a document below each other, as wide as there is room times `zoom`; `waiting` stands there until it comes. */
export function PdfPages(props: { shown: ShownPdf | null; zoom?: number; waiting: string | null }) {
  const { shown, zoom = 1, waiting } = props;
  const [root, setRoot] = useState<HTMLElement | null>(null);
  const [room, setRoom] = useState(0);
  useEffect(() => {
    if (!root) return;
    const observer = new ResizeObserver(() => setRoom(root.clientWidth));
    observer.observe(root);
    return () => observer.disconnect();
  }, [root]);
  const width = Math.floor(Math.max(room - GUTTER, 100) * zoom);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the pages are scrolled with the keyboard
    <div className="pdf-pages" ref={setRoot} tabIndex={0}>
      {!shown && waiting !== null && <p className="pdf-wait muted">{waiting}</p>}
      {shown &&
        Array.from({ length: shown.document.numPages }, (_, at) => (
          <PdfPage
            // biome-ignore lint/suspicious/noArrayIndexKey: pages are their numbers
            key={at}
            document={shown.document}
            number={at + 1}
            width={width}
            shape={shown.shape}
            root={root}
          />
        ))}
    </div>
  );
}
