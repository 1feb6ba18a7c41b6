import { coordinates } from './coordinates.ts';
import type { AnyAction } from './define.ts';
import { disperse } from './disperse.ts';
import { disperseDiscard } from './disperse-discard.ts';
import { disperseKeep } from './disperse-keep.ts';
import { disperseLook } from './disperse-look.ts';
import { disperseRewind } from './disperse-rewind.ts';
import { disperseRun } from './disperse-run.ts';
import { field } from './field.ts';
import { givenMap } from './given-map.ts';
import { info } from './info.ts';
import { map } from './map.ts';
import { mapQuality } from './map-quality.ts';
import { methods } from './methods.ts';
import { place } from './place.ts';
import { rows } from './rows.ts';

/** Every action of the studio; the order is that of the pages. */
export const actions: readonly AnyAction[] = [
  coordinates,
  disperseDiscard,
  disperseKeep,
  disperseLook,
  disperseRewind,
  disperseRun,
  disperse,
  field,
  givenMap,
  info,
  mapQuality,
  map,
  methods,
  place,
  rows,
];
