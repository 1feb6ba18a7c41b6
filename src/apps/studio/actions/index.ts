import { coordinates } from './coordinates.ts';
import type { AnyAction } from './define.ts';
import { duplicates } from './duplicates.ts';
import { field } from './field.ts';
import { givenMap } from './given-map.ts';
import { hubs } from './hubs.ts';
import { info } from './info.ts';
import { map } from './map.ts';
import { mapQuality } from './map-quality.ts';
import { measure } from './measure.ts';
import { methods } from './methods.ts';
import { outliers } from './outliers.ts';
import { place } from './place.ts';
import { rows } from './rows.ts';

/** Every action of the studio; the order is that of the pages. */
export const actions: readonly AnyAction[] = [
  coordinates,
  duplicates,
  field,
  givenMap,
  hubs,
  info,
  map,
  mapQuality,
  measure,
  methods,
  outliers,
  place,
  rows,
];
