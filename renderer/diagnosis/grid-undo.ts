/** One step of the grid: cells before and after, by "<year> <column>". */
export interface GridStep {
  before: Record<string, number | null>;
  after: Record<string, number | null>;
  /** Steps of one stay in one cell are one step. */
  stay: number | null;
}

interface Steps {
  past: GridStep[];
  future: GridStep[];
}

const LIMIT = 200;
// Kept per enterprise for as long as the window is open, so that a look at another topic does not lose them.
const kept = new Map<string, Steps>();

function stepsOf(id: string): Steps {
  let steps = kept.get(id);
  if (!steps) {
    steps = { past: [], future: [] };
    kept.set(id, steps);
  }
  return steps;
}

/** Remembers a step; keystrokes within the same stay in a cell grow the last one. */
export function remember(id: string, step: GridStep): void {
  const steps = stepsOf(id);
  const last = steps.past.at(-1);
  steps.future = [];
  if (last && step.stay !== null && last.stay === step.stay) {
    last.after = step.after;
    return;
  }
  steps.past.push(step);
  if (steps.past.length > LIMIT) steps.past.shift();
}

/** The cells to write to take the last step back, or null where there is none. */
export function undo(id: string): Record<string, number | null> | null {
  const steps = stepsOf(id);
  const step = steps.past.pop();
  if (!step) return null;
  steps.future.push({ ...step, stay: null });
  return step.before;
}

/** The cells to write to do the last step taken back again, or null where there is none. */
export function redo(id: string): Record<string, number | null> | null {
  const steps = stepsOf(id);
  const step = steps.future.pop();
  if (!step) return null;
  steps.past.push(step);
  return step.after;
}
