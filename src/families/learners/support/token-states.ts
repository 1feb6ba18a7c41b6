import { InputError } from '../../../core/errors.ts';
import { type Matrix, matrix } from '../../../core/matrix.ts';
import { defaultEngine } from '../../../engine/choose.ts';
import type { Engine } from '../../../engine/engine.ts';
import {
  decodeModel,
  encodeModel,
  evaluate,
  type Model,
  restoreModel,
  type StoredModel,
  Workspace,
} from '../../../learning/index.ts';
import { type CausalSettings, causalNetwork } from './causal-network.ts';
import { rangeOf } from './inputs.ts';
import { perplexity, surpriseOf } from './perplexity.ts';
import { windowsOf } from './windows.ts';
import { tokenStream } from './word-tokens.ts';

export interface TokenStates {
  /** A row for each token of the texts that another follows: the state behind the last block. */
  readonly points: Matrix<Float32Array>;
  /** The token of each row. */
  readonly labels: readonly string[];
  /** Of the tokens that follow. */
  readonly perplexity: number;
}

const KIND = 'language-model';
/** Windows that are read at once. */
const BLOCK = 16;

/**
 * What a model of `languageModel` makes of each token of texts, in its context; `<end>` stands before, between and
 * behind the texts.
 */
export async function tokenStates(
  trained: StoredModel | Model,
  texts: readonly string[],
  run: { readonly engine?: Engine | undefined } = {},
): Promise<TokenStates> {
  const saved = 'tensors' in trained ? trained : await decodeModel(encodeModel(trained), KIND);
  if (saved.kind !== KIND)
    throw new InputError(
      saved.name,
      `a model of ${KIND} is expected; it was made by ${saved.kind}.`,
    );
  const settings = saved.settings as unknown as CausalSettings;
  const { tokens, context, dim } = settings;
  const network = causalNetwork(settings, { float64: false });
  restoreModel({ kind: KIND, settings, parameters: network.parameters }, saved);
  const stream = tokenStream(texts, tokens);
  const windows = windowsOf(stream, context);
  const workspace = new Workspace(
    run.engine ?? (await defaultEngine(matrix(new Float32Array(1), 1, 1))),
  );
  const data = new Float32Array(windows.count * context * dim);
  for (let a = 0; a < windows.count; a += BLOCK) {
    const places = rangeOf(a, Math.min(windows.count, a + BLOCK));
    data.set(await evaluate(network.states(windows.inputs(places)), workspace), a * context * dim);
  }
  const n = stream.length - 1;
  return {
    points: matrix(data.subarray(0, n * dim), n, dim),
    labels: Array.from(stream.subarray(0, n), (token) => tokens[token]),
    perplexity: perplexity(await surpriseOf(network, windows, tokens.length, workspace)),
  };
}
