import { z } from 'zod';
import type { ApiError, CallOutput, Result } from './api.ts';
import { formatShape, layoutShape } from './plan/layouts.ts';

/*
 * Calls answered by the shell itself (everything that needs a dialog, the menu or the system), not by the service.
 * No import of 'electron' here: the contract in api.ts takes these shapes.
 *
 * | call                 | what it does                                                             |
 * | -------------------- | ------------------------------------------------------------------------ |
 * | shell.savePlan       | asks where, then has the service write the plan's PDF there             |
 * | shell.exportPlans    | asks for a folder, has the service begin to write many plans there       |
 * | shell.resumePlans    | has the service go on with the export of plans that did not end          |
 * | shell.saveTemplate   | asks where, then has the service write a template to begin from          |
 * | shell.verifyPlan     | asks for a PDF, has the service verify it                                |
 * | shell.showInFolder   | shows a file saved in this session in the system's file manager          |
 * | shell.chooseLogo     | asks for a PNG, JPEG or SVG of at most 1 MB, hands back its bytes        |
 * | shell.openImport     | asks for a table, has the service open it for import                      |
 * | shell.saveImportErrors | asks where, then has the service write the rows in error there         |
 * | shell.saveExport     | asks where, then has the service write a list as .xlsx or .csv           |
 * | shell.saveEverything | asks where, then has the service write the complete export               |
 * | shell.openEverything | asks for a complete export, has the service add it to the library        |
 * | shell.saveCase       | asks where, then has the service write a case package there              |
 * | shell.openCase       | asks for a case package, has the service look into it                    |
 * | shell.saveCohort     | asks where, then has the service write a table of cohort or plans, or a report |
 * | shell.saveChart      | asks where, then writes a chart as PNG or SVG there                      |
 * | shell.chooseBackupFolder | asks for a folder, has the service use it as second place for backups   |
 * | shell.chooseEvidence | asks for files, has the service attach them                               |
 * | shell.saveEvidence   | asks where, then has the service write a copy of an attached file there  |
 * | shell.openEvidence   | opens a copy of an attached file in the system's own program             |
 * | shell.saveSupport    | asks where, then has the service write a bundle for support there        |
 * | shell.saveRecovery   | asks where, then has the service write the recovery key there             |
 * | shell.setLanguage    | language of menu and dialogs, remembered for the next start              |
 * | shell.version        | versions of the product and of what it runs on                           |
 * | shell.restartService | starts the service again after it had failed for good                    |
 */

export const shellLocale = z.enum(['zh', 'en']);
export type ShellLocale = z.infer<typeof shellLocale>;

const cancelled = z.strictObject({ cancelled: z.literal(true) });

export const shellCalls = {
  'shell.savePlan': {
    input: z.strictObject({
      planId: z.string().min(1).max(200),
      locale: shellLocale,
      layout: layoutShape.optional(),
      format: formatShape.optional(),
      /** Asks for a template of one's own first. */
      ownTemplate: z.boolean().optional(),
      suggestedName: z.string().min(1).max(200),
    }),
    output: z.union([z.strictObject({ path: z.string() }), cancelled]),
  },
  'shell.exportPlans': {
    // The service checks what is asked for.
    input: z.strictObject({ wanted: z.record(z.string(), z.unknown()), language: shellLocale }),
    output: z.union([z.custom<CallOutput<'plan.batch.start'>>(), cancelled]),
  },
  'shell.resumePlans': {
    input: z.strictObject({ language: shellLocale }),
    output: z.custom<CallOutput<'plan.batch.resume'>>(),
  },
  'shell.saveTemplate': {
    input: z.strictObject({ suggestedName: z.string().min(1).max(200) }),
    output: z.union([z.strictObject({ path: z.string() }), cancelled]),
  },
  'shell.verifyPlan': {
    input: z.strictObject({}),
    output: z.union([z.custom<CallOutput<'plan.verifyFile'>>(), cancelled]),
  },
  'shell.showInFolder': {
    input: z.strictObject({ path: z.string().min(1).max(4096) }),
    output: z.strictObject({}),
  },
  'shell.chooseLogo': {
    input: z.strictObject({}),
    output: z.union([
      z.strictObject({ name: z.string(), mime: z.string(), bytes: z.instanceof(Uint8Array) }),
      cancelled,
    ]),
  },
  'shell.openImport': {
    input: z.strictObject({}),
    output: z.union([z.custom<CallOutput<'import.open'>>(), cancelled]),
  },
  'shell.saveImportErrors': {
    input: z.strictObject({ id: z.uuid(), locale: shellLocale, suggestedName: z.string().min(1).max(200) }),
    output: z.union([z.custom<CallOutput<'import.errorsFile'>>(), cancelled]),
  },
  'shell.saveExport': {
    // The service checks question and columns.
    input: z.strictObject({
      list: z.record(z.string(), z.unknown()),
      columns: z.array(z.string()).min(1).max(40),
      format: z.enum(['xlsx', 'csv']),
      locale: shellLocale,
      suggestedName: z.string().min(1).max(200),
    }),
    output: z.union([z.custom<CallOutput<'export.list'>>(), cancelled]),
  },
  'shell.saveEverything': {
    input: z.strictObject({ locale: shellLocale, suggestedName: z.string().min(1).max(200) }),
    output: z.union([z.custom<CallOutput<'export.everything'>>(), cancelled]),
  },
  'shell.openEverything': {
    input: z.strictObject({}),
    output: z.union([z.custom<CallOutput<'import.everything'>>(), cancelled]),
  },
  'shell.saveCase': {
    // The service checks ids and passphrase.
    input: z.strictObject({
      ids: z.array(z.string().max(100)).min(1).max(500),
      passphrase: z.string().max(200).nullable(),
      suggestedName: z.string().min(1).max(200),
    }),
    output: z.union([z.custom<CallOutput<'case.write'>>(), cancelled]),
  },
  'shell.openCase': {
    input: z.strictObject({}),
    output: z.union([z.custom<CallOutput<'case.open'>>(), cancelled]),
  },
  'shell.saveCohort': {
    // The service checks what is asked for.
    input: z.strictObject({
      call: z.enum(['cohort.exportTable', 'cohort.exportReport', 'plan.exportFollowUp']),
      of: z.record(z.string(), z.unknown()),
      ending: z.enum(['xlsx', 'csv', 'pdf']),
      locale: shellLocale,
      suggestedName: z.string().min(1).max(200),
    }),
    output: z.union([z.strictObject({ path: z.string(), rows: z.number().optional() }), cancelled]),
  },
  'shell.saveChart': {
    input: z.strictObject({
      ending: z.enum(['png', 'svg']),
      bytes: z.instanceof(Uint8Array).refine((bytes) => bytes.length <= 20_000_000),
      suggestedName: z.string().min(1).max(200),
    }),
    output: z.union([z.strictObject({ path: z.string() }), cancelled]),
  },
  'shell.chooseBackupFolder': {
    input: z.strictObject({}),
    output: z.union([z.custom<CallOutput<'backup.setSecond'>>(), cancelled]),
  },
  'shell.chooseEvidence': {
    // The service checks the place.
    input: z.strictObject({
      enterpriseId: z.uuid(),
      entity: z.string().max(20),
      entityId: z.string().max(120),
    }),
    output: z.union([z.custom<CallOutput<'evidence.addFiles'>>(), cancelled]),
  },
  'shell.saveEvidence': {
    input: z.strictObject({ id: z.uuid(), suggestedName: z.string().min(1).max(200) }),
    output: z.union([z.strictObject({ path: z.string() }), cancelled]),
  },
  'shell.openEvidence': { input: z.strictObject({ id: z.uuid() }), output: z.strictObject({}) },
  'shell.saveSupport': {
    input: z.strictObject({ locale: shellLocale, suggestedName: z.string().min(1).max(200) }),
    output: z.union([z.strictObject({ path: z.string(), bytes: z.number() }), cancelled]),
  },
  'shell.saveRecovery': {
    input: z.strictObject({ locale: shellLocale, suggestedName: z.string().min(1).max(200) }),
    output: z.union([z.strictObject({ path: z.string() }), cancelled]),
  },
  'shell.setLanguage': { input: z.strictObject({ locale: shellLocale }), output: z.strictObject({}) },
  'shell.version': {
    input: z.strictObject({}),
    output: z.strictObject({
      version: z.string(),
      electron: z.string(),
      chromium: z.string(),
      node: z.string(),
      platform: z.string(),
    }),
  },
  'shell.restartService': { input: z.strictObject({}), output: z.strictObject({}) },
} as const;

export type ShellCallName = keyof typeof shellCalls;
export type ShellCallInput<Name extends ShellCallName> = z.infer<(typeof shellCalls)[Name]['input']>;
export type ShellCallOutput<Name extends ShellCallName> = z.infer<(typeof shellCalls)[Name]['output']>;

/** What every call resolves to: errors travel as data, because a thrown error loses its fields on the way. */
export type CallResult<Value = unknown> = Result<Value>;

/** A failed call; `key` names its text in resources/i18n. */
export function failure(
  code: ApiError['code'],
  key: string,
  details?: ApiError['details'],
): CallResult<never> {
  return { ok: false, error: details === undefined ? { code, key } : { code, key, details } };
}
