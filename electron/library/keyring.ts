import { getEnvironmentData, setEnvironmentData } from 'node:worker_threads';

/*
 * The data keys that are open in this process, by id. A thread that is started gets those held at that moment through
 * Node's environment data: in memory only, never on a command line and never in the environment of a process.
 */
const NAME = 'cultivar.keys';
const ring = new Map<string, Uint8Array>(getEnvironmentData(NAME) as unknown as Map<string, Uint8Array>);

function share(): void {
  setEnvironmentData(NAME, ring.size > 0 ? (ring as never) : undefined);
}

/** Holds a data key (32 bytes) under its id; the ring keeps a copy of its own. */
export function holdKey(id: string, key: Uint8Array): void {
  // Not a view of Node's shared pool: a thread gets the whole buffer that lies behind.
  ring.set(id, new Uint8Array(key));
  share();
}

/** Overwrites a key and lets it go. Threads that still run keep their copy until they end. */
export function forgetKey(id: string): void {
  ring.get(id)?.fill(0);
  ring.delete(id);
  share();
}

/** The key with this id, or null where it is not open. */
export function keyWith(id: string): Uint8Array | null {
  return ring.get(id) ?? null;
}

/** The ids of all keys that are open. */
export function idsHeld(): string[] {
  return [...ring.keys()];
}
