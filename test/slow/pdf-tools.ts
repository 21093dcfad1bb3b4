import { execFileSync } from 'node:child_process';

/** Runs a tool that reads PDFs (poppler, qpdf); its text. */
export function run(command: string, args: string[]): string {
  return execFileSync(command, args, {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** The text of a PDF without spaces and line ends, which differ with the layout. */
export function textOf(path: string): string {
  return run('pdftotext', ['-raw', path, '-']).replaceAll(/[\s\u200b]+/g, '');
}

/** What pdfinfo says: "Pages" → "2". */
export function info(path: string): Record<string, string> {
  return Object.fromEntries(
    run('pdfinfo', [path])
      .split('\n')
      .map((line) => [line.split(':')[0] ?? '', line.slice(line.indexOf(':') + 1).trim()]),
  );
}

/** The document with its objects in the open. */
export function opened(path: string): string {
  return run('qpdf', ['--qdf', '--object-streams=disable', path, '-']);
}
