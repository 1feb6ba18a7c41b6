import type { Random } from '../../../../core/random.ts';
import {
  constant,
  dropout,
  evaluate,
  type LayerOptions,
  type Parameter,
  type Tensor,
  type Workspace,
} from '../../../../learning/index.ts';
import type { Sentences } from './sentences.ts';

/** What the decoder reads of source sentences. */
export interface Memory {
  /** Their states, b × s × d. */
  readonly states: Tensor;
  /** Where a decoder that has a state starts, b × d. */
  readonly start?: Tensor | undefined;
  readonly lengths: Int32Array;
}

/** Source sentences to memory, memory and the target before each place to a vector for that place. */
export interface EncoderDecoder {
  readonly parameters: readonly Parameter[];
  /** `rows` b·s × d: the embeddings of all places. */
  readonly encode: (rows: Tensor, source: Sentences, noise: Noise) => Memory;
  /** `rows` b × t × d: the embeddings of what stands before each place → b × t × d. */
  readonly decode: (rows: Tensor, memory: Memory, noise: Noise) => Tensor;
}

export interface EncoderDecoderOptions extends Omit<LayerOptions, 'name'> {
  readonly dim: number;
  readonly heads: number;
}

/** Dropout while training, nothing else. */
export type Noise = (x: Tensor) => Tensor;

export const noNoise: Noise = (x) => x;

/** Dropout whose every use has a stream of its own. */
export function noiseOf(rate: number, random: Random): Noise {
  let uses = 0;
  return (x) => dropout(x, rate, random.fork(uses++));
}

/** The memory computed once, to be decoded from as often as wanted. */
export async function computed(memory: Memory, workspace: Workspace): Promise<Memory> {
  const held = async (tensor: Tensor) => constant(await evaluate(tensor, workspace), tensor.shape);
  const { states, start, lengths } = memory;
  return { states: await held(states), start: start && (await held(start)), lengths };
}
