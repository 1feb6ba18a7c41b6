import { effect, signal } from '@preact/signals';

export type Theme = 'auto' | 'light' | 'dark';

const THEMES: readonly Theme[] = ['auto', 'light', 'dark'];
const KEPT = 'tammes-theme';

/** The open panel; undefined leaves the room to the map. */
export const panel = signal<string | undefined>('map');
export const isHelpOpen = signal(false);
export const theme = signal<Theme>(keptTheme());
/** What the reader does with the pointer on the map. */
export const tool = signal<'move' | 'lasso' | 'box'>('move');

const darkness = window.matchMedia('(prefers-color-scheme: dark)');
const systemIsDark = signal(darkness.matches);
darkness.addEventListener('change', () => {
  systemIsDark.value = darkness.matches;
});

export function isDark(): boolean {
  return theme.value === 'dark' || (theme.value === 'auto' && systemIsDark.value);
}

export function nextTheme(): void {
  theme.value = THEMES[(THEMES.indexOf(theme.value) + 1) % THEMES.length];
}

effect(() => {
  document.documentElement.dataset['theme'] = isDark() ? 'dark' : 'light';
  try {
    localStorage.setItem(KEPT, theme.value);
  } catch {
    // A page opened from a file may have no storage; the choice then lasts as long as the page.
  }
});

function keptTheme(): Theme {
  try {
    return THEMES.find((one) => one === localStorage.getItem(KEPT)) ?? 'auto';
  } catch {
    return 'auto';
  }
}
