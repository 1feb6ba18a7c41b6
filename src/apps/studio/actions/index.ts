import { coordinates } from './coordinates.ts';
import type { AnyAction } from './define.ts';
import { field } from './field.ts';
import { givenMap } from './given-map.ts';
import { info } from './info.ts';
import { map } from './map.ts';
import { mapQuality } from './map-quality.ts';
import { methods } from './methods.ts';
import { place } from './place.ts';
import { rows } from './rows.ts';

/** Every action of the studio, in alphabetical order. */
export const actions: readonly AnyAction[] = [
  coordinates,
  field,
  givenMap,
  info,
  map,
  mapQuality,
  methods,
  place,
  rows,
];
