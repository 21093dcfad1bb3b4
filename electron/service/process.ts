import { parseArgs } from 'node:util';
import { createService, type Origin } from './service.ts';

/** The part of Electron's process.parentPort that is used; in a plain Node child it is made of the message channel. */
interface Port {
  on(event: 'message', listener: (message: { data: unknown }) => void): unknown;
  postMessage(message: object): void;
}

type Incoming = { type: 'call'; id: number; name: string; input: unknown; origin: Origin } | { type: 'stop' };

const { values } = parseArgs({
  options: { data: { type: 'string' }, resources: { type: 'string' }, locale: { type: 'string' } },
  strict: false,
});
const port = (process as unknown as { parentPort?: Port }).parentPort;
if (!port) throw new Error('the service process needs a parent port');
if (typeof values.data !== 'string' || typeof values.resources !== 'string') {
  throw new Error('usage: --data DIR --resources DIR [--locale zh|en]');
}

const service = createService({
  dataDir: values.data,
  resourcesDir: values.resources,
  locale: values.locale === 'en' ? 'en' : 'zh-CN',
  now: () => new Date(),
  emit: (name, payload) => port.postMessage({ type: 'event', name, payload }),
});

const underWay = new Set<Promise<unknown>>();

async function answer({ id, name, input, origin }: Extract<Incoming, { type: 'call' }>): Promise<void> {
  const result = await service.call(name, input, origin === 'shell' ? 'shell' : 'window');
  port?.postMessage({ type: 'reply', id, ...result });
}

/** Work under way is finished and answered first, so that no edit is cut off. */
async function stop(): Promise<void> {
  await Promise.allSettled(underWay);
  await service.close();
  process.exit(0);
}

port.on('message', ({ data }) => {
  const message = data as Incoming;
  if (message.type === 'stop') void stop();
  else if (message.type === 'call') {
    const work = answer(message);
    underWay.add(work);
    void work.finally(() => underWay.delete(work));
  }
});

// A library that cannot be opened does not end the service: each call is then answered with the reason.
void service.ready.then(() => port.postMessage({ type: 'ready' }));
