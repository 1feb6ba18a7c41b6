import { InputError, OptionError, ShapeError } from '../../core/errors.ts';
import { requireFinite } from '../../core/finite.ts';
import { givenPoints } from '../../core/given-points.ts';
import { gathered, type Matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { fittedModel, fittedOf } from '../../learning/index.ts';
import { defineMethod, MethodRun } from '../../method/method.ts';
import { integer, type OptionSpecs, type OptionsOf } from '../../method/options.ts';
import { commonOptions } from './support/common-options.ts';
import type { Reduced, Reduction, ReductionRunOptions, ReductionSpec } from './types.ts';

/**
 * Makes a reduction of what it says: checks, the stream of random numbers, the model's file and the placing of new rows
 * are the same for all.
 */
// @__NO_SIDE_EFFECTS__
export function defineReduction<const S extends OptionSpecs>(spec: ReductionSpec<S>): Reduction<S> {
  const { dims, takesResponses = false, uses = [], fit: fitTo, place, ...header } = spec;
  const { id } = header;
  const kind = `reduction/${id}`;
  // Methods that keep rows have no columns to choose.
  const dim = dims && {
    dim: integer(dims.usual, commonOptions.dim.doc, {
      min: 1,
      max: dims.atMost ?? Infinity,
      symbol: 'm',
    }),
  };
  const method = defineMethod<Matrix, S & typeof commonOptions, Reduced, ReductionRunOptions>({
    ...header,
    family: 'reduction',
    options: { ...dim, ...spec.options, seed: commonOptions.seed } as S & typeof commonOptions,
    async compute(given, options, run) {
      const points = requireFinite(id, givenPoints(id, given));
      const { rows: n } = points;
      if (n < 2) throw new ShapeError(id, '2 rows or more', `${n}`);
      requireResponses(id, run.options, takesResponses, n);
      const engine = await run.engineFor(points);
      const { signal, onProgress } = run.options;
      const work = { signal, onProgress: (done: number) => onProgress?.({ stage: id, done }) };
      const { seed } = options as OptionsOf<typeof commonOptions>;
      const context = { engine, random: Random.fromSeed(seed).fork(id), run, work };
      const {
        settings,
        arrays,
        kept,
        facts = {},
        warnings: told = [],
        ...own
      } = await fitTo(points, options, context);
      const fitted = { settings: { ...settings, columns: points.cols }, arrays };
      const placed =
        own.points ??
        (kept ? gathered(points, kept.rows) : await place?.(fitted, points, { engine, work }));
      if (!placed) throw new InputError(id, 'it gave no points.');
      const model = fittedModel(kind, fitted);
      const warnings = [...unused(id, run.options, uses), ...told];
      return { points: placed, model, kept, facts, warnings, engine: engine.name };
    },
  });
  const transform: Reduction['transform'] = async (model, given, options = {}) => {
    if (!place) throw new OptionError(id, 'model', 'of a method that places new rows', id);
    const fitted = await fittedOf(kind, model);
    const rows = requireFinite(id, givenPoints(id, given));
    const { columns } = fitted.settings;
    if (rows.cols !== columns) throw new ShapeError(id, `rows of ${columns}`, `${rows.cols}`);
    const run = new MethodRun(options);
    const { signal, onProgress } = options;
    const work = { signal, onProgress: (done: number) => onProgress?.({ stage: id, done }) };
    return place(fitted, rows, { engine: await run.engineFor(rows), work });
  };
  return Object.assign(method, {
    places: place !== undefined,
    takesResponses,
    takesStart: uses.includes('start'),
    transform,
  }) as unknown as Reduction<S>;
}

/** What to say of what was given and is of no use here. */
function unused(
  id: string,
  { neighbors, checkpoint, start }: ReductionRunOptions,
  uses: NonNullable<ReductionSpec<OptionSpecs>['uses']>,
): readonly string[] {
  return [
    ...(neighbors && !uses.includes('neighbors')
      ? [`${id} asks for no neighbours: those given were not used.`]
      : []),
    ...(checkpoint && !uses.includes('checkpoint')
      ? [`${id} has no steps to stop between: no checkpoint was saved or read.`]
      : []),
    ...(start && !uses.includes('start')
      ? [`${id} begins by its own means: the places given were not used.`]
      : []),
  ];
}

function requireResponses(
  id: string,
  { responses }: ReductionRunOptions,
  takes: boolean,
  n: number,
): void {
  if (!responses) return;
  if (!takes) throw new OptionError(id, 'responses', 'left out: it takes none', 'some');
  if (responses.rows !== n)
    throw new ShapeError(id, `a response for each of ${n} rows`, `${responses.rows}`);
  requireFinite(`${id}, responses`, responses);
}
