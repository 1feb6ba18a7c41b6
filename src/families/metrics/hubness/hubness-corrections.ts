import type { KnnGraph } from '../../../core/graph.ts';
import { cite } from '../../../method/bibliography/cite.ts';
import * as papers from '../../../method/bibliography/papers.ts';
import * as sources from '../../../method/bibliography/sources.ts';
import { integer } from '../../../method/options.ts';
import { skewness } from '../../../numerics/statistics/averages.ts';
import {
  type CorrectedNeighbors,
  HUB_CORRECTIONS,
  hubCorrector,
} from '../../../structures/neighbors/corrected-neighbors.ts';
import { replacedShare } from '../../../structures/neighbors/hub-corrections.ts';
import {
  antiHubShare,
  occurrences,
  robinHoodIndex,
} from '../../../structures/neighbors/occurrences.ts';
import { defineMetric } from '../define.ts';
import { allLists } from '../support/all-lists.ts';
import { NO_PAIR } from '../support/nearest-angles.ts';
import { occurrenceSpread } from '../support/occurrence-jackknife.ts';
import { neighborsOption, noFreedom } from './support/neighbors-option.ts';

/**
 * Hubness after the best correction: the skewness of the k-occurrence nearest to that of lists drawn at random.
 *
 *     S(N_k⁽ᶜ⁾), c = argmin |S(N_k⁽ᶜ⁾) − S₀|,   S(N) = E (N − E N)³/sd(N)³
 *     S₀ = (1 − 2p)/√((n − 1) p (1 − p)),   p = k/(n − 1)
 *
 * with N_k⁽ᶜ⁾(i) the number of rows that have row i among their k nearest after the correction c:
 * centring, local scaling, CSLS, mutual proximity (normal and empirical), rank to normal, and this with
 * mutual proximity. `table` has for each, and for none, the skewness, the Robin Hood index, the share of
 * anti-hubs and the share of neighbours replaced. The null is S₀, about 1/√k: far below it rows are in fewer
 * lists than chance makes them, which is no better. NaN for one row.
 *
 * Corrections re-rank the first `candidates` neighbours, so an anti-hub can only be found by rows that
 * have it among their candidates.
 *
 * @remarks Use it when `hubness-skewness` is high, to choose a correction before you build an index: take
 * the plainest one that comes near the best, and look at `replaced` for what it costs in the old order.
 * Near the null is good. It says nothing about whether the new neighbours are better: check that with
 * `knn-accuracy` or a search quality. Where centring alone does it, subtract the mean. Costs O(n² d),
 * then about n · candidates · d for each correction.
 * @example
 * import { matrix, Random } from 'tammes';
 * import { hubnessCorrections } from 'tammes/metrics';
 *
 * // Gaussian rows about a common mean: the classic case of hubs.
 * const random = Random.fromSeed(3);
 * const data = Float32Array.from({ length: 300 * 40 }, () => random.normal() + 1);
 * const { value, table = [], null: law } = await hubnessCorrections(matrix(data, 300, 40));
 * const skewness = new Map(table.map((line) => [line.correction, Number(line.skewness)]));
 * const [before = NaN, centred = NaN] = [skewness.get('none'), skewness.get('centring')];
 * console.log(before > 1, centred < before / 2, value.toFixed(1), law?.value.toFixed(1)); // true true 0.1 0.3
 * @function
 */
export const hubnessCorrections = /* @__PURE__ */ defineMetric({
  id: 'hubness-corrections',
  group: 'hubness',
  title: 'Hubness after the best correction',
  summary: 'The hubness that mutual proximity, local scaling and others would leave.',
  references: [
    cite(papers.hubnessReductionSbert, 'F-norm, mutual proximity, centring, local scaling'),
    cite(sources.localAndGlobalScaling, 'mutual proximity, normal and empirical; local scaling'),
    cite(sources.wordTranslationWithoutParallelData, 'CSLS, Eq. 3 and 4'),
    cite(sources.fastHubnessReduction, 'corrections of nearest neighbours in lists'),
  ],
  deviations: [
    'Mutual proximity, normal: mean and variance of the cosines to all rows, exactly, in place of those of distances in the list.',
    'Mutual proximity, empirical: counts beyond the end of a list go on as a power of the distance.',
    'Rank to normal: normal quantiles of the ranks in place of sorted normal draws.',
  ],
  options: {
    k: neighborsOption(),
    candidates: integer(50, 'Nearest rows among which corrections choose.', { min: 2, max: 1000 }),
  },
  listLength: 50,
  async measure(space, { k, candidates }) {
    if (space.points.rows < 2) return NO_PAIR;
    const { space: measured, graph, warnings } = await allLists(space, Math.max(k, candidates));
    const n = graph.n;
    const by = hubCorrector(measured, graph, k);
    const corrected: CorrectedNeighbors[] = [];
    for (const name of HUB_CORRECTIONS) corrected.push(await by(name));
    const ranked = corrected.map((correction) => ({
      ...correction,
      skewness: skewness(occurrences(correction.graph, k)),
    }));
    const chance = chanceSkewness(n, k);
    const off = (found: { readonly skewness: number }) => Math.abs(found.skewness - chance);
    const best = ranked.reduce((a, b) => (off(b) < off(a) ? b : a));
    const table = [
      entry('none', graph, graph, k),
      ...corrected.map((correction) => entry(correction.name, correction.graph, graph, k)),
    ];
    const said = [...warnings, ...new Set(corrected.flatMap((correction) => correction.warnings))];
    if (n <= k + 1) return { value: best.skewness, table, warnings: noFreedom(n, k) };
    const random = measured.random('hubness');
    const half = occurrenceSpread(best.graph, k, n, random, (counts) => skewness(counts));
    const value = best.skewness;
    const law = { value: chance, how: 'exact, lists drawn at random: binomial occurrences' };
    return { value, low: value - half, high: value + half, table, warnings: said, null: law };
  },
});

/** The skewness of how often a row is in lists of k rows drawn at random. */
function chanceSkewness(n: number, k: number): number {
  const p = k / (n - 1);
  return (1 - 2 * p) / Math.sqrt((n - 1) * p * (1 - p));
}

function entry(correction: string, after: KnnGraph, before: KnnGraph, k: number) {
  const counts = occurrences(after, k);
  return {
    correction,
    skewness: skewness(counts),
    robinHood: robinHoodIndex(counts),
    antiHubs: antiHubShare(counts),
    replaced: replacedShare(before, after, k),
  };
}
