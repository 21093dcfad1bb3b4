// A service with nothing in it but the message protocol, so that the shell can be tested for what it does itself.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const port = process.parentPort;
const option = (name) => process.argv[process.argv.indexOf(name) + 1];
const data = option('--data');
const broken = join(data, 'broken');
mkdirSync(data, { recursive: true });
if (existsSync(broken)) process.exit(3);

const calls = {
  echo: (input, origin) => ({ input, origin, locale: option('--locale') }),
  emit: (payload) => {
    port.postMessage({ type: 'event', name: 'changed', payload });
    return {};
  },
  break: () => {
    writeFileSync(broken, '');
    process.exit(3);
  },
  'plan.exportFile': ({ planId, locale, path }, origin) => {
    writeFileSync(path, `${origin} ${planId} ${locale}`);
    return { path, bytes: 1 };
  },
};

port.on('message', ({ data: { type, id, name, input, origin } }) => {
  if (type === 'stop') process.exit(0);
  // The call that never ends is what a crash in the middle of work looks like.
  if (name === 'hang') return;
  const reply = calls[name]
    ? { ok: true, value: calls[name](input, origin) }
    : { ok: false, error: { code: 'unknown-call', key: 'errors.unknownCall' } };
  port.postMessage({ type: 'reply', id, ...reply });
});
port.postMessage({ type: 'ready' });
