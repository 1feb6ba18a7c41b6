import { OptionError, ShapeError } from '../../core/errors.ts';
import { zeros } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { packedInMemory } from '../../io/packed.ts';
import { defineMethod, MethodRun, type RunOptions } from '../../method/method.ts';
import type { OptionSpecs, OptionsOf } from '../../method/options.ts';
import { checkedCorpus } from './support/checked-corpus.ts';
import { commonOptions } from './support/common-options.ts';
import { effortCurve } from './support/effort-curve.ts';
import type {
  BeforeLast,
  Built,
  CheckedCorpus,
  Corpus,
  IndexSpec,
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
  const {
    takes,
    asks = takes,
    effort,
    build,
    search,
    exactly,
    selectivity,
    forecast,
    ...header
  } = spec;
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
      const context = { engine, work: {} };
      const measured = await measuredOn(open, corpus, context, random.fork('curve'), built.before);
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
    before?: BeforeLast,
  ) {
    const areVectors = takes === asks && (takes === 'points' || takes === 'sets');
    if (!areVectors || !effort || !exactly) return {};
    const asked = before ? { ...index, arrays: packedInMemory({}, before.arrays) } : index;
    const asking = {
      search: async (queries: CheckedCorpus, request: SearchRequest) =>
        search(asked, queries, request, context),
      last: before,
      exactly: async (queries: CheckedCorpus, request: SearchRequest) =>
        exactly(index, queries, request, context),
      most: effort.most(index),
    };
    return effortCurve(corpus, asking, random);
  }

  const ask: SearchIndex['search'] = async (index, given, request, options = {}) => {
    const queries = checkedCorpus(id, given, asks);
    requireAnswerable(id, index, queries, request);
    if (request.where && !selectivity)
      throw new OptionError(
        id,
        'where',
        'left out: it takes "allowed", a number for each row',
        true,
      );
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
    selectivity,
    forecast,
    search: ask,
  }) as unknown as SearchIndex<S>;
}

function workOf(id: string, { signal, onProgress }: RunOptions) {
  return { signal, onProgress: (done: number) => onProgress?.({ stage: id, done }) };
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
