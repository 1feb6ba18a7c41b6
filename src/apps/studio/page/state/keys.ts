import { panels } from '../panels/index.ts';
import { deselect } from './selection.ts';
import { redo, undo } from './session.ts';
import { stage } from './stage.ts';
import { isHelpOpen, nextTheme, panel, tool } from './ui.ts';

/** A key of the page: what it is called in the help, and what it does. */
export interface Key {
  /** As `KeyboardEvent.key` has it. */
  readonly keys: readonly string[];
  readonly shown: string;
  readonly title: string;
  readonly run: () => void;
}

export function openPanel(id: string): void {
  panel.value = panel.value === id ? undefined : id;
}

function pick(next: 'lasso' | 'box'): void {
  tool.value = tool.value === next ? 'move' : next;
}

function stepBack(): void {
  if (isHelpOpen.value) isHelpOpen.value = false;
  else if (tool.value !== 'move') tool.value = 'move';
  else deselect();
}

function focusSearch(): void {
  document.querySelector<HTMLInputElement>('#search')?.focus();
}

/** Every key that works wherever no text is typed. */
export function keys(): readonly Key[] {
  return [
    { keys: ['?'], shown: '?', title: 'Show or hide these keys', run: toggleHelp },
    { keys: ['/'], shown: '/', title: 'Search', run: focusSearch },
    { keys: ['l', 'L'], shown: 'L', title: 'Lasso', run: () => pick('lasso') },
    { keys: ['b', 'B'], shown: 'B', title: 'Box', run: () => pick('box') },
    { keys: ['Escape'], shown: 'Esc', title: 'Close, put the tool away, deselect', run: stepBack },
    { keys: ['u', 'U'], shown: 'U', title: 'Undo', run: () => void undo() },
    { keys: ['y', 'Y'], shown: 'Y', title: 'Redo', run: () => void redo() },
    { keys: ['t', 'T'], shown: 'T', title: 'Theme: as the system, light, dark', run: nextTheme },
    { keys: ['Home'], shown: 'Home', title: 'Show the whole map', run: () => stage.value?.fit() },
    ...panels().map(({ key, title, id }) => ({
      keys: [key],
      shown: key.toUpperCase(),
      title: `${title} panel`,
      run: () => openPanel(id),
    })),
  ];
}

function toggleHelp(): void {
  isHelpOpen.value = !isHelpOpen.value;
}

/** Keys that the map answers while it has the focus. */
export const MAP_KEYS: readonly Pick<Key, 'shown' | 'title'>[] = [
  { shown: '← → ↑ ↓', title: 'Move the map, turn the sphere' },
  { shown: '+ −', title: 'Nearer, farther' },
];

const TYPING = 'input:not([type=checkbox]):not([type=radio]):not([type=range]), textarea, select';

export function onKey(event: KeyboardEvent): void {
  const target = event.target instanceof Element ? event.target : undefined;
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (target?.matches(TYPING)) {
    if (event.key === 'Escape') (target as HTMLElement).blur();
    return;
  }
  // A slider goes to its own ends.
  if (event.key === 'Home' && target?.matches('input[type=range]')) return;
  const key = keys().find((one) => one.keys.includes(event.key));
  if (!key) return;
  event.preventDefault();
  key.run();
}
