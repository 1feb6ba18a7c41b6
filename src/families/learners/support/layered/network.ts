import {
  addRows,
  embedding,
  embeddingTable,
  normalization,
  scale,
  segmentMean,
  sliceRows,
  type Tensor,
  transformerBlock,
} from '../../../../learning/index.ts';
import type { Network } from '../../types.ts';
import { type Tokenizer, type TokenSettings, tokenizerOf } from '../bags.ts';
import { placeWaves } from '../place-waves.ts';
import { padded, type Sentences } from '../translation/sentences.ts';
import type { CUTTING, FullCut } from './cuts.ts';

export type LayeredSettings = TokenSettings & {
  readonly dim: number;
  /** Columns of the states; the embedding are the first `dim` of them. */
  readonly states: number;
  readonly blocks: number;
  readonly heads: number;
  /** From small to large; the last is the whole. */
  readonly cuts: readonly FullCut[];
  readonly cutting: (typeof CUTTING)[number];
  readonly seed: number;
};

/** A transformer of texts that can be left behind each of its blocks. */
export interface LayeredNetwork extends Network {
  readonly tokenizer: Tokenizer;
  /** Mean states of the texts behind each of these blocks, n × states, of any length; later blocks are not computed. */
  readonly taps: (
    texts: readonly ArrayLike<number>[],
    layers: readonly number[],
  ) => ReadonlyMap<number, Tensor>;
}

/** Size of the numbers of a token's vector at first, and of the waves that tell its place. */
const SPREAD = 0.1;

export function layeredNetwork(
  settings: LayeredSettings,
  { float64 }: { readonly float64: boolean },
): LayeredNetwork {
  const { states, blocks, heads, seed } = settings;
  const own = { seed, float64 };
  const tokenizer = tokenizerOf(settings);
  const table = embeddingTable({
    ...own,
    name: 'tokens',
    rows: tokenizer.size,
    cols: states,
    deviation: SPREAD,
    byRows: true,
  });
  const stack = Array.from({ length: blocks }, (_, i) =>
    transformerBlock({ ...own, name: `block.${i}`, cols: states, heads }),
  );
  const norm = normalization({ ...own, name: 'norm', cols: states });
  const [vectors] = table.parameters;
  return {
    tokenizer,
    parameters: [vectors, ...stack.flatMap((block) => block.parameters), ...norm.parameters],
    taps(texts, layers) {
      const sentences = padded(texts);
      const { ids, count, width, lengths } = sentences;
      const read = embedding(vectors, ids, [count, width]);
      let x = addRows(read, scale(placeWaves(width, states, float64), SPREAD));
      const found = new Map<number, Tensor>();
      for (let layer = 1; layer <= Math.max(...layers); layer++) {
        x = stack[layer - 1](x, lengths);
        if (layers.includes(layer)) found.set(layer, meanOfTexts(norm(x), sentences));
      }
      return found;
    },
  };
}

/** The mean row of each text; padding is a text of its own that is left out. */
function meanOfTexts(x: Tensor, { count, width, lengths }: Sentences): Tensor {
  const texts = Int32Array.from({ length: count * width }, (_, place) => {
    const text = Math.floor(place / width);
    return place % width < lengths[text] ? text : count;
  });
  return sliceRows(segmentMean(x, texts, count + 1), 0, count);
}
