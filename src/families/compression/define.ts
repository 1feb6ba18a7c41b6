import { InputError, OptionError, ShapeError } from '../../core/errors.ts';
import { requireFinite } from '../../core/finite.ts';
import { type GivenPoints, givenPoints } from '../../core/given-points.ts';
import { type Matrix, toFloat32, zeros } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { rowNorms } from '../../core/rows.ts';
import type { Engine } from '../../engine/engine.ts';
import { type Fitted, fittedModel, fittedOf } from '../../learning/index.ts';
import { defineMethod, MethodRun, type RunOptions } from '../../method/method.ts';
import type { OptionSpecs, OptionsOf } from '../../method/options.ts';
import { commonOptions, fewerOptions } from './support/common-options.ts';
import {
  fitKeptAxes,
  keptFacts,
  lifted,
  onKeptAxes,
  productsWithMean,
} from './support/kept-axes.ts';
import type { CodeContext, Codec, CodecSpec, Codes, Encoded, ReadyCodec } from './types.ts';

/** Values decoded at once where products are taken of decoded rows. */
const BLOCK = 2 ** 18;

/**
 * Makes a codec of what it says: checks, the coordinates that are kept before coding, the stream of random numbers and
 * the model's file are the same for all. Rows are coded as float32.
 */
// @__NO_SIDE_EFFECTS__
export function defineCodec<const S extends OptionSpecs>(spec: CodecSpec<S>): Codec<S> {
  const { keeps, fit: fitTo, bytesPerVector, encode, decode, products, sparse, ...header } = spec;
  const { id } = header;
  const kind = `compression/${id}`;

  const method = defineMethod<GivenPoints, S & typeof commonOptions, Encoded>({
    ...header,
    family: 'compression',
    options: { ...spec.options, ...(keeps ? fewerOptions : commonOptions) } as S &
      typeof commonOptions,
    async compute(given, options, run) {
      const points = checked(id, given);
      const { seed, dims, axes } = options as OptionsOf<typeof commonOptions>;
      if (dims > points.cols)
        throw new OptionError(id, 'dims', `at most the ${points.cols} columns`, dims);
      const engine = await run.engineFor(points);
      const work = workOf(id, run.options);
      const random = Random.fromSeed(seed).fork(id);
      const count = keeps && dims === 0 ? Math.ceil(points.cols / 4) : dims;
      const kept = await fitKeptAxes(points, count, keeps ?? axes, { engine, random, work });
      const short = await onKeptAxes(kept, points, { engine, work });
      const loss = keptFacts(kept, points, short);
      const {
        settings,
        arrays,
        facts = {},
        warnings = [],
      } = await fitTo(short, options, {
        engine,
        random,
        run,
        work,
      });
      const own = {
        settings: { ...settings, columns: points.cols },
        arrays: { ...arrays, ...kept },
      };
      const model = fittedModel(kind, own);
      const width = bytesPerVector(own, short.cols);
      const bytes = await encode(own, short, { engine, work });
      const codes = { rows: points.rows, bytesPerVector: width, bytes };
      requireCodes(id, codes, width);
      return {
        codes,
        model,
        bytesPerVector: width,
        zeros: zeroRows(points),
        facts: { ...loss.facts, ...facts },
        warnings: [...loss.warnings, ...warnings],
        engine: engine.name,
      };
    },
  });

  function readyOf(fitted: Fitted): ReadyCodec {
    const cols = fitted.settings['columns'] as number;
    const d = fitted.arrays['axes']?.rows ?? cols;
    const width = bytesPerVector(fitted, d);
    const contextOf = (options: RunOptions): CodeContext => {
      const start = () => new MethodRun(options).engineFor(zeros(0, 0));
      return { engine: lateEngine(start), work: workOf(id, options) };
    };
    const requireColumns = (rows: Matrix) => {
      if (rows.cols !== cols) throw new ShapeError(id, `rows of ${cols}`, `${rows.cols}`);
    };
    const decoded = async (codes: Codes, context: CodeContext) =>
      lifted(fitted.arrays, await decode(fitted, codes, d, context), context);
    return {
      cols,
      bytesPerVector: width,
      async encode(given, options = {}) {
        const rows = checked(id, given);
        requireColumns(rows);
        const context = contextOf(options);
        const short = await onKeptAxes(fitted.arrays, rows, context);
        const bytes = await encode(fitted, short, context);
        return { rows: rows.rows, bytesPerVector: width, bytes };
      },
      async decode(codes, options = {}) {
        requireCodes(id, codes, width);
        return decoded(codes, contextOf(options));
      },
      async products(given, codes, options = {}) {
        requireCodes(id, codes, width);
        const queries = checked(id, given);
        requireColumns(queries);
        const context = contextOf(options);
        if (!products) {
          const decodes = (some: Codes) => decoded(some, context);
          return productsInBlocks(queries, codes, decodes, context);
        }
        const inner = (short: Matrix<Float32Array>) => products(fitted, short, codes, context);
        return productsWithMean(fitted.arrays, queries, inner, context);
      },
      ...(sparse && {
        sparse(codes: Codes) {
          requireCodes(id, codes, width);
          return sparse(fitted, codes);
        },
      }),
    };
  }

  const ready: Codec['ready'] = async (model) => readyOf(await fittedOf(kind, model));
  return Object.assign(method, { ready }) as unknown as Codec<S>;
}

/** An engine that starts when it is first asked. */
function lateEngine(start: () => Promise<Engine>): CodeContext['engine'] {
  let started: Promise<Engine> | undefined;
  const engine = () => (started ??= start());
  return {
    matmul: async (...given) => (await engine()).matmul(...given),
    assign: async (...given) => (await engine()).assign(...given),
  };
}

function checked(id: string, given: GivenPoints): Matrix<Float32Array> {
  const points = requireFinite(id, givenPoints(id, given));
  const narrow = points.data instanceof Float32Array ? points : toFloat32(points);
  return requireFinite(id, narrow) as Matrix<Float32Array>;
}

/** Rows of length zero. */
function zeroRows(points: Matrix): number[] {
  return [...rowNorms(points).entries()].flatMap(([row, norm]) => (norm === 0 ? [row] : []));
}

function workOf(id: string, { signal, onProgress }: RunOptions) {
  return { signal, onProgress: (done: number) => onProgress?.({ stage: id, done }) };
}

function requireCodes(id: string, { rows, bytesPerVector, bytes }: Codes, width: number): void {
  if (bytesPerVector !== width)
    throw new ShapeError(id, `codes of ${width} bytes`, `${bytesPerVector}`);
  if (bytes.length !== rows * width)
    throw new InputError(
      id,
      `${rows} codes of ${width} bytes have ${rows * width} bytes; got ${bytes.length}.`,
    );
}

/** The codes from row `from` to row `to` (excluded); shares memory. */
function someCodes({ bytesPerVector, bytes }: Codes, from: number, to: number): Codes {
  const part = bytes.subarray(from * bytesPerVector, to * bytesPerVector);
  return { rows: to - from, bytesPerVector, bytes: part };
}

async function productsInBlocks(
  queries: Matrix<Float32Array>,
  codes: Codes,
  decoded: (codes: Codes) => Promise<Matrix<Float32Array>>,
  { engine, work }: CodeContext,
): Promise<Matrix<Float32Array>> {
  const { rows: n } = codes;
  const out = zeros(queries.rows, n);
  const size = Math.max(1, Math.floor(BLOCK / queries.cols));
  for (let from = 0; from < n; from += size) {
    const to = Math.min(n, from + size);
    const rows = await decoded(someCodes(codes, from, to));
    const { data } = await engine.matmul(queries, rows, true, { signal: work.signal });
    for (let q = 0; q < queries.rows; q++)
      out.data.set(data.subarray(q * (to - from), (q + 1) * (to - from)), q * n + from);
  }
  return out;
}
