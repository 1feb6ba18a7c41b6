import type { AnyAction } from './define.ts';
import { align } from './align.ts';
import { center } from './center.ts';
import { checkpoints } from './checkpoints.ts';
import { codes } from './codes.ts';
import { compressPlan } from './compress-plan.ts';
import { compress } from './compress.ts';
import { coordinates } from './coordinates.ts';
import { cure } from './cure.ts';
import { disperseDiscard } from './disperse-discard.ts';
import { disperseKeep } from './disperse-keep.ts';
import { disperseLook } from './disperse-look.ts';
import { disperseRewind } from './disperse-rewind.ts';
import { disperseRun } from './disperse-run.ts';
import { disperse } from './disperse.ts';
import { duplicates } from './duplicates.ts';
import { erase } from './erase.ts';
import { field } from './field.ts';
import { givenMap } from './given-map.ts';
import { hubs } from './hubs.ts';
import { info } from './info.ts';
import { mapQuality } from './map-quality.ts';
import { map } from './map.ts';
import { measure } from './measure.ts';
import { methods } from './methods.ts';
import { normalize } from './normalize.ts';
import { outliers } from './outliers.ts';
import { place } from './place.ts';
import { reduce } from './reduce.ts';
import { rows } from './rows.ts';
import { whiten } from './whiten.ts';

/** Every action of the studio; the order is that of the pages. */
export const actions: readonly AnyAction[] = [
  align,
  center,
  checkpoints,
  codes,
  compressPlan,
  compress,
  coordinates,
  cure,
  disperseDiscard,
  disperseKeep,
  disperseLook,
  disperseRewind,
  disperseRun,
  disperse,
  duplicates,
  erase,
  field,
  givenMap,
  hubs,
  info,
  mapQuality,
  map,
  measure,
  methods,
  normalize,
  outliers,
  place,
  reduce,
  rows,
  whiten,
];
