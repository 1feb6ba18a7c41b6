import type { Matrix } from '../../../core/matrix.ts';
import { Random } from '../../../core/random.ts';
import { MethodRun, type RunOptions } from '../../../method/method.ts';
import { type OptionsOf, resolveOptions, seedOption } from '../../../method/options.ts';
import type { Corpus } from '../types.ts';
import { comparedSets } from './all-sets.ts';
import { checkedCorpus } from './checked-corpus.ts';
import { encoderShape, encodingOptions, requireRoom } from './encoding-options.ts';
import { drawnEncoder } from './fixed-encoder.ts';
import { encodedSets } from './fixed-encoding.ts';

const WHERE = 'fixedEncodings';
const options = { ...encodingOptions, seed: seedOption() };

/**
 * The encodings of the index `fde` themselves, n × dims: for a store of one's own that compares by inner products. Both
 * sides take the same options and seed; the product of a query's row with a document's estimates their Chamfer
 * similarity.
 */
export async function fixedEncodings(
  sets: Corpus,
  side: 'query' | 'document',
  given: Partial<OptionsOf<typeof options>> = {},
  run: RunOptions = {},
): Promise<Matrix<Float32Array>> {
  const own = resolveOptions(WHERE, options, given);
  const corpus = checkedCorpus(WHERE, sets, 'sets');
  const compared = comparedSets(corpus, own.similarity);
  const shape = encoderShape(compared.points.cols, own);
  requireRoom(WHERE, corpus.n, shape);
  const encoder = drawnEncoder(shape, Random.fromSeed(own.seed).fork('fde'));
  const isFilled = side === 'document' && own.fillEmpty;
  const engine = await new MethodRun(run).engineFor(compared.points);
  const context = { engine, work: { signal: run.signal } };
  return encodedSets(compared, encoder, isFilled ? 'filled document' : side, context);
}
