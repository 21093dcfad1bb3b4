import { readFileSync } from 'node:fs';

/** Names in the page the stand-in talks through; the page's own code never uses them. */
export const INVOKE_BINDING = '__standInInvoke';
export const KEY_BINDING = '__standInKey';
export const DISPATCH = '__standInDispatch';

// Runs in the page before its own scripts, so it is plain JavaScript text: what contextBridge and ipcRenderer do.
const BRIDGE = `
const listeners = new Map();
const ipcRenderer = {
  invoke: (channel, ...args) => invokeMain(channel, structuredClone(args)),
  on(channel, listener) {
    if (!listeners.has(channel)) listeners.set(channel, new Set());
    listeners.get(channel).add(listener);
    return ipcRenderer;
  },
  off(channel, listener) {
    listeners.get(channel)?.delete(listener);
    return ipcRenderer;
  },
};
const contextBridge = {
  exposeInMainWorld(name, api) {
    const value = Object.freeze({ ...api });
    Object.defineProperty(window, name, { value, enumerable: true, writable: false, configurable: false });
  },
};
const strict = (name, object) => new Proxy(object, {
  get(target, key) {
    if (key in target || typeof key === 'symbol') return target[key];
    throw new Error('The Electron stand-in has no ' + name + '.' + key);
  },
});
const electron = strict('electron', {
  ipcRenderer: strict('ipcRenderer', ipcRenderer),
  contextBridge: strict('contextBridge', contextBridge),
});
const require = (name) => {
  if (name === 'electron') return electron;
  throw new Error('A sandboxed preload cannot require ' + name);
};
Object.defineProperty(window, '${DISPATCH}', {
  value: (channel, args) => {
    for (const listener of [...(listeners.get(channel) ?? [])]) listener({}, ...args);
  },
});
// A page that handled the key itself has called preventDefault(); what is left goes to the menu.
window.addEventListener('keydown', (event) => {
  if (event.defaultPrevented || event.repeat || !(event.ctrlKey || event.metaKey)) return;
  void pressKey([event.shiftKey ? 'Shift' : '', event.key.toUpperCase()].filter(Boolean).join('+'));
});
`;

/** The init script for a window: the real preload, run in the main frame only, as Electron does. */
export function preloadScript(preload: string): string {
  const code = readFileSync(preload, 'utf8');
  return `(() => {
if (window !== window.top || location.protocol !== 'https:') return;
const invokeMain = window.${INVOKE_BINDING};
const pressKey = window.${KEY_BINDING};
${BRIDGE}
(function (exports, module) {
${code}
}).call({}, {}, { exports: {} });
})();`;
}
