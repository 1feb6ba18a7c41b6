import { ShapeError } from '../../../core/errors.ts';
import { cite } from '../../../method/bibliography/cite.ts';
import * as papers from '../../../method/bibliography/papers.ts';
import * as sources from '../../../method/bibliography/sources.ts';
import { simulatedInterval } from '../../../numerics/statistics/simulated-interval.ts';
import { stretchedMean } from '../../../numerics/statistics/stretches.ts';
import type { Space } from '../../../structures/space/types.ts';
import { defineMetric } from '../define.ts';
import type { Measured } from '../types.ts';
import { dipsOf, windowOf, windowOption } from './support/dips.ts';
import { disagreements, evenStarts, segmentsOf, shareOf } from './support/segmentation.ts';

const DRAWS = 199;
/** Rows that a true segment has on average at least. */
const SHORTEST = 4;

/**
 * How wrong the boundaries are that the rows show by themselves: the deepest dips of `topic-boundaries`, as many as
 * there are true ones, against the places where the class of the rows changes.
 *
 *     P_k = (1/(n − k)) Σᵢ [ s(i) = s(i+k) ] ≠ [ ŝ(i) = ŝ(i+k) ]
 *
 * with s the true segment of a row, ŝ the one found, and k half the mean length of a true segment. 0 where all
 * boundaries are in place. `table` has P_k and WindowDiff, which counts the boundaries between both rows, beside those
 * of evenly spaced boundaries and of boundaries at random; the latter is the null. The interval comes from the means of
 * 20 stretches of the file.
 *
 * @remarks
 * Use it to choose an encoder or a window for cutting texts, on texts whose parts are known: the classes are chapters,
 * speakers or documents, in the order of the file.
 *
 * @example
 * import { matrix } from 'tammes';
 * import { segmentationError } from 'tammes/metrics';
 *
 * const chapters = Array.from({ length: 60 }, (_, i) => `chapter ${Math.floor(i / 20)}`);
 * const rows = chapters.map((name, i) =>
 *   [0, 1, 2].map((c) => (name.endsWith(`${c}`) ? 1 : 0.1 * Math.sin(9 * i + c))),
 * );
 * const text = matrix(Float64Array.from(rows.flat()), 60, 3);
 * const { value } = await segmentationError(text, {}, { classes: chapters });
 * console.log(value); // 0
 *
 * @function
 */
export const segmentationError = /* @__PURE__ */ defineMetric({
  id: 'segmentation-error',
  group: 'order',
  range: [0, 1],
  needs: 'classes',
  title: 'Segmentation error (P_k)',
  summary: 'How often two rows are wrongly put into one segment or into two.',
  inOrder: true,
  references: [
    cite(
      papers.comparativeStudySentenceEmbeddingSemanticVariation,
      'segmentation by the similarity of sentences',
    ),
    cite(sources.statisticalTextSegmentation, 'the error P_k'),
    cite(sources.critiqueOfTextSegmentation, 'WindowDiff'),
  ],
  options: { window: windowOption() },
  measure(space, { window }) {
    const n = space.points.rows;
    const truth = startsOf(space);
    const segments = truth.length + 1;
    if (truth.length === 0 || n / segments < SHORTEST) return noSegments(n, truth.length);
    const k = Math.max(2, Math.round(n / segments / 2));
    const of = segmentsOf(n, truth);
    const errorsOf = (starts: Iterable<number>) => disagreements(of, segmentsOf(n, starts), k);
    const dips = dipsOf(space.points, windowOf(n, window)).slice(0, truth.length);
    const found = errorsOf(dips.map(({ row }) => row));
    const random = space.random('segments');
    const draws = Array.from({ length: DRAWS }, (_, r) => {
      const at = random.fork(r).sample(n - 1, truth.length);
      const { pk, windowDiff } = errorsOf(at.map((row) => row + 1));
      return { pk: shareOf(pk), windowDiff: shareOf(windowDiff) };
    });
    const { value, low, high } = stretchedMean(found.pk);
    const interval =
      low === undefined || high === undefined
        ? {}
        : { low: Math.max(0, low), high: Math.min(1, high) };
    const chance = simulatedInterval(
      draws.map(({ pk }) => pk),
      n,
      n,
    );
    const asGood = draws.filter(({ pk }) => pk <= value).length;
    const even = errorsOf(evenStarts(n, segments));
    const differences = draws.reduce((sum, { windowDiff }) => sum + windowDiff / DRAWS, 0);
    return {
      value,
      ...interval,
      null: {
        value: chance.mean,
        low: chance.low,
        high: chance.high,
        pValue: (1 + asGood) / (1 + DRAWS),
        how: `simulated, as many boundaries at random places: ${DRAWS} draws; mean`,
      },
      table: [
        line('found in the rows', shareOf(found.pk), shareOf(found.windowDiff)),
        line('evenly spaced', shareOf(even.pk), shareOf(even.windowDiff)),
        line('at random places', chance.mean, differences),
      ],
    };
  },
});

/** The rows whose class is not that of the row before. */
function startsOf({ classes = [], points }: Space): number[] {
  if (classes.length !== points.rows) {
    throw new ShapeError('classes', `one for each of the ${points.rows} rows`, `${classes.length}`);
  }
  return classes.flatMap((name, i) => (i > 0 && name !== classes[i - 1] ? [i] : []));
}

function noSegments(n: number, boundaries: number): Measured {
  const why =
    boundaries === 0
      ? 'all rows have one class, so there is no boundary to find.'
      : `the rows do not stand class by class: the class changes ${boundaries} times in ${n} rows.`;
  return { value: NaN, warnings: [why] };
}

function line(boundaries: string, pk: number, windowDiff: number) {
  return { boundaries, P_k: pk, WindowDiff: windowDiff };
}
