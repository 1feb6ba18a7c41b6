import {
  add,
  addRows,
  attention,
  dense,
  type Layer,
  type LayerOptions,
  layer,
  layerNorm,
  parameter,
  relu,
  reshape,
  type Tensor,
} from '../../../../learning/index.ts';
import { placeWaves } from '../place-waves.ts';
import type { EncoderDecoder, EncoderDecoderOptions } from './encoder-decoder.ts';

/**
 * One block each of a transformer's encoder and decoder (Vaswani et al. 2017), with normalisation before each part and
 * fixed waves for the places.
 */
export function transformer({ dim, heads, ...rest }: EncoderDecoderOptions): EncoderDecoder {
  const named = (name: string) => ({ ...rest, name });
  const own = sublayer(named('encoder.attention'), dim, heads);
  const wide = feedForward(named('encoder'), dim);
  const normed = norm('encoder.output', dim, rest.float64);
  const past = sublayer(named('decoder.past'), dim, heads);
  const source = sublayer(named('decoder.source'), dim, heads);
  const wider = feedForward(named('decoder'), dim);
  const last = norm('decoder.output', dim, rest.float64);
  const layers = [own, wide, normed, past, source, wider, last];
  return {
    parameters: layers.flatMap(({ parameters }) => parameters),

    encode(rows, { count, width, lengths }, noise) {
      const sentences = reshape(rows, [count, width, dim]);
      const x = noise(addRows(sentences, placeWaves(width, dim, rest.float64)));
      const y = add(x, noise(own({ x, lengths })));
      return { states: normed(add(y, noise(wide(y)))), lengths };
    },

    decode(rows, { states, lengths }, noise) {
      const x = noise(addRows(rows, placeWaves(rows.shape[1], dim, rest.float64)));
      const y = add(x, noise(past({ x, causal: true })));
      const z = add(y, noise(source({ x: y, of: states, lengths })));
      return last(add(z, noise(wider(z))));
    },
  };
}

interface Attending {
  /** b × t × d. */
  readonly x: Tensor;
  /** What is looked at, b × s × d; x itself where left out. */
  readonly of?: Tensor;
  readonly lengths?: Int32Array;
  readonly causal?: boolean;
}

/** Attention between two linear maps of normalised rows. */
function sublayer(options: LayerOptions, dim: number, heads: number): Layer<Attending> {
  const map = (part: string) =>
    dense({ ...options, name: `${options.name}.${part}`, inputs: dim, outputs: dim });
  const [queries, keys, values, output] = ['queries', 'keys', 'values', 'output'].map(map);
  const normed = norm(`${options.name}.norm`, dim, options.float64);
  const layers = [normed, queries, keys, values, output];
  return layer(
    layers.flatMap(({ parameters }) => parameters),
    ({ x, of, ...how }: Attending) => {
      const from = normed(x);
      const seen = of ?? from;
      return output(attention(queries(from), keys(seen), values(seen), { heads, ...how }));
    },
  );
}

function feedForward(options: LayerOptions, dim: number): Layer {
  const normed = norm(`${options.name}.wide.norm`, dim, options.float64);
  const up = dense({
    ...options,
    name: `${options.name}.wide.0`,
    inputs: dim,
    outputs: 4 * dim,
    initial: 'he',
  });
  const down = dense({ ...options, name: `${options.name}.wide.1`, inputs: 4 * dim, outputs: dim });
  return layer(
    [normed, up, down].flatMap(({ parameters }) => parameters),
    (x: Tensor) => down(relu(up(normed(x)))),
  );
}

function norm(name: string, dim: number, float64 = false): Layer {
  const gain = parameter(`${name}.gain`, zeros(dim, float64).fill(1), [dim]);
  const bias = parameter(`${name}.bias`, zeros(dim, float64), [dim]);
  return layer([gain, bias], (x: Tensor) => layerNorm(x, gain, bias));
}

const zeros = (length: number, float64 = false) =>
  float64 ? new Float64Array(length) : new Float32Array(length);
