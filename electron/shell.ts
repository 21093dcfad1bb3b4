import { access, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { app, type BrowserWindow, dialog, shell } from 'electron';
import { readLogo } from './logo-file.ts';
import type { ServiceHost } from './service-host.ts';
import {
  type CallResult,
  failure,
  type ShellCallInput,
  type ShellCallName,
  type ShellCallOutput,
  type ShellLocale,
  shellCalls,
} from './shell-calls.ts';
import type { ShellTexts } from './shell-texts.ts';

export interface ShellOptions {
  service: ServiceHost;
  window(): BrowserWindow | null;
  texts(): ShellTexts;
  setLanguage(locale: ShellLocale): void;
}

type Handlers = {
  [Name in ShellCallName]: (input: ShellCallInput<Name>) => Promise<CallResult<ShellCallOutput<Name>>>;
};

const CANCELLED = { ok: true, value: { cancelled: true } } as const;
const DONE = { ok: true, value: {} } as const;

// Names Windows, macOS and Linux all accept.
function fileName(suggested: string): string {
  const clean = suggested
    .replace(/[<>:"/\\|?*\u0000-\u001f]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return clean.replace(/^\.+|[. ]+$/g, '') || 'Cultivar';
}

/** Answers the calls listed in shell-calls.ts; unknown names and wrong inputs come back as errors, as data. */
export function createShell({ service, window, texts, setLanguage }: ShellOptions) {
  const savedHere = new Set<string>();

  /** Asks where to save; null = cancelled. The path ends as the format asks. */
  async function askWhere(
    title: string,
    name: string,
    kind: { name: string; ending: string },
  ): Promise<string | null> {
    const options = {
      title,
      defaultPath: join(app.getPath('documents'), `${fileName(name)}.${kind.ending}`),
      filters: [{ name: kind.name, extensions: [kind.ending] }],
    };
    const parent = window();
    const answer = await (parent ? dialog.showSaveDialog(parent, options) : dialog.showSaveDialog(options));
    if (answer.canceled || !answer.filePath) return null;
    const ends = extname(answer.filePath).toLowerCase() === `.${kind.ending}`;
    return ends ? answer.filePath : `${answer.filePath}.${kind.ending}`;
  }

  /** Asks for one file; null = cancelled. */
  async function askWhich(
    title: string,
    kind: { name: string; extensions: string[] },
  ): Promise<string | null> {
    const options = { title, properties: ['openFile' as const], filters: [kind] };
    const parent = window();
    const answer = await (parent ? dialog.showOpenDialog(parent, options) : dialog.showOpenDialog(options));
    return answer.canceled ? null : (answer.filePaths[0] ?? null);
  }

  /** Asks for a folder; null = cancelled. */
  async function askFolder(title: string): Promise<string | null> {
    const options = { title, properties: ['openDirectory' as const, 'createDirectory' as const] };
    const parent = window();
    const answer = await (parent ? dialog.showOpenDialog(parent, options) : dialog.showOpenDialog(options));
    return answer.canceled ? null : (answer.filePaths[0] ?? null);
  }

  /** The folder of a batch that has begun may be shown. */
  function batchAnswer(begun: CallResult): CallResult<ShellCallOutput<'shell.resumePlans'>> {
    const answer = begun as CallResult<ShellCallOutput<'shell.resumePlans'>>;
    if (answer.ok && answer.value.folder) savedHere.add(answer.value.folder);
    return answer;
  }

  /** Has the service write a file where the user said, and remembers that it may be shown. */
  async function saveBy<T>(
    path: string | null,
    name: string,
    input: object,
  ): Promise<CallResult<T | { cancelled: true }>> {
    if (path === null) return CANCELLED;
    const written = await service.call(name, { ...input, path }, 'shell');
    if (written.ok) savedHere.add(path);
    return written as CallResult<T>;
  }

  const handlers: Handlers = {
    async 'shell.savePlan'({ planId, locale, layout, format = 'pdf', ownTemplate, suggestedName }) {
      const words = texts().dialog;
      const typst = { name: words.template, extensions: ['typ'] };
      const template = ownTemplate ? await askWhich(words.openTemplate, typst) : undefined;
      if (template === null) return CANCELLED;
      const kind = { name: format === 'pdf' ? words.pdf : words.word, ending: format };
      const name = suggestedName.replace(/\.(pdf|docx)$/i, '');
      const path = await askWhere(words.savePlan, name, kind);
      return saveBy(path, 'plan.exportFile', { planId, locale, layout, format, template });
    },

    async 'shell.saveTemplate'({ suggestedName }) {
      const words = texts().dialog;
      const path = await askWhere(words.saveTemplate, suggestedName, { name: words.template, ending: 'typ' });
      return saveBy(path, 'plan.saveTemplate', {});
    },

    async 'shell.verifyPlan'() {
      const words = texts().dialog;
      const path = await askWhich(words.verifyPlan, { name: words.pdf, extensions: ['pdf'] });
      if (path === null) return CANCELLED;
      return (await service.call('plan.verifyFile', { path }, 'shell')) as CallResult<
        ShellCallOutput<'shell.verifyPlan'>
      >;
    },

    async 'shell.showInFolder'({ path }) {
      if (!savedHere.has(path)) return failure('forbidden', 'errors.notSavedHere');
      try {
        await access(path);
      } catch {
        return failure('file', 'errors.fileGone');
      }
      shell.showItemInFolder(path);
      return DONE;
    },

    async 'shell.chooseLogo'() {
      const words = texts().dialog;
      const options = {
        title: words.chooseLogo,
        properties: ['openFile' as const],
        filters: [{ name: words.image, extensions: ['png', 'jpg', 'jpeg', 'svg'] }],
      };
      const parent = window();
      const answer = await (parent ? dialog.showOpenDialog(parent, options) : dialog.showOpenDialog(options));
      const path = answer.canceled ? undefined : answer.filePaths[0];
      return path === undefined ? CANCELLED : readLogo(path);
    },

    async 'shell.openImport'() {
      const words = texts().dialog;
      // Kinds are told by content; other endings are offered too.
      const path = await askWhich(words.openImport, {
        name: words.table,
        extensions: ['xlsx', 'csv', 'txt', 'xls', '*'],
      });
      if (path === null) return CANCELLED;
      return (await service.call('import.open', { path }, 'shell')) as CallResult<
        ShellCallOutput<'shell.openImport'>
      >;
    },

    async 'shell.saveImportErrors'({ id, locale, suggestedName }) {
      const words = texts().dialog;
      const path = await askWhere(words.saveErrors, suggestedName, { name: words.excel, ending: 'xlsx' });
      return saveBy(path, 'import.errorsFile', { id, locale });
    },

    async 'shell.saveExport'({ list, columns, format, locale, suggestedName }) {
      const words = texts().dialog;
      const kind = { name: format === 'csv' ? words.csv : words.excel, ending: format };
      return saveBy(await askWhere(words.saveExport, suggestedName, kind), 'export.list', {
        list,
        columns,
        locale,
      });
    },

    async 'shell.saveEverything'({ locale, suggestedName }) {
      const words = texts().dialog;
      const path = await askWhere(words.saveEverything, suggestedName, {
        name: words.archive,
        ending: 'zip',
      });
      return saveBy(path, 'export.everything', { locale });
    },

    async 'shell.openEverything'() {
      const words = texts().dialog;
      const path = await askWhich(words.openEverything, { name: words.archive, extensions: ['zip'] });
      if (path === null) return CANCELLED;
      return (await service.call('import.everything', { path }, 'shell')) as CallResult<
        ShellCallOutput<'shell.openEverything'>
      >;
    },

    async 'shell.saveCase'({ ids, passphrase, suggestedName }) {
      const words = texts().dialog;
      const kind = { name: words.casePackage, ending: 'cultivar-case' };
      return saveBy(await askWhere(words.saveCase, suggestedName, kind), 'case.write', { ids, passphrase });
    },

    async 'shell.openCase'() {
      const words = texts().dialog;
      const path = await askWhich(words.openCase, {
        name: words.casePackage,
        extensions: ['cultivar-case', 'pdf', '*'],
      });
      if (path === null) return CANCELLED;
      return (await service.call('case.open', { path }, 'shell')) as CallResult<
        ShellCallOutput<'shell.openCase'>
      >;
    },

    async 'shell.saveCohort'({ call, of, ending, locale, suggestedName }) {
      const words = texts().dialog;
      const name = { xlsx: words.excel, csv: words.csv, pdf: words.pdf }[ending];
      const path = await askWhere(words.saveExport, suggestedName, { name, ending });
      return saveBy(path, call, { of, locale });
    },

    async 'shell.saveChart'({ ending, bytes, suggestedName }) {
      const words = texts().dialog;
      const path = await askWhere(words.saveExport, suggestedName, { name: words.image, ending });
      if (path === null) return CANCELLED;
      try {
        await writeFile(path, bytes);
      } catch (error) {
        return failure('file', 'fileWrite', { reason: (error as NodeJS.ErrnoException).code ?? '' });
      }
      savedHere.add(path);
      return { ok: true, value: { path } };
    },

    async 'shell.exportPlans'({ wanted, language }) {
      const folder = await askFolder(texts().dialog.exportPlans);
      if (folder === null) return CANCELLED;
      return batchAnswer(await service.call('plan.batch.start', { ...wanted, folder, language }, 'shell'));
    },

    async 'shell.resumePlans'({ language }) {
      return batchAnswer(await service.call('plan.batch.resume', { language }, 'shell'));
    },

    async 'shell.chooseBackupFolder'() {
      const folder = await askFolder(texts().dialog.chooseBackupFolder);
      if (folder === null) return CANCELLED;
      return (await service.call('backup.setSecond', { folder }, 'shell')) as CallResult<
        ShellCallOutput<'shell.chooseBackupFolder'>
      >;
    },

    async 'shell.chooseEvidence'(link) {
      const options = {
        title: texts().dialog.chooseEvidence,
        properties: ['openFile' as const, 'multiSelections' as const],
        filters: [{ name: texts().dialog.anyFile, extensions: ['*'] }],
      };
      const parent = window();
      const answer = await (parent ? dialog.showOpenDialog(parent, options) : dialog.showOpenDialog(options));
      if (answer.canceled || answer.filePaths.length === 0) return CANCELLED;
      return (await service.call(
        'evidence.addFiles',
        { ...link, paths: answer.filePaths },
        'shell',
      )) as CallResult<ShellCallOutput<'shell.chooseEvidence'>>;
    },

    async 'shell.saveEvidence'({ id, suggestedName }) {
      // The ending says what the file is, so it stays as it was given.
      const ending = extname(fileName(suggestedName));
      const stem = fileName(suggestedName).slice(0, -ending.length || undefined);
      const path = await askWhere(texts().dialog.saveEvidence, stem, {
        name: texts().dialog.anyFile,
        ending: ending.slice(1) || 'bin',
      });
      return saveBy(path, 'evidence.saveCopy', { id });
    },

    async 'shell.openEvidence'({ id }) {
      const copy = (await service.call('evidence.openCopy', { id }, 'shell')) as CallResult<{ path: string }>;
      if (!copy.ok) return copy;
      const fault = await shell.openPath(copy.value.path);
      return fault === '' ? DONE : failure('file', 'errors.notOpened', { message: fault });
    },

    async 'shell.saveSupport'({ suggestedName }) {
      const words = texts().dialog;
      const path = await askWhere(words.saveSupport, suggestedName, { name: words.archive, ending: 'zip' });
      return saveBy(path, 'support.write', {});
    },

    async 'shell.saveRecovery'({ locale, suggestedName }) {
      const words = texts().dialog;
      const path = await askWhere(words.saveRecovery, suggestedName, { name: words.text, ending: 'txt' });
      return saveBy(path, 'protection.saveRecovery', { locale });
    },

    async 'shell.setLanguage'({ locale }) {
      setLanguage(locale);
      return DONE;
    },

    async 'shell.version'() {
      const { electron = '', chrome = '', node } = process.versions;
      return {
        ok: true,
        value: { version: app.getVersion(), electron, chromium: chrome, node, platform: process.platform },
      };
    },

    async 'shell.restartService'() {
      service.restart();
      return DONE;
    },
  };

  return async (name: string, input: unknown): Promise<CallResult> => {
    if (!Object.hasOwn(shellCalls, name)) return failure('unknown-call', 'errors.unknownCall', { name });
    const known = name as ShellCallName;
    const checked = shellCalls[known].input.safeParse(input ?? {});
    if (!checked.success)
      return failure('invalid-input', 'errors.invalidInput', { issues: checked.error.issues });
    return handlers[known](checked.data as never);
  };
}
