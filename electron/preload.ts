import { contextBridge, ipcRenderer } from 'electron';
import type { CallResult } from './shell-calls.ts';

/** Everything the page can reach: ask, and listen. */
export interface Bridge {
  call(name: string, input: unknown): Promise<CallResult>;
  on(event: string, callback: (payload: unknown) => void): () => void;
}

const bridge: Bridge = {
  call: (name, input) => ipcRenderer.invoke('call', name, input),
  on: (event, callback) => {
    const listener = (_: unknown, name: string, payload: unknown) => {
      if (name === event) callback(payload);
    };
    ipcRenderer.on('event', listener);
    return () => {
      ipcRenderer.off('event', listener);
    };
  },
};

contextBridge.exposeInMainWorld('cultivar', bridge);
