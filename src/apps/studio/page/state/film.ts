import { signal } from '@preact/signals';
import type { Answer } from '../../contract.ts';
import { type FilmPlaces, placesAt } from './film-places.ts';
import { mapId, preview } from './view.ts';

/** How a number went over the snapshots. */
export interface Tracked {
  readonly id: string;
  readonly title: string;
  readonly unit?: string | null;
  readonly values: readonly (number | null)[];
}

/** Snapshots of the same rows in one map. */
export interface Film extends FilmPlaces {
  readonly maps: readonly string[];
  readonly fitted: string;
  readonly tracked: readonly Tracked[];
  /** Degrees by which rows turn from one to the next; null where columns differ. */
  readonly moved: readonly (number | null)[];
}

export const film = signal<Film | undefined>(undefined);
/** Where the film stands: 0 at the first snapshot, 1.5 halfway from the second to the third. */
export const time = signal(0);
export const isPlaying = signal(false);

export function filmOf({ facts, arrays }: Answer): Film | undefined {
  const places = arrays?.['places'];
  if (!places) return undefined;
  const [, rows, dims] = places.shape;
  const moves = (facts['moved'] ?? []) as readonly { readonly meanDeg: number | null }[];
  return {
    tables: facts['tables'] as readonly string[],
    maps: facts['maps'] as readonly string[],
    fitted: facts['fitted'] as string,
    tracked: (facts['tracked'] ?? []) as readonly Tracked[],
    moved: moves.map(({ meanDeg }) => meanDeg),
    places: places.data as Float32Array,
    rows,
    dims: dims === 3 ? 3 : 2,
  };
}

/** Shows the film at a time. */
export function seek(at: number): void {
  const shown = film.value;
  if (!shown) return;
  time.value = Math.min(shown.tables.length - 1, Math.max(0, at));
  mapId.value = shown.maps[shown.tables.indexOf(shown.fitted)];
  preview.value = {
    positions: placesAt(shown, time.value),
    dims: shown.dims,
    table: shown.fitted,
  };
}

/** Milliseconds from one snapshot to the next. */
const PACE = 1200;
let frame = 0;

export function play(): void {
  const shown = film.value;
  if (!shown) return;
  isPlaying.value = true;
  let last = performance.now();
  if (time.value >= shown.tables.length - 1) seek(0);
  const step = (now: number) => {
    if (!isPlaying.value) return;
    seek(time.value + (now - last) / PACE);
    last = now;
    if (time.value >= shown.tables.length - 1) isPlaying.value = false;
    else frame = requestAnimationFrame(step);
  };
  frame = requestAnimationFrame(step);
}

export function pause(): void {
  isPlaying.value = false;
  cancelAnimationFrame(frame);
}

/** Leaves the film: the map is shown as it is. */
export function leave(): void {
  pause();
  preview.value = undefined;
}
