import type { ComponentType } from 'preact';

/** A panel at the right of the map: the list in `index.ts` makes its tab, its key and its line in the help. */
export interface PanelInfo {
  readonly id: string;
  /** One word. */
  readonly title: string;
  /** One sentence, for the help and the tab's tooltip. */
  readonly about: string;
  /** The key that opens it. */
  readonly key: string;
  readonly group: 'look' | 'choose' | 'act' | 'keep';
  /** The panel is there where the session has this action. */
  readonly needs?: string;
  readonly Panel: ComponentType;
}
