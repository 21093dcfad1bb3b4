import { create } from 'zustand';

export type EnterpriseTab = 'walk' | 'result' | 'plan' | 'profile' | 'history';
export type CohortTab = 'screening' | 'pipeline' | 'profile' | 'impact';
export type Place =
  | { screen: 'library' }
  | { screen: 'cohort'; tab: CohortTab }
  | { screen: 'enterprise'; id: string; tab: EnterpriseTab; topic?: string; planId?: string }
  | { screen: 'settings' };

interface PlaceState {
  place: Place;
  /** The enterprise looked at last, so that the rail leads back to it from the library and the settings. */
  lastEnterprise: string | null;
}

const KEY = 'cultivar.place';

function restore(): PlaceState {
  try {
    const saved = JSON.parse(sessionStorage.getItem(KEY) ?? 'null') as PlaceState | null;
    if (saved?.place?.screen) return saved;
  } catch {
    // A damaged entry only costs the remembered place.
  }
  return { place: { screen: 'library' }, lastEnterprise: null };
}

/** Where the user is. The last place survives a reload of the window (sessionStorage is enough for that). */
export const usePlace = create<PlaceState>(restore);

/** Leads the user to a place. */
export function go(place: Place): void {
  const lastEnterprise = place.screen === 'enterprise' ? place.id : usePlace.getState().lastEnterprise;
  usePlace.setState({ place, lastEnterprise });
  try {
    sessionStorage.setItem(KEY, JSON.stringify({ place, lastEnterprise }));
  } catch {
    // Without storage the place is simply not remembered.
  }
}

/** Forgets an enterprise that no longer exists, so that the rail does not lead to it. */
export function forgetEnterprise(id: string): void {
  if (usePlace.getState().lastEnterprise === id) usePlace.setState({ lastEnterprise: null });
}
