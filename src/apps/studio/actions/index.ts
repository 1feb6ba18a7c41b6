import { alignMaps } from './align-maps.ts';
import { axis } from './axis.ts';
import { clusters } from './clusters.ts';
import { compare } from './compare.ts';
import { coordinates } from './coordinates.ts';
import type { AnyAction } from './define.ts';
import { describe } from './describe.ts';
import { duplicates } from './duplicates.ts';
import { exported } from './export.ts';
import { facets } from './facets.ts';
import { field } from './field.ts';
import { filter } from './filter.ts';
import { givenMap } from './given-map.ts';
import { hubs } from './hubs.ts';
import { info } from './info.ts';
import { labels } from './labels.ts';
import { map } from './map.ts';
import { mapQuality } from './map-quality.ts';
import { measure } from './measure.ts';
import { methods } from './methods.ts';
import { neighbors } from './neighbors.ts';
import { outliers } from './outliers.ts';
import { place } from './place.ts';
import { rows } from './rows.ts';
import { search } from './search.ts';
import { select } from './select.ts';
import { selection } from './selection.ts';

/** Every action of the studio, in alphabetical order. */
export const actions: readonly AnyAction[] = [
  alignMaps,
  axis,
  clusters,
  compare,
  coordinates,
  describe,
  duplicates,
  exported,
  facets,
  field,
  filter,
  givenMap,
  hubs,
  info,
  labels,
  map,
  mapQuality,
  measure,
  methods,
  neighbors,
  outliers,
  place,
  rows,
  search,
  select,
  selection,
];
