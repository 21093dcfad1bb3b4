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

/** Resident memory of a process and all it started, in MB; of this process alone where there is no /proc. */
export function treeMemory(root: number): number {
  let pids: number[];
  try {
    pids = readdirSync('/proc').map(Number).filter(Number.isInteger);
  } catch {
    return process.memoryUsage.rss() / MB;
  }
  const parent = new Map(pids.map((pid) => [pid, status(pid, 'PPid')]));
  const within = (pid: number): boolean => {
    for (let at: number | undefined = pid; at; at = parent.get(at)) if (at === root) return true;
    return false;
  };
  return pids.filter(within).reduce((sum, pid) => sum + status(pid, 'VmRSS') / 1024, 0);
}

/** Watches that memory and keeps the highest. `stop` ends it. */
export function watchMemory(root: number): { peak(): number; stop(): void } {
  let peak = treeMemory(root);
  const timer = setInterval(() => {
    peak = Math.max(peak, treeMemory(root));
  }, 100);
  return { peak: () => Math.round(peak), stop: () => clearInterval(timer) };
}
