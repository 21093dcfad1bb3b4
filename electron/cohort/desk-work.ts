import { exportTable } from './desk-export.ts';
import { deskTasks } from './desk-tasks.ts';
import { viewTasks } from './desk-views.ts';

/** Everything the cohort's thread can be asked for. */
export const deskWork = { ...deskTasks, ...viewTasks, exportTable };

export type DeskWork = typeof deskWork;
export type DeskTaskName = keyof DeskWork;
export type DeskInput<N extends DeskTaskName> = Parameters<DeskWork[N]>[1];
export type DeskOutput<N extends DeskTaskName> = Awaited<ReturnType<DeskWork[N]>>;
