import { matrix } from '../../../../core/matrix.ts';
import { defaultEngine } from '../../../../engine/choose.ts';
import {
  type Dictionary,
  dictionaryOptions,
  featuresOf,
  trainedDictionary,
} from '../../../../learning/sparse-autoencoder/index.ts';
import { MethodRun } from '../../../../method/method.ts';
import { resolveOptions } from '../../../../method/options.ts';
import type { TaskContext, WordVectors } from '../../types.ts';
import { standardVectors, vectorsOfNames } from './known-words.ts';
import type { LabelAttention, LabelAttentionSettings } from './network.ts';

interface Beginning {
  readonly words: WordVectors;
  readonly settings: LabelAttentionSettings;
  readonly options: {
    readonly sparsity: 'top-k' | 'l1';
    readonly k: number;
    readonly dictionarySteps: number;
    readonly seed: number;
  };
}

/**
 * Gives a new network the vectors of its words, a dictionary of them, and queries that look for the words of the labels'
 * names. One that has words goes on as it is.
 */
export async function begin(
  id: string,
  network: LabelAttention,
  { words, settings, options }: Beginning,
  { random, run }: TaskContext,
): Promise<{ readonly pressure: number | undefined }> {
  if (network.vectors.some((x) => x !== 0)) return { pressure: undefined };
  const { dim: d, features, k } = settings;
  network.vectors.set(standardVectors(settings.words, words));
  const names = vectorsOfNames(settings.classes, settings.words, network.vectors);
  const { autoencoder, queries } = network;
  if (!autoencoder) {
    queries.data.set(scaledBySquares(names, d));
    return { pressure: undefined };
  }
  const known = matrix(network.vectors.subarray(d), settings.words.length - 1, d);
  const engine = run.engine ?? (await defaultEngine(known));
  const trained = await trainedDictionary(
    id,
    known,
    {
      ...resolveOptions(id, dictionaryOptions),
      ...{ features, sparsity: options.sparsity, k: options.k, seed: options.seed },
      steps: options.dictionarySteps,
    },
    { engine, random: random.fork('dictionary'), run: new MethodRun(run) },
  );
  restoreDictionary(network, trained);
  const rows = matrix(Float32Array.from(names), settings.classes.length, d);
  const codes = await featuresOf(trained, rows, { engine, work: { signal: run.signal } });
  const dense = new Float64Array(settings.classes.length * features);
  for (let i = 0; i < codes.rows; i++)
    for (let e = codes.offsets[i]; e < codes.offsets[i + 1]; e++)
      dense[i * features + codes.columns[e]] = codes.values[e];
  queries.data.set(scaledBySquares(dense, features));
  return { pressure: k > 0 ? undefined : trained.pressure };
}

/** Features in units of the rows, which have the deviation 1 to begin with. */
function restoreDictionary({ autoencoder }: LabelAttention, trained: Dictionary): void {
  if (!autoencoder) return;
  const { arrays, settings, directions, origin } = trained;
  const deviation = settings['deviation'] as number;
  autoencoder.weight.data.set(arrays['weight'].data);
  autoencoder.decoder.data.set(directions.data);
  autoencoder.center.data.set(origin);
  autoencoder.bias.data.set(arrays['bias'].data.map((x) => deviation * x));
}

/** Each row over its squared length: its product with itself is 1. */
function scaledBySquares(rows: Float64Array, cols: number): Float64Array {
  const out = new Float64Array(rows.length);
  for (let at = 0; at < rows.length; at += cols) {
    let squares = 0;
    for (let e = at; e < at + cols; e++) squares += rows[e] * rows[e];
    if (squares > 0) for (let e = at; e < at + cols; e++) out[e] = rows[e] / squares;
  }
  return out;
}
