import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { type ShellLocale, shellLocale } from './shell-calls.ts';

const stateShape = z.object({
  bounds: z.object({ x: z.int(), y: z.int(), width: z.int(), height: z.int() }).optional(),
  maximized: z.boolean().optional(),
  locale: shellLocale.optional(),
});

/** What the shell remembers between starts. */
export type ShellState = z.infer<typeof stateShape>;

/** Reads the remembered state; a missing or damaged file is simply a first start. */
export function readState(file: string): ShellState {
  try {
    return stateShape.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return {};
  }
}

/** Writes the state in one step. A failure only costs the remembered window position, so it is reported, not thrown. */
export function writeState(file: string, state: ShellState): void {
  try {
    writeFileSync(`${file}.new`, JSON.stringify(state));
    renameSync(`${file}.new`, file);
  } catch (error) {
    console.error('The window position could not be saved:', error);
  }
}

/** The language of a first start: Chinese on a Chinese system, otherwise English. */
export function systemLocale(language: string): ShellLocale {
  return language.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}
