import type { Floats } from '../../core/matrix.ts';
import type { Random } from '../../core/random.ts';
import { sphere } from '../../manifolds/index.ts';
import { addRows } from '../operations/add-rows.ts';
import { type Parameter, parameter } from '../tape/parameter.ts';
import type { Tensor } from '../tape/tensor.ts';
import { encoded, timesDecoder } from './code-products.ts';

/** The weights W, h × d, b of d and a of h numbers; the decoder D, h × d, is W itself where it is tied. */
export interface SparseAutoencoder {
  readonly weight: Parameter;
  readonly center: Parameter;
  readonly bias: Parameter;
  readonly decoder: Parameter;
}

/** How encoder and decoder belong together: one; two; two, the rows of the decoder of length 1. */
export type DecoderKind = 'tied' | 'free' | 'unit';

/** W(x − b) + a. */
export const latentsOf = (net: SparseAutoencoder, x: Tensor): Tensor => encoded(x, net);

/** Dᵀz + b of codes, which pass no gradient on where they are 0. */
export const decoded = ({ decoder, center }: SparseAutoencoder, z: Tensor): Tensor =>
  addRows(timesDecoder(z, decoder), center);

interface Sizes {
  readonly latents: number;
  readonly cols: number;
}

/**
 * Weights uniform in ±1/√d, as in the code of the authors of CSR; the decoder begins as the encoder. Where its rows have
 * length 1 they stay on the sphere, and those of the encoder begin there.
 */
export function firstAutoencoder(
  { latents, cols: d }: Sizes,
  decoder: DecoderKind,
  random: Random,
  like: Floats = new Float32Array(1),
): SparseAutoencoder {
  const numbers = like.constructor as new (n: number) => Floats;
  const limit = 1 / Math.sqrt(d);
  const weight = new numbers(latents * d);
  for (let e = 0; e < weight.length; e++) weight[e] = limit * (2 * random.uniform() - 1);
  if (decoder === 'unit')
    for (let j = 0; j < latents; j++) {
      const own = weight.subarray(j * d, (j + 1) * d);
      sphere.projectPoint(own, own);
    }
  const encoder = parameter('weight', weight, [latents, d]);
  const onSphere = decoder === 'unit' ? { manifold: sphere } : {};
  return {
    weight: encoder,
    decoder:
      decoder === 'tied' ? encoder : parameter('decoder', weight.slice(), [latents, d], onSphere),
    center: parameter('center', new numbers(d), [d]),
    bias: parameter('bias', new numbers(latents), [latents]),
  };
}
