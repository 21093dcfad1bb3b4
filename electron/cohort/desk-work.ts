import type { CohortDesk, Work } from './desk.ts';
import { exportTable } from './desk-export.ts';
import { deskTasks } from './desk-tasks.ts';
import { viewTasks } from './desk-views.ts';
import type { Report, ReportInput } from './report-model.ts';

/** Everything the cohort's thread can be asked for. */
export const deskWork = {
  ...deskTasks,
  ...viewTasks,
  exportTable,
  /** The two pages; what draws charts is only loaded for them. */
  async report(desk: CohortDesk, input: ReportInput, work: Work): Promise<Report> {
    const { reportOf } = await import('./report-model.ts');
    return reportOf(desk, input, work);
  },
};

export type DeskWork = typeof deskWork;
export type DeskTaskName = keyof DeskWork;
export type DeskInput<N extends DeskTaskName> = Parameters<DeskWork[N]>[1];
export type DeskOutput<N extends DeskTaskName> = Awaited<ReturnType<DeskWork[N]>>;
