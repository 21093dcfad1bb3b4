import { redo, stepSize, type Undone, undo } from '../library/undo.ts';
import type { Context, Handlers } from './context.ts';
import { guestOf } from './guest.ts';
import { announce } from './library-calls.ts';
import { longWork } from './long-work.ts';
import { writeInThread } from './thread-work.ts';
import { inTurn } from './writing.ts';

/** Steps of more changes than this are turned in a thread, so that the window is not kept waiting. */
const AT_ONCE = 300;

function tell(context: Context, undone: Undone | null): Undone | null {
  if (undone?.enterpriseId) announce(context, undone.enterpriseId);
  else if (undone) {
    // A step over many enterprises.
    context.emit('changed', { topic: 'enterprise' });
    context.emit('changed', { topic: 'library' });
  }
  const of = (kind: string) => undone?.changes.some(({ entity }) => entity === kind);
  if (of('ownPolicy') || of('exportProfile')) context.emit('changed', { topic: 'settings' });
  if (of('plan')) context.emit('changed', { topic: 'plan' });
  return undone;
}

function turnMany(context: Context, way: 'back' | 'again'): Promise<Undone | null> {
  const [actor, now] = [context.actor(), context.now().getTime()];
  return longWork(context, 'undo', (under) =>
    writeInThread<Undone | null>(context, under, { do: 'turn', way, only: guestOf(context.db), actor, now }),
  );
}

async function turn(context: Context, way: 'back' | 'again'): Promise<Undone | null> {
  const { db } = context;
  const many = context.access.readOnly === null && stepSize(db, context.actor(), way) > AT_ONCE;
  if (many) return tell(context, await turnMany(context, way));
  const only = guestOf(db);
  return tell(
    context,
    await inTurn(db, () =>
      way === 'back'
        ? context.write('undo', (tx) => undo(tx, only))
        : context.write('redo', (tx) => redo(tx, only)),
    ),
  );
}

/** Undo and redo: at once, or for a step over thousands in a thread, all of it or nothing. */
export const undoCalls = {
  'undo.back': (context) => turn(context, 'back'),
  'undo.again': (context) => turn(context, 'again'),
} satisfies Partial<Handlers>;
