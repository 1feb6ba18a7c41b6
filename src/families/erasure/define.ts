import { InputError, ShapeError } from '../../core/errors.ts';
import { requireFinite } from '../../core/finite.ts';
import { givenPoints } from '../../core/given-points.ts';
import { type Matrix, matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { type Fitted, fittedModel, fittedOf } from '../../learning/index.ts';
import { defineMethod, MethodRun, type RunOptions } from '../../method/method.ts';
import type { OptionSpecs } from '../../method/options.ts';
import { requireSpace, type SpaceMark, spaceMark } from '../../structures/directions/index.ts';
import { conceptOf } from './support/concept.ts';
import type {
  Erased,
  Erasure,
  ErasureFacts,
  ErasureFit,
  ErasureInput,
  ErasureNeed,
  ErasureRows,
  ErasureSpec,
  TransformOptions,
} from './types.ts';

/** Makes an erasure of what it says: checks, the mark of its space and the filter's file are the same for all. */
// @__NO_SIDE_EFFECTS__
export function defineErasure<const N extends ErasureNeed, const S extends OptionSpecs>(
  spec: ErasureSpec<N, S>,
): Erasure<S> {
  const { needs, isProjection, turnsAlong, inSets = false, fit: fitTo, erase, ...header } = spec;
  const { id } = header;
  const kind = `erasure/${id}`;
  const method = defineMethod<ErasureInput, S, Erased>({
    ...header,
    family: 'erasure',
    async compute(input, options, run) {
      const rows = rowsOf(id, input, needs);
      const { points } = rows;
      const engine = await run.engineFor(points);
      const seed = Number((options as { seed?: number }).seed ?? 0);
      const random = Random.fromSeed(seed).fork(id);
      const fitted = await fitTo(rows, options, {
        engine,
        random,
        run,
        work: workOf(id, run.options),
      });
      const { settings, arrays, rank, facts = {} } = fitted;
      const model = fittedModel(kind, {
        settings: { ...settings, rank },
        arrays: { ...arrays, ...marksOf(spaceMark(points)) },
      });
      const warnings = [...remarksOn(needs, fitted, points), ...(fitted.warnings ?? [])];
      return { model, rank, facts, warnings, engine: engine.name };
    },
  });
  const transform: Erasure['transform'] = async (model, given, options = {}) => {
    const fitted = await fittedOf(kind, model);
    const rows = requireFinite(id, givenPoints(id, given));
    const mark = markOf(fitted);
    if (rows.cols !== mark.mean.length)
      throw new ShapeError(id, `rows of ${mark.mean.length}`, `${rows.cols}`);
    requireSpace(id, mark, rows, { hasFlag: false });
    const engine = await new MethodRun(options).engineFor(rows);
    const offsets = offsetsOf(id, options.offsets, rows.rows);
    return erase(fitted, rows, { engine, offsets, work: workOf(id, options) });
  };
  return Object.assign(method, { needs, isProjection, turnsAlong, inSets, transform });
}

function workOf(id: string, { signal, onProgress }: RunOptions) {
  return { signal, onProgress: (done: number) => onProgress?.({ stage: id, done }) };
}

function marksOf({ mean, deviations }: SpaceMark): Fitted['arrays'] {
  const d = mean.length;
  return { 'space.mean': matrix(mean, 1, d), 'space.deviations': matrix(deviations, 1, d) };
}

function markOf({ arrays }: Fitted): SpaceMark {
  const of = (name: string) => Float64Array.from(arrays[name].data);
  return { mean: of('space.mean'), deviations: of('space.deviations') };
}

const WAYS_OUT: Readonly<Record<ErasureNeed, string>> = {
  classes: 'a class for each row',
  directions: 'directions of the space of the rows',
  partners: 'a partner for each row',
  concepts: 'a vector for each phrase that names the concept',
};

function rowsOf<N extends ErasureNeed>(id: string, input: ErasureInput, needs: N): ErasureRows<N> {
  const points = requireFinite(id, givenPoints(id, input.points));
  const { classes, kept, directions, partners, concepts } = input;
  if (input[needs] === undefined) throw new InputError(id, `${WAYS_OUT[needs]} is needed.`);
  const facts: Partial<ErasureFacts> = {
    ...(needs === 'classes' && classes && { classes: conceptOf(id, classes, points.rows) }),
    ...(needs === 'directions' && directions && { directions }),
    ...(needs === 'partners' && partners && { partners: partnersOf(id, partners, points) }),
    ...(needs === 'concepts' && concepts && { concepts: conceptsOf(id, concepts, points) }),
  };
  if (facts.directions) requireSpace(id, facts.directions.space, points, { hasFlag: false });
  return {
    points,
    kept: kept && conceptOf(`${id}, kept`, kept, points.rows),
    ...facts,
  } as ErasureRows<N>;
}

function partnersOf(id: string, given: ErasureInput['partners'], points: Matrix): Matrix {
  const partners = requireFinite(`${id}, partners`, givenPoints(`${id}, partners`, given));
  const [expected, got] = [points, partners].map(({ rows, cols }) => `${rows} × ${cols}`);
  if (expected !== got) throw new ShapeError(`${id}, partners`, expected, got);
  return partners;
}

function conceptsOf(id: string, given: ErasureInput['concepts'], points: Matrix): Matrix {
  const where = `${id}, concepts`;
  const concepts = requireFinite(where, givenPoints(where, given));
  if (concepts.cols !== points.cols)
    throw new ShapeError(where, `rows of ${points.cols}`, `${concepts.cols}`);
  if (concepts.data.some((x) => x !== 0)) return concepts;
  throw new InputError(where, 'all vectors are 0, and say of no direction that it is to go.');
}

function offsetsOf(id: string, given: TransformOptions['offsets'], n: number): Int32Array {
  const offsets = Int32Array.from(given ?? [0, n]);
  const isRising = offsets.every((at, s) => s === 0 || at > offsets[s - 1]);
  if (offsets.length > 1 && isRising && offsets[0] === 0 && offsets.at(-1) === n) return offsets;
  throw new ShapeError(
    id,
    `offsets of sets that rise from 0 to ${n}`,
    Array.from(offsets.subarray(0, 8)).join(', ') || 'none',
  );
}

/** A filter that takes so large a share of the dimensions leaves little. */
const LARGE_SHARE = 0.5;

function remarksOn(needs: ErasureNeed, { rank }: ErasureFit, { cols }: Matrix): readonly string[] {
  // What keeps a few directions takes out the rest on purpose.
  if (needs === 'partners') return [];
  if (rank === 0) return ['Nothing tells the concept here: the rows stay as they are.'];
  if (rank < LARGE_SHARE * cols) return [];
  return [
    `${rank} of ${cols} dimensions are taken out: fewer classes, or wider rows, leave more of the rest.`,
  ];
}
