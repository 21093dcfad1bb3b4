import { readdirSync, readFileSync } from 'node:fs';

const MB = 1024 * 1024;

function status(pid: number, field: string): number {
  try {
    const found = new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return Number(found?.[1] ?? 0);
  } catch {
    return 0;
  }
}

/** A process and all it started, as far as they still run; undefined where there is no /proc. */
function tree(root: number): number[] | undefined {
  let pids: number[];
  try {
    pids = readdirSync('/proc').map(Number).filter(Number.isInteger);
  } catch {
    return undefined;
  }
  const parent = new Map(pids.map((pid) => [pid, status(pid, 'PPid')]));
  const within = (pid: number): boolean => {
    for (let at: number | undefined = pid; at; at = parent.get(at)) if (at === root) return true;
    return false;
  };
  return pids.filter(within);
}

/** Resident memory of a process and all it started, in MB; of this process alone where there is no /proc. */
export function treeMemory(root: number): number {
  const pids = tree(root);
  if (!pids) return process.memoryUsage.rss() / MB;
  return pids.reduce((sum, pid) => sum + status(pid, 'VmRSS') / 1024, 0);
}

/** Milliseconds of processor time that a process and all it started have used; 0 where there is no /proc. */
export function treeProcessor(root: number): number {
  const used = (pid: number) => {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      // After the name in brackets: state is the first, user and system time in hundredths the 12th and 13th.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return (Number(fields[11]) + Number(fields[12])) * 10;
    } catch {
      return 0;
    }
  };
  return (tree(root) ?? []).reduce((sum, pid) => sum + used(pid), 0);
}

/** Watches that memory and keeps the highest. `stop` ends it. */
export function watchMemory(root: number): { peak(): number; stop(): void } {
  let peak = treeMemory(root);
  const timer = setInterval(() => {
    peak = Math.max(peak, treeMemory(root));
  }, 100);
  return { peak: () => Math.round(peak), stop: () => clearInterval(timer) };
}
