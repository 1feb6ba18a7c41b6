import { InputError, ShapeError } from '../../core/errors.ts';
import { requireFinite } from '../../core/finite.ts';
import { givenPoints } from '../../core/given-points.ts';
import { gathered } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { fittedModel, fittedOf } from '../../learning/index.ts';
import { defineMethod, MethodRun, type RunOptions } from '../../method/method.ts';
import type { OptionSpecs, OptionsOf } from '../../method/options.ts';
import { commonOptions } from './support/common-options.ts';
import { remarksOn } from './support/remarks.ts';
import type {
  Aligned,
  Alignment,
  AlignmentInput,
  AlignmentSpec,
  RowPairs,
  Spaces,
} from './types.ts';

/** Makes an alignment of what it says: checks, pairs, the stream of random numbers and the map's file are the same for all. */
// @__NO_SIDE_EFFECTS__
export function defineAlignment<const S extends OptionSpecs>(spec: AlignmentSpec<S>): Alignment<S> {
  const { fewestPairs, into, fit: fitTo, move, ...header } = spec;
  const { id } = header;
  const kind = `alignment/${id}`;
  const method = defineMethod<AlignmentInput, S & typeof commonOptions, Aligned>({
    ...header,
    family: 'alignment',
    options: { ...spec.options, ...commonOptions },
    async compute(input, options, run) {
      const spaces = spacesOf(id, input, fewestPairs);
      const engine = await run.engineFor(spaces.a);
      const { seed } = options as OptionsOf<typeof commonOptions>;
      const random = Random.fromSeed(seed).fork(id);
      const context = { engine, random, run, work: workOf(id, run.options) };
      const remarks = fewestPairs > 0 ? remarksOn(id, spaces) : [];
      const fitted = await fitTo(spaces, options, context);
      const { settings, arrays, facts = {} } = fitted;
      const warnings = [...remarks, ...(fitted.warnings ?? [])];
      const columns = [spaces.a.cols, spaces.b.cols];
      const model = fittedModel(kind, { settings: { ...settings, columns }, arrays });
      return { model, pairs: spaces.pairs.a.length, facts, warnings, engine: engine.name };
    },
  });
  const transform: Alignment['transform'] = async (model, given, side = 'a', options = {}) => {
    const fitted = await fittedOf(kind, model);
    const rows = requireFinite(id, givenPoints(id, given));
    const [a, b] = fitted.settings['columns'] as [number, number];
    const columns = side === 'a' ? a : b;
    if (rows.cols !== columns)
      throw new ShapeError(id, `rows of ${columns} on side ${side}`, `${rows.cols}`);
    if (side === 'b' && into === 'b') return rows;
    const engine = await new MethodRun(options).engineFor(rows);
    return move(fitted, rows, side, { engine, work: workOf(id, options) });
  };
  return Object.assign(method, { into, fewestPairs, transform }) as unknown as Alignment<S>;
}

function workOf(id: string, { signal, onProgress }: RunOptions) {
  return { signal, onProgress: (done: number) => onProgress?.({ stage: id, done }) };
}

function spacesOf(id: string, input: AlignmentInput, fewest: number): Spaces {
  const a = requireFinite(`${id}, A`, givenPoints(id, input.a));
  const b = requireFinite(`${id}, B`, givenPoints(id, input.b));
  if (a.data.constructor !== b.data.constructor)
    throw new InputError(id, 'A and B must both be float32 or both float64.');
  const pairs = pairsOf(id, a.rows, b.rows, input.pairs, fewest);
  return { a, b, pairs, paired: { a: gathered(a, pairs.a), b: gathered(b, pairs.b) } };
}

function pairsOf(id: string, n: number, m: number, given: RowPairs | undefined, fewest: number) {
  const byPlace = !given && n === m && fewest > 0;
  const pairs = {
    a: byPlace ? Int32Array.from({ length: n }, (_, i) => i) : Int32Array.from(given?.a ?? []),
    b: byPlace ? Int32Array.from({ length: n }, (_, i) => i) : Int32Array.from(given?.b ?? []),
  };
  if (!given && fewest > 0 && n !== m)
    throw new ShapeError(
      id,
      'as many rows in A as in B, which are then paired by place, or pairs of rows (--pairs FILE)',
      `${n} and ${m} rows`,
    );
  if (pairs.a.length !== pairs.b.length)
    throw new ShapeError(
      id,
      'as many rows of A as of B in the pairs',
      `${pairs.a.length} and ${pairs.b.length}`,
    );
  for (const [side, rows, count] of [
    ['A', pairs.a, n],
    ['B', pairs.b, m],
  ] as const) {
    const odd = rows.findIndex((row) => row < 0 || row >= count);
    if (odd >= 0)
      throw new InputError(
        id,
        `pair ${odd} names row ${rows[odd]} of ${side}, which has ${count} rows.`,
      );
  }
  if (pairs.a.length < fewest)
    throw new ShapeError(id, `${fewest} pairs or more`, `${pairs.a.length}`);
  return pairs;
}
