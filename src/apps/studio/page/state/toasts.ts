import { signal } from '@preact/signals';

/** A sentence at the edge of the page until it is dismissed, or for a while where it only confirms. */
export interface Toast {
  readonly id: number;
  readonly sentence: string;
  readonly tone: 'error' | 'note';
}

export const toasts = signal<readonly Toast[]>([]);

let last = 0;
const NOTE_STAYS = 5000;
const MOST = 4;

export function say(sentence: string, tone: Toast['tone'] = 'note'): void {
  const others = toasts.value.filter((toast) => toast.sentence !== sentence);
  const toast = { id: ++last, sentence, tone };
  toasts.value = [...others, toast].slice(-MOST);
  if (tone === 'note') setTimeout(() => dismiss(toast.id), NOTE_STAYS);
}

export function dismiss(id: number): void {
  toasts.value = toasts.value.filter((toast) => toast.id !== id);
}
