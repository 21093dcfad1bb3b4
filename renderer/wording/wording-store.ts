import { create } from 'zustand';
import type { CallOutput } from '../../electron/api.ts';
import { call } from '../api.ts';
import { takeDraft } from '../state/drafts.ts';
import { draftKey, flushSave, isWaiting, queueSave } from '../state/save-queue.ts';
import { saveSettings, useSettings } from '../state/settings.ts';

export type Profile = CallOutput<'wording.list'>['profiles'][number];
export type Words = Profile['words'];
export type Section = keyof CallOutput<'wording.list'>['usual'];
type Typed = Pick<Profile, 'name' | 'words'>;

interface WordingState {
  profiles: Profile[] | null;
  usual: CallOutput<'wording.list'>['usual'] | null;
  error: unknown;
  /** The profile in the editor, as it is typed. */
  editing: Profile | null;
  past: Typed[];
  future: Typed[];
}

export const useWording = create<WordingState>(() => ({
  profiles: null,
  usual: null,
  error: null,
  editing: null,
  past: [],
  future: [],
}));

/** The words in use as one text, to see that they have changed. */
export function useChosenWords(): string {
  const chosen = useSettings((state) => state.settings?.wording ?? null);
  return useWording((state) =>
    JSON.stringify(state.profiles?.find(({ id }) => id === chosen)?.words ?? null),
  );
}

/** The saving line of a profile. */
export const wordingKey = (id: string) => `wording ${id}`;

/** Keystrokes in one field within this time are one step. */
const STEP = 2000;
const LIMIT = 100;
let lastTag = '';
let lastTime = 0;

/** Reads the profiles; what is typed and not stored yet stays. */
export async function loadWording(): Promise<void> {
  try {
    const found = await call('wording.list', {});
    useWording.setState(({ editing }) => ({
      ...found,
      error: null,
      editing:
        editing && !isWaiting(wordingKey(editing.id))
          ? (found.profiles.find(({ id }) => id === editing.id) ?? null)
          : editing,
    }));
  } catch (error) {
    useWording.setState({ error });
  }
}

function keep(profile: Profile): void {
  useWording.setState({ editing: profile });
  if (profile.name.trim() === '') return;
  queueSave('wording', wordingKey(profile.id), profile, async (typed) => {
    const found = await call('wording.save', typed);
    useWording.setState({ profiles: found.profiles, usual: found.usual });
  });
}

/** Changes what is in the editor and stores it soon. Changes of one field in a row (`tag`) are one step of undo. */
export function editWording(tag: string, change: (typed: Typed) => Typed): void {
  const { editing, past } = useWording.getState();
  if (!editing) return;
  const now = Date.now();
  const same = tag !== '' && tag === lastTag && now - lastTime < STEP;
  [lastTag, lastTime] = [tag, now];
  if (!same)
    useWording.setState({
      past: [...past, { name: editing.name, words: editing.words }].slice(-LIMIT),
      future: [],
    });
  keep({ ...editing, ...change(editing) });
}

function step(from: 'past' | 'future', to: 'past' | 'future'): void {
  const state = useWording.getState();
  const before = state[from].at(-1);
  const { editing } = state;
  if (!before || !editing) return;
  lastTag = '';
  useWording.setState({
    [from]: state[from].slice(0, -1),
    [to]: [...state[to], { name: editing.name, words: editing.words }],
  });
  keep({ ...editing, ...before });
}

export const undoWording = () => step('past', 'future');
export const redoWording = () => step('future', 'past');

/** Opens a profile in the editor; what the last run of the application did not get to store is typed again. */
export function openWording(profile: Profile): void {
  lastTag = '';
  useWording.setState({ editing: profile, past: [], future: [] });
  const typed = takeDraft(draftKey(wordingKey(profile.id))) as Profile | undefined;
  if (typed) editWording('', () => ({ name: typed.name, words: typed.words }));
}

export async function closeWording(): Promise<void> {
  const { editing } = useWording.getState();
  useWording.setState({ editing: null });
  if (editing && isWaiting(wordingKey(editing.id))) await flushSave('wording', wordingKey(editing.id));
}

const nothing = { zh: '', en: '' };

/** Makes a profile with a name that is free, chooses it and opens it. Throws CallError. */
export async function addWording(base: string): Promise<void> {
  const taken = new Set(useWording.getState().profiles?.map(({ name }) => name));
  let name = base;
  for (let at = 2; taken.has(name); at++) name = `${base} ${at}`;
  const words: Words = {
    firm: nothing,
    tagline: nothing,
    coverNote: nothing,
    closing: nothing,
    sections: {},
  };
  const { id, profiles, usual } = await call('wording.save', { name, words });
  useWording.setState({ profiles, usual });
  await chooseWording(id);
  openWording({ id, name, words });
}

/** Removes a profile; documents go back to the usual words where it was the one in use. Throws CallError. */
export async function removeWording(id: string, chosen: string | null): Promise<void> {
  const { profiles, usual } = await call('wording.remove', { id });
  useWording.setState({ profiles, usual });
  if (chosen === id) await chooseWording(null);
}

/** Which words stand on documents from now on. Throws CallError. */
export function chooseWording(wording: string | null): Promise<void> {
  return saveSettings({ wording });
}
