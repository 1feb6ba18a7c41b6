import { align } from './align.ts';
import { alignMaps } from './align-maps.ts';
import { axis } from './axis.ts';
import { center } from './center.ts';
import { checkpoints } from './checkpoints.ts';
import { clusters } from './clusters.ts';
import { codes } from './codes.ts';
import { compare } from './compare.ts';
import { compress } from './compress.ts';
import { compressPlan } from './compress-plan.ts';
import { coordinates } from './coordinates.ts';
import { cure } from './cure.ts';
import type { AnyAction } from './define.ts';
import { describe } from './describe.ts';
import { disperse } from './disperse.ts';
import { disperseDiscard } from './disperse-discard.ts';
import { disperseKeep } from './disperse-keep.ts';
import { disperseLook } from './disperse-look.ts';
import { disperseRewind } from './disperse-rewind.ts';
import { disperseRun } from './disperse-run.ts';
import { duplicates } from './duplicates.ts';
import { erase } from './erase.ts';
import { exported } from './export.ts';
import { facets } from './facets.ts';
import { field } from './field.ts';
import { filter } from './filter.ts';
import { givenMap } from './given-map.ts';
import { hubs } from './hubs.ts';
import { info } from './info.ts';
import { labels } from './labels.ts';
import { map } from './map.ts';
import { mapAgain } from './map-again.ts';
import { mapQuality } from './map-quality.ts';
import { measure } from './measure.ts';
import { methods } from './methods.ts';
import { neighbors } from './neighbors.ts';
import { normalize } from './normalize.ts';
import { outliers } from './outliers.ts';
import { place } from './place.ts';
import { reduce } from './reduce.ts';
import { rows } from './rows.ts';
import { search } from './search.ts';
import { select } from './select.ts';
import { selection } from './selection.ts';
import { subset } from './subset.ts';
import { whiten } from './whiten.ts';

/** Every action of the studio; the order is that of the pages. */
export const actions: readonly AnyAction[] = [
  align,
  alignMaps,
  axis,
  center,
  checkpoints,
  clusters,
  codes,
  compare,
  compress,
  compressPlan,
  coordinates,
  cure,
  describe,
  disperse,
  disperseDiscard,
  disperseKeep,
  disperseLook,
  disperseRewind,
  disperseRun,
  duplicates,
  erase,
  exported,
  facets,
  field,
  filter,
  givenMap,
  hubs,
  info,
  labels,
  map,
  mapAgain,
  mapQuality,
  measure,
  methods,
  neighbors,
  normalize,
  outliers,
  place,
  reduce,
  rows,
  search,
  select,
  selection,
  subset,
  whiten,
];
