import { defaultDevice, init, numpy as np, valueAndGrad } from '@jax-js/jax';
import type { Shape } from '../../src/learning/tape/tensor.ts';

/**
 * An array of jax-js. It is counted by reference: what uses one also frees it, and `.ref` stands wherever it is used
 * again.
 */
export type JaxArray = np.Array;

/** To be awaited before all else. */
export async function startJax(): Promise<void> {
  await init('wasm');
  defaultDevice('wasm');
}

export function jaxArray(data: Float32Array, shape: Shape): JaxArray {
  return np.array(data.slice()).reshape([...shape]);
}

export interface JaxGradients {
  readonly loss: number;
  readonly gradients: readonly Float32Array[];
}

/** A loss of jax-js and its gradient in each input. */
export async function jaxGradients(
  loss: (...inputs: JaxArray[]) => JaxArray,
  inputs: readonly JaxArray[],
): Promise<JaxGradients> {
  const [value, gradients] = valueAndGrad((all: JaxArray[]) => loss(...all))([...inputs]);
  const numbers: Float32Array[] = [];
  for (const gradient of gradients) numbers.push(Float32Array.from(await gradient.data()));
  return { loss: (await value.data())[0], gradients: numbers };
}
