import { InputError } from '../../core/errors.ts';
import { type Matrix, matrix, toFloat64 } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { defineMethod } from '../../method/method.ts';
import type { OptionSpecs, OptionsOf } from '../../method/options.ts';
import { meanRow } from '../../numerics/rows/centered.ts';
import { dot } from '../../numerics/rows/dot.ts';
import { unitOrZeroRows } from '../../numerics/rows/unit-rows.ts';
import { type Directions, spaceMark } from '../../structures/directions/index.ts';
import { commonOptions } from './support/common-options.ts';
import { drawn, type Resamples, resamplesOf, settled } from './support/draws.ts';
import { sampleOf } from './support/sample.ts';
import { strengthOf } from './support/strength.ts';
import type {
  DirectionsFit,
  DirectionsInput,
  DirectionsMethod,
  DirectionsResult,
  DirectionsRunOptions,
  DirectionsSpec,
  FitContext,
  Sample,
} from './types.ts';

/**
 * Makes a method of directions of what it says: checks, unit length, draws, the mark of the space, strength beside random
 * directions and provenance are the same for all.
 */
// @__NO_SIDE_EFFECTS__
export function defineDirections<const S extends OptionSpecs>(
  spec: DirectionsSpec<S>,
): DirectionsMethod<S> {
  const { needs, resamples, isSignless = false, turnsAlong = true, fit: fitTo, ...header } = spec;
  const { id } = header;
  type All = OptionsOf<S & typeof commonOptions>;
  const method = defineMethod<
    DirectionsInput,
    S & typeof commonOptions,
    DirectionsResult,
    DirectionsRunOptions
  >({
    ...header,
    family: 'directions',
    options: { ...spec.options, ...commonOptions },
    async compute(input, options: All, run) {
      const { sample, used } = sampleOf(id, input, needs);
      const engine = await run.engineFor(sample.points);
      const { seed, draws: count } = options as OptionsOf<typeof commonOptions>;
      const random = Random.fromSeed(seed).fork(id);
      const work = { signal: run.options.signal };
      const context: FitContext = { engine, random, run, work, isDraw: false };
      await run.tick({ stage: id, done: 0 });
      const fitted = await fitTo(sample, options, context);
      const basis = unitBasis(id, fitted);
      const drawnAs = resamples ?? resamplesOf(used);
      const draws = await drawsOf(
        { sample, basis, count: isSpread(sample, drawnAs) ? count : 0, drawnAs, isSignless },
        { ...context, isDraw: true, chosen: fitted.chosen },
        (part, within) => fitTo(part, options, within),
      );
      const directions: Directions = {
        basis,
        names: fitted.names,
        origin: fitted.origin ?? meanRow(sample.points),
        draws,
        space: spaceMark(sample.points),
        provenance: {
          method: id,
          options: { ...options } as Directions['provenance']['options'],
          rows: sample.points.rows,
          ...(input.source === undefined ? {} : { source: input.source }),
          facts: {
            ...fitted.chosen,
            ...fitted.facts,
            ...(run.options.isPlain ? {} : strengthOf(sample, basis, random.fork('chance'))),
            ...(draws.rows > 0 ? { stability: stabilityOf(basis, draws) } : {}),
          },
        },
      };
      return { directions, warnings: fitted.warnings ?? [], engine: engine.name };
    },
  });
  return Object.assign(method, { needs, turnsAlong }) as unknown as DirectionsMethod<S>;
}

/** The basis in float64 with rows of length 1; refuses a direction of length 0. */
function unitBasis(id: string, { basis, names }: DirectionsFit): Matrix<Float64Array> {
  const { points, norms } = unitOrZeroRows(toFloat64(basis));
  const empty = norms.findIndex((norm) => !(norm > 0 && norm < Infinity));
  if (empty < 0) return points;
  throw new InputError(
    id,
    `the direction ${JSON.stringify(names[empty])} has length ${norms[empty]}: the rows it is fitted to do not differ along it.`,
  );
}

/** Whether drawing anew can give anything else: a single pair, or a row at each end, is all that is known. */
function isSpread({ pairs, ends }: Sample, drawnAs: Resamples): boolean {
  if (drawnAs === 'pairs') return (pairs?.a.length ?? 0) > 1;
  if (drawnAs === 'ends') return (ends?.low.length ?? 0) > 1 || (ends?.high.length ?? 0) > 1;
  return drawnAs !== 'none';
}

interface Drawing {
  readonly sample: Sample;
  readonly basis: Matrix<Float64Array>;
  readonly count: number;
  readonly drawnAs: Resamples;
  readonly isSignless: boolean;
}

/** b × k × d: the basis fitted anew; a draw in which a direction vanishes is that of the basis. */
async function drawsOf(
  { sample, basis, count, drawnAs, isSignless }: Drawing,
  context: FitContext,
  refit: (sample: Sample, context: FitContext) => DirectionsFit | Promise<DirectionsFit>,
): Promise<Matrix<Float64Array>> {
  const { rows: k, cols: d } = basis;
  const out = new Float64Array(count * k * d);
  for (let b = 0; b < count; b++) {
    const random = context.random.fork('draws').fork(b);
    const draw = drawn(sample, drawnAs, random);
    const fitted = await refit(draw.sample, { ...context, random: random.fork('fit') });
    const { points, norms } = unitOrZeroRows(toFloat64(fitted.basis));
    for (let j = 0; j < k; j++)
      if (!(norms[j] > 0 && norms[j] < Infinity))
        points.data.set(basis.data.subarray(j * d, (j + 1) * d), j * d);
    const own = unitOrZeroRows(settled(basis, points, draw.scale, isSignless)).points;
    out.set(own.data, b * k * d);
    await context.run.tick({ stage: 'draws', done: (b + 1) / count });
  }
  return matrix(out, count * k, d);
}

/** The mean cosine of drawn directions to those of the basis. */
function stabilityOf(basis: Matrix<Float64Array>, draws: Matrix<Float64Array>): number {
  const { data } = basis;
  let sum = 0;
  for (let at = 0; at < draws.data.length; at += data.length)
    sum += dot(data, draws.data.subarray(at, at + data.length));
  return sum / draws.rows;
}
