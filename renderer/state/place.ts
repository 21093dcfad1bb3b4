import { create } from 'zustand';
import { keepDraft, leftDraft } from './drafts.ts';
import { focusAddress, requestFocus } from './focus.ts';
import { useGuest } from './guest.ts';

export type EnterpriseTab = 'walk' | 'result' | 'plan' | 'profile' | 'history';
export type CohortTab = 'screening' | 'pipeline' | 'profile' | 'impact';
export type Place =
  | { screen: 'library' }
  | { screen: 'plans' }
  | { screen: 'cohort'; tab: CohortTab }
  | { screen: 'enterprise'; id: string; tab: EnterpriseTab; topic?: string; planId?: string }
  | { screen: 'settings' };

interface PlaceState {
  place: Place;
  /** The enterprise looked at last, so that the rail leads back to it from the library and the settings. */
  lastEnterprise: string | null;
}

const KEY = 'cultivar.place';

function remembered(): PlaceState | null {
  try {
    const saved = JSON.parse(sessionStorage.getItem(KEY) ?? 'null') as PlaceState | null;
    return saved?.place?.screen ? saved : null;
  } catch {
    // A damaged entry only costs the remembered place.
    return null;
  }
}

/** Where the user is. The last place survives a reload of the window here, and a new start as a draft in the library. */
export const usePlace = create<PlaceState>(
  () => remembered() ?? { place: { screen: 'library' }, lastEnterprise: null },
);

let focus: string | null = null;

function remember(): void {
  const { place, lastEnterprise } = usePlace.getState();
  try {
    sessionStorage.setItem(KEY, JSON.stringify({ place, lastEnterprise }));
  } catch {
    // Without storage the place is simply not remembered.
  }
  keepDraft('place', { place, lastEnterprise, focus });
}

/** Leads the user to a place; while guests watch, only to what they may see. */
export function go(place: Place): void {
  const { id } = useGuest.getState();
  if (id !== null && (place.screen !== 'enterprise' || place.id !== id)) return;
  const lastEnterprise = place.screen === 'enterprise' ? place.id : usePlace.getState().lastEnterprise;
  focus = null;
  usePlace.setState({ place, lastEnterprise });
  remember();
}

/** Leads the user to a place and puts the cursor into a field there. */
export function goTo(place: Place, field: string | null): void {
  go(place);
  if (field) requestFocus(field);
}

/** Forgets an enterprise that no longer exists, so that the rail does not lead to it. */
export function forgetEnterprise(id: string): void {
  if (usePlace.getState().lastEnterprise === id) usePlace.setState({ lastEnterprise: null });
}

/** Opens the place and the field at which the last run ended, and remembers them from now on. */
export function resumePlace(): void {
  const saved = leftDraft('place') as (PlaceState & { focus?: string | null }) | undefined;
  if (saved?.place?.screen) {
    if (!remembered())
      usePlace.setState({ place: saved.place, lastEnterprise: saved.lastEnterprise ?? null });
    const same = JSON.stringify(usePlace.getState().place) === JSON.stringify(saved.place);
    if (same && typeof saved.focus === 'string') {
      focus = saved.focus;
      requestFocus(saved.focus);
    }
  }
  const { id } = useGuest.getState();
  const { place } = usePlace.getState();
  if (id !== null && (place.screen !== 'enterprise' || place.id !== id))
    usePlace.setState({ place: { screen: 'enterprise', id, tab: 'walk' }, lastEnterprise: id });
  document.addEventListener('focusin', (event) => {
    const now = focusAddress(event.target as Element);
    if (now === null || now === focus) return;
    focus = now;
    remember();
  });
}
