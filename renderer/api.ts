import type {
  ApiError,
  CallInput,
  CallName,
  CallOutput,
  EventName,
  Events,
  Result,
} from '../electron/api.ts';
import type { ShellCallInput, ShellCallName, ShellCallOutput } from '../electron/shell-calls.ts';

/** The only two things the preload gives to the page. */
interface Bridge {
  call(name: string, input: unknown): Promise<Result<unknown>>;
  on(event: string, callback: (payload: never) => void): () => void;
}
declare global {
  interface Window {
    cultivar: Bridge;
  }
}

/** A failed call; `error.key` names its message in the language files. */
export class CallError extends Error {
  readonly error: ApiError;
  constructor(error: ApiError) {
    super(error.key);
    this.error = error;
  }
}

const listeners = new Set<(error: CallError, name: string) => void>();

/** Hears of every call that fails, besides whoever made it; returns the function that stops it. */
export function onFailure(listener: (error: CallError, name: string) => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

let pending = 0;

/** How many calls are not answered yet. */
export function pendingCalls(): number {
  return pending;
}

async function send(name: string, input: unknown): Promise<unknown> {
  pending++;
  const result = await window.cultivar.call(name, input).finally(() => pending--);
  if (!result.ok) {
    const error = new CallError(result.error);
    for (const listener of listeners) listener(error, name);
    throw error;
  }
  return result.value;
}

/** Asks the service. Throws CallError. */
export function call<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>> {
  return send(name, input) as Promise<CallOutput<N>>;
}

/** Asks the shell for what only the main process can do: dialogs, language of the menu, showing a folder. */
export function callShell<N extends ShellCallName>(
  name: N,
  input: ShellCallInput<N>,
): Promise<ShellCallOutput<N>> {
  return send(name, input) as Promise<ShellCallOutput<N>>;
}

/** Listens to an event; returns the function that stops listening. */
export function on<N extends EventName>(event: N, callback: (payload: Events[N]) => void): () => void {
  return window.cultivar.on(event, callback as (payload: never) => void);
}
