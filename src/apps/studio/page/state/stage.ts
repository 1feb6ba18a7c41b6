import { signal } from '@preact/signals';
import type { TammesView } from '../../../../view/element.ts';

/** What the page asks of the view that stands in the middle. */
export interface Stage {
  readonly fit: () => void;
  readonly center: (row: number) => void;
  readonly picture: () => Promise<Blob>;
  readonly svg: () => Promise<string>;
  readonly element: TammesView;
}

export const stage = signal<Stage | undefined>(undefined);
