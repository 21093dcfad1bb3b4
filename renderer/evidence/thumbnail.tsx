import {
  FileExcelOutlined,
  FileImageOutlined,
  FileOutlined,
  FilePdfOutlined,
  FilePptOutlined,
  FileTextOutlined,
  FileWordOutlined,
  FileZipOutlined,
} from '@ant-design/icons';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { call } from '../api.ts';
import type { EvidenceFile } from './evidence-store.ts';

/** Edge of the small picture on the screen, in CSS pixels; drawn twice as fine. */
const EDGE = 48;

function symbol(mime: string): ReactNode {
  if (mime.startsWith('image/')) return <FileImageOutlined aria-hidden />;
  if (mime === 'application/pdf') return <FilePdfOutlined aria-hidden />;
  if (/word|opendocument\.text/.test(mime)) return <FileWordOutlined aria-hidden />;
  if (/excel|sheet/.test(mime)) return <FileExcelOutlined aria-hidden />;
  if (/powerpoint|presentation/.test(mime)) return <FilePptOutlined aria-hidden />;
  if (mime === 'application/zip') return <FileZipOutlined aria-hidden />;
  if (mime.startsWith('text/')) return <FileTextOutlined aria-hidden />;
  return <FileOutlined aria-hidden />;
}

/** A small view of a file: the picture itself, drawn small so that large photos do not stay in memory, or a symbol. */
export function Thumbnail({ file }: { file: EvidenceFile }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [drawn, setDrawn] = useState(false);
  const { id, picture, state } = file;
  useEffect(() => {
    if (!picture || state !== 'there') return;
    let current = true;
    const draw = async () => {
      const preview = await call('evidence.preview', { id });
      if (!preview || !current) return;
      const blob = new Blob([preview.bytes as Uint8Array<ArrayBuffer>], { type: preview.mime });
      const image = await createImageBitmap(blob);
      const target = canvas.current;
      const context = target?.getContext('2d');
      if (current && target && context) {
        const edge = EDGE * 2;
        const scale = Math.max(edge / image.width, edge / image.height);
        const [width, height] = [image.width * scale, image.height * scale];
        target.width = edge;
        target.height = edge;
        context.drawImage(image, (edge - width) / 2, (edge - height) / 2, width, height);
        setDrawn(true);
      }
      image.close();
    };
    // A picture that cannot be drawn keeps its symbol.
    draw().catch(() => undefined);
    return () => {
      current = false;
    };
  }, [id, picture, state]);
  return (
    <span className="thumbnail">
      <canvas ref={canvas} hidden={!drawn} />
      {!drawn && symbol(file.mime)}
    </span>
  );
}
