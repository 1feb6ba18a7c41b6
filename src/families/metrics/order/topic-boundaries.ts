import { log } from '../../../core/numeric.ts';
import { cite } from '../../../method/bibliography/cite.ts';
import * as papers from '../../../method/bibliography/papers.ts';
import * as sources from '../../../method/bibliography/sources.ts';
import { integer, number } from '../../../method/options.ts';
import { chiSquaredQuantile } from '../../../numerics/laws/gamma.ts';
import { defineMetric } from '../define.ts';
import { type ChanceDepth, chanceDepth } from './support/chance-depth.ts';
import { blockCosines, type Dip, dipsOf, windowOf, windowOption } from './support/dips.ts';

const FEWEST = 4;
/** Boundaries that the table lists: the deepest, in the order of the file. */
const LISTED = 20;

/**
 * How many times the rows, in the order of the file, turn to another topic: dips of the similarity between the w rows
 * before a place and the w rows after it that are deeper than chance makes them.
 *
 *     b_g = cos(Σ_{i=g−w}^{g−1} xᵢ, Σ_{i=g}^{g+w−1} xᵢ)                     (x: n × d, unit rows)
 *     depth_g = max_{g−w ≤ h ≤ g} b_h + max_{g ≤ h ≤ g+w} b_h − 2 b_g
 *
 * Dips are taken from the deepest on, none nearer than w/2 rows to one that was taken. A dip is a boundary where it is
 * deeper than the deepest of all in rows in random order with probability `chance` (Gumbel's law by the moments of 40
 * random orders); with `segments` the deepest segments − 1 dips are. `series` is the curve b over the places, `rows`
 * the rows that begin a segment, deepest first, `table` the 20 deepest in the order of the file with the
 * probability of so deep a dip by chance.
 *
 * The interval is that of a Poisson count, wide for boundaries at regular distances; the null is what chance alone
 * finds, −ln(1 − chance) boundaries, with the probability of the deepest dip. A boundary nearer than w rows to an end
 * of the file, or to another one, is hard to see.
 *
 * @remarks
 * Use it to cut a document, a talk or a chat into parts by its sentence vectors. Segments should be longer than w
 * rows; where you know how many there are, say so with `segments`.
 *
 * @example
 * import { matrix } from 'tammes';
 * import { topicBoundaries } from 'tammes/metrics';
 *
 * // Three topics of 20 rows, each about another axis.
 * const rows = Array.from({ length: 60 }, (_, i) =>
 *   [0, 1, 2].map((c) => (c === Math.floor(i / 20) ? 1 : 0.1 * Math.sin(9 * i + c))),
 * );
 * const { value, rows: starts } = await topicBoundaries(matrix(Float64Array.from(rows.flat()), 60, 3));
 * console.log(value, [...starts].sort().join(' ')); // 2 20 40
 *
 * @function
 */
export const topicBoundaries = /* @__PURE__ */ defineMetric({
  id: 'topic-boundaries',
  group: 'order',
  range: [0, Infinity],
  title: 'Topic boundaries',
  summary: 'How many times the rows, in the order of the file, turn to something else.',
  inOrder: true,
  references: [
    cite(
      papers.comparativeStudySentenceEmbeddingSemanticVariation,
      'segmentation by the similarity of sentences',
    ),
    cite(sources.textTiling, 'block comparison and depth scores'),
    cite(sources.statisticsOfExtremes, 'the law of the largest of many values'),
  ],
  deviations: [
    'Sums of row vectors in place of word counts, and no smoothing.',
    'The peaks beside a dip are the highest cosines within w places, in place of the ends of its slopes.',
    'The depth needed comes from rows in random order, in place of mean and deviation of the depths.',
  ],
  options: {
    window: windowOption(),
    segments: integer(0, 'How many segments to cut; 0: as many as are deeper than chance.', {
      min: 0,
      max: 1e6,
    }),
    chance: number(0.05, 'With which probability rows in random order have a boundary.', {
      min: 1e-6,
      max: 0.5,
    }),
  },
  measure(space, { window, segments, chance }) {
    const n = space.points.rows;
    if (n < FEWEST) return { value: NaN, warnings: [`needs ${FEWEST} rows; got ${n}.`] };
    const w = windowOf(n, window);
    const law = chanceDepth(space, w);
    const dips = dipsOf(space.points, w);
    const least = law.above(chance);
    const found =
      segments === 0
        ? dips.filter(({ depth }) => depth > least)
        : dips.slice(0, Math.max(0, segments - 1));
    const y = blockCosines(space.points, w);
    const x = Float64Array.from(y, (_, at) => at + w);
    return {
      value: found.length,
      ...(segments === 0 ? poissonInterval(found.length) : {}),
      null: {
        value: -log(1 - chance),
        low: 0,
        high: 1,
        pValue: law.probability(dips[0]?.depth ?? 0),
        how: `rows in random order, ${law.draws} draws; p-value of the deepest dip`,
      },
      rows: found.map(({ row }) => row),
      series: { x, y, xName: 'place', yName: `cosine of the ${w} rows on both sides` },
      table: linesOf(found, law),
      warnings: tooFew(found.length, segments, w),
    };
  },
});

/** The exact 95 % interval of the mean of a Poisson count (Garwood). */
function poissonInterval(count: number) {
  return {
    low: count === 0 ? 0 : chiSquaredQuantile(2 * count, 0.025) / 2,
    high: chiSquaredQuantile(2 * count + 2, 0.975) / 2,
  };
}

function linesOf(found: readonly Dip[], law: ChanceDepth) {
  return found
    .slice(0, LISTED)
    .sort((a, b) => a.row - b.row)
    .map(({ row, similarity, depth }) => ({
      boundary: `before row ${row}`,
      similarity,
      depth,
      'p by chance': law.probability(depth),
    }));
}

function tooFew(found: number, segments: number, w: number): string[] {
  if (segments === 0 || found === segments - 1) return [];
  return [`only ${found + 1} segments can be told apart with ${w} rows on each side.`];
}
