import type { CallInput, CallName, CallOutput } from '../../electron/api.ts';
import { createService, type Service } from '../../electron/service/service.ts';
import { resourcesDir } from './service-child.ts';

/** The service on a library folder, in this process. */
export function serviceOn(dataDir: string): Service {
  return createService({
    dataDir,
    resourcesDir,
    now: () => new Date('2026-06-15T04:00:00Z'),
    emit: () => undefined,
    actor: 'torture',
  });
}

/** Asks it; throws where the call is refused. */
export async function ask<N extends CallName>(
  service: Service,
  name: N,
  input: CallInput<N>,
): Promise<CallOutput<N>> {
  const result = await service.call(name, input, 'shell');
  if (!result.ok) throw new Error(`${name}: ${JSON.stringify(result.error)}`);
  return result.value as CallOutput<N>;
}

/** The key of the message a call is refused with; 'done' where it is not. */
export async function refusal(service: Service, name: string, input: unknown): Promise<string> {
  const result = await service.call(name, input, 'shell');
  return result.ok ? 'done' : result.error.key;
}
