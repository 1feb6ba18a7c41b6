import {
  attention,
  concat,
  dense,
  gru,
  type Layer,
  type LayerOptions,
  layer,
  reshape,
  type Tensor,
  take,
  tanh,
} from '../../../../learning/index.ts';
import type { EncoderDecoder, EncoderDecoderOptions } from './encoder-decoder.ts';
import { lastPlaces, mirroredPlaces } from './sentences.ts';

/**
 * Gated recurrent units with attention (Bahdanau, Cho and Bengio 2015; the attention behind the decoder's unit, as in
 * Luong, Pham and Manning 2015): the encoder reads each sentence forward and backward, d/2 columns each.
 */
export function recurrent({ dim, heads, ...rest }: EncoderDecoderOptions): EncoderDecoder {
  const half = Math.ceil(dim / 2);
  const forward = unit({ ...rest, name: 'encoder.forward' }, dim, half);
  const backward = unit({ ...rest, name: 'encoder.backward' }, dim, half);
  const between = dense({ ...rest, name: 'encoder.output', inputs: 2 * half, outputs: dim });
  const first = dense({ ...rest, name: 'decoder.start', inputs: 2 * half, outputs: dim });
  const decoder = unit({ ...rest, name: 'decoder' }, dim, dim);
  const query = dense({ ...rest, name: 'decoder.query', inputs: dim, outputs: dim });
  const joined = dense({ ...rest, name: 'decoder.joined', inputs: 2 * dim, outputs: dim });
  const layers = [forward, backward, between, first, decoder, query, joined];
  return {
    parameters: layers.flatMap(({ parameters }) => parameters),

    encode(rows, source, noise) {
      const { count, width, lengths } = source;
      const mirrored = mirroredPlaces(source);
      const inSentences = (x: Tensor) => reshape(x, [count, width, dim]);
      const flat = (x: Tensor) => reshape(x, [count * width, half]);
      const noisy = noise(rows);
      const ahead = flat(forward({ inputs: inSentences(noisy) }));
      const back = flat(backward({ inputs: inSentences(take(noisy, mirrored)) }));
      const last = lastPlaces(source);
      return {
        states: inSentences(between(concat(ahead, take(back, mirrored)))),
        start: tanh(first(concat(take(ahead, last), take(back, last)))),
        lengths,
      };
    },

    decode(rows, { states, start, lengths }, noise) {
      const own = decoder({ inputs: noise(rows), start });
      const seen = attention(query(own), states, states, { lengths, heads });
      return noise(tanh(joined(concat(own, seen))));
    },
  };
}

interface UnitInput {
  /** b × t × inputs. */
  readonly inputs: Tensor;
  readonly start?: Tensor | undefined;
}

/** A gated recurrent unit with its weights. */
function unit(options: LayerOptions, inputs: number, outputs: number): Layer<UnitInput> {
  const { name } = options;
  const gates = dense({ ...options, name: `${name}.inputs`, inputs, outputs: 3 * outputs });
  const states = dense({
    ...options,
    name: `${name}.states`,
    inputs: outputs,
    outputs: 3 * outputs,
  });
  const [weight, bias] = states.parameters;
  return layer([...gates.parameters, weight, bias], ({ inputs: x, start }: UnitInput) =>
    gru(gates(x), weight, bias, start),
  );
}
