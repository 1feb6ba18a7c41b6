import { type GivenPoints, givenPoints } from '../../core/given-points.ts';
import { unitRows } from '../../core/rows.ts';
import { defineMethod, type Method, type MethodSpec } from '../../method/method.ts';
import { integer, type OptionSpecs, type OptionsOf } from '../../method/options.ts';
import {
  type HubCorrectionName,
  hubCorrector,
} from '../../structures/neighbors/corrected-neighbors.ts';
import { firstNeighbors, knownNeighbors } from '../../structures/neighbors/neighbor-lists.ts';
import type { CorrectedLists, NeighborsRunOptions } from './types.ts';

/** Options of every correction of neighbours. */
const LISTS = {
  k: integer(10, 'Neighbours that each row gets.', { min: 1, max: 1000, symbol: 'k' }),
  candidates: integer(50, 'Nearest rows among which the correction chooses.', {
    min: 1,
    max: 1000,
  }),
};

export interface HubCorrectionSpec<S extends OptionSpecs>
  extends Omit<
    MethodSpec<GivenPoints, S, CorrectedLists, NeighborsRunOptions>,
    'family' | 'options' | 'compute'
  > {
  readonly options: S;
  readonly correction: (options: OptionsOf<S>) => HubCorrectionName;
}

export type HubCorrection<S extends OptionSpecs = OptionSpecs> = Method<
  GivenPoints,
  S & typeof LISTS,
  CorrectedLists,
  NeighborsRunOptions
>;

/**
 * A correction of the k nearest neighbours of n × d rows (scaled to unit length) against hubs: the
 * nearest rows of each, re-ranked.
 */
// @__NO_SIDE_EFFECTS__
export function defineHubCorrection<const S extends OptionSpecs>(
  spec: HubCorrectionSpec<S>,
): HubCorrection<S> {
  const { correction, options: own, ...header } = spec;
  const options: S & typeof LISTS = { ...own, ...LISTS };
  return defineMethod<GivenPoints, S & typeof LISTS, CorrectedLists, NeighborsRunOptions>({
    ...header,
    family: 'neighbors',
    options,
    async compute(given, settings, run) {
      const raw = givenPoints(spec.id, given);
      const { k, candidates } = settings as OptionsOf<typeof LISTS>;
      const { points } = unitRows(spec.id, raw);
      const engine = await run.engineFor(raw);
      const n = points.rows;
      const wanted = Math.max(0, Math.min(n - 1, Math.max(k, candidates)));
      const { neighbors } = run.options;
      const known = neighbors && !neighbors.rows && neighbors.k >= wanted;
      const graph = known
        ? knownNeighbors(neighbors, points)
        : await engine.nearest(points, Math.max(1, wanted), { signal: run.signal });
      const rows = { points, engine, gram: async () => engine.gram(points) };
      const by = hubCorrector(rows, firstNeighbors(graph, Math.max(1, wanted)), k);
      const { graph: corrected, warnings } = await by(correction(settings as OptionsOf<S>));
      return { graph: firstNeighbors(corrected, Math.min(k, corrected.k)), warnings };
    },
  });
}
