import { InputError, OptionError, ShapeError } from '../../core/errors.ts';
import { requireFinite } from '../../core/finite.ts';
import { givenPoints } from '../../core/given-points.ts';
import { type Matrix, toFloat32, zeros } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { requireSparse } from '../../core/sparse.ts';
import { packedInMemory } from '../../io/packed.ts';
import { defineMethod, MethodRun, type RunOptions } from '../../method/method.ts';
import type { OptionSpecs, OptionsOf } from '../../method/options.ts';
import { commonOptions } from './support/common-options.ts';
import { effortCurve } from './support/effort-curve.ts';
import type {
  Built,
  CheckedCorpus,
  Corpus,
  IndexSpec,
  Kind,
  OpenIndex,
  SearchContext,
  SearchIndex,
  SearchRequest,
} from './types.ts';

/**
 * Makes an index of what it says: checks, the stream of random numbers and the form of its files are the same for all.
 */
// @__NO_SIDE_EFFECTS__
export function defineIndex<const S extends OptionSpecs>(spec: IndexSpec<S>): SearchIndex<S> {
  const { takes, asks = takes, effort, build, search, exactly, ...header } = spec;
  const { id } = header;
  const method = defineMethod<Corpus, S & typeof commonOptions, Built>({
    ...header,
    family: 'search',
    options: { ...spec.options, ...commonOptions },
    async compute(given, options, run) {
      const corpus = checkedCorpus(id, given, takes);
      requireColumns(id, corpus);
      const engine = await run.engineFor(corpus.points ?? zeros(0, 0));
      const work = workOf(id, run.options);
      const { seed } = options as OptionsOf<typeof commonOptions>;
      const random = Random.fromSeed(seed).fork(id);
      const built = await build(corpus, options, { engine, random, run, work });
      const plain = {
        ...built.settings,
        documents: corpus.n,
        dims: corpus.points?.cols ?? corpus.sparse?.cols ?? null,
      };
      const { facts = {}, warnings = [] } = built;
      const open = { settings: plain, arrays: packedInMemory({}, built.arrays), n: corpus.n };
      const measured = await measuredOn(open, corpus, { engine, work: {} }, random.fork('curve'));
      const index = { ...open, settings: { ...plain, ...measured } };
      return { index, facts, warnings, engine: engine.name };
    },
  });
  /** The recall for each effort, where the index can be asked exactly. */
  async function measuredOn(
    index: OpenIndex,
    corpus: CheckedCorpus,
    context: SearchContext,
    random: Random,
  ) {
    if (takes !== 'points' || asks !== 'points' || !effort || !exactly) return {};
    const asking = {
      search: async (queries: CheckedCorpus, request: SearchRequest) =>
        search(index, queries, request, context),
      exactly: async (queries: CheckedCorpus, request: SearchRequest) =>
        exactly(index, queries, request, context),
      most: effort.most(index),
    };
    return effortCurve(corpus, asking, random);
  }

  const ask: SearchIndex['search'] = async (index, given, request, options = {}) => {
    const queries = checkedCorpus(id, given, asks);
    requireAnswerable(id, index, queries, request);
    const wantsExact = request.exactly === true && effort !== undefined;
    if (wantsExact && !exactly)
      throw new OptionError(id, 'exactly', 'left out: it holds too little to be exact', true);
    const engine = await new MethodRun(options).engineFor(queries.points ?? zeros(0, 0));
    const context = { engine, work: workOf(id, options) };
    return (wantsExact && exactly ? exactly : search)(index, queries, request, context);
  };
  const canBeExact = effort === undefined || exactly !== undefined;
  return Object.assign(method, {
    takes,
    asks,
    effort,
    canBeExact,
    search: ask,
  }) as unknown as SearchIndex<S>;
}

function workOf(id: string, { signal, onProgress }: RunOptions) {
  return { signal, onProgress: (done: number) => onProgress?.({ stage: id, done }) };
}

function checkedCorpus(id: string, given: Corpus, kind: Kind): CheckedCorpus {
  if (kind === 'texts') {
    if (!given.texts) throw new InputError(id, 'it searches texts, and there are none.');
    return { ...given, points: undefined, n: given.texts.length };
  }
  if (kind === 'sparse') {
    if (!given.sparse) throw new InputError(id, 'it searches sparse rows, and there are none.');
    requireSparse(id, given.sparse);
    return { ...given, points: undefined, n: given.sparse.rows };
  }
  if (given.points === undefined) throw new InputError(id, 'it searches vectors; there are none.');
  const points = checkedPoints(id, givenPoints(id, given.points));
  if (kind === 'points') return { ...given, points, n: points.rows };
  const offsets = given.offsets ?? Int32Array.from({ length: points.rows + 1 }, (_, i) => i);
  requireOffsets(id, offsets, points.rows);
  return { ...given, points, offsets, n: offsets.length - 1 };
}

function checkedPoints(id: string, points: Matrix): Matrix<Float32Array> {
  const finite = requireFinite(id, points);
  if (finite.data instanceof Float32Array) return finite as Matrix<Float32Array>;
  return requireFinite(id, toFloat32(finite)) as Matrix<Float32Array>;
}

function requireOffsets(id: string, offsets: Int32Array, rows: number): void {
  const odd = offsets.findIndex((place, i) => i > 0 && place <= offsets[i - 1]);
  if (odd > 0) throw new InputError(id, `document ${odd - 1} has no vectors; it needs 1 or more.`);
  if (offsets.length < 2 || offsets[0] !== 0 || offsets.at(-1) !== rows)
    throw new ShapeError(id, `offsets from 0 to ${rows}, the number of vectors`, `${offsets}`);
}

function requireColumns(id: string, { columns = {}, n }: CheckedCorpus): void {
  for (const [name, column] of Object.entries(columns)) {
    if (column.length !== n)
      throw new ShapeError(id, `${n} values in column ${JSON.stringify(name)}`, `${column.length}`);
  }
}

function requireAnswerable(
  id: string,
  { n, settings }: OpenIndex,
  queries: CheckedCorpus,
  { k, effort, allowed }: SearchRequest,
): void {
  const cols = queries.points?.cols ?? queries.sparse?.cols;
  const dims = settings['dims'] as number | null;
  if (dims !== null && cols !== undefined && cols !== dims)
    throw new ShapeError(id, `queries of ${dims} columns`, `${cols}`);
  if (!Number.isSafeInteger(k) || k < 1)
    throw new OptionError(id, 'k', 'an integer, at least 1', k);
  if (effort !== undefined && !(effort > 0))
    throw new OptionError(id, 'effort', 'a number above 0', effort);
  if (allowed && allowed.length !== n)
    throw new ShapeError(id, `a number for each of ${n} documents in allowed`, `${allowed.length}`);
}
