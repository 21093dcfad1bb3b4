import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';

interface Holder {
  pid: number;
  port?: number;
}

function running(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/**
 * Takes the lock in `folder`. Returns 'first' for the holder, which hears of later starts through `onSecond`;
 * otherwise a promise that settles once the holder has been told.
 */
export function takeLock(
  folder: string,
  onSecond: (argv: string[], cwd: string) => void,
): 'first' | Promise<void> {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'stand-in.lock');
  try {
    const holder = JSON.parse(readFileSync(file, 'utf8')) as Holder;
    if (running(holder.pid)) return tellFirst(holder);
  } catch {
    // No lock, or one that was never finished: this is the first.
  }
  const write = (holder: Holder) => writeFileSync(file, JSON.stringify(holder));
  write({ pid: process.pid });
  const server = createServer((socket) => {
    let text = '';
    socket.setEncoding('utf8').on('data', (part) => {
      text += part;
    });
    socket.on('end', () => {
      const { argv, cwd } = JSON.parse(text) as { argv: string[]; cwd: string };
      onSecond(argv, cwd);
      socket.end('heard');
    });
  });
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    if (address && typeof address === 'object') write({ pid: process.pid, port: address.port });
  });
  server.unref();
  process.on('exit', () => rmSync(file, { force: true }));
  return 'first';
}

function tellFirst({ port }: Holder): Promise<void> {
  return new Promise((resolve) => {
    if (port === undefined) return resolve();
    const socket = connect(port, '127.0.0.1', () =>
      socket.end(JSON.stringify({ argv: process.argv, cwd: process.cwd() })),
    );
    socket.on('close', () => resolve());
    socket.on('error', () => resolve());
    socket.resume();
  });
}
