import { expect } from 'vitest';
import { referenceEngine } from '../engine/reference.ts';
import { evaluate } from '../learning/tape/evaluate.ts';
import type { Parameter } from '../learning/tape/parameter.ts';
import { constant, type Shape, type Tensor } from '../learning/tape/tensor.ts';
import { Workspace } from '../learning/tape/workspace.ts';
import { gradientRatios } from './gradient-check.ts';

/** Holds an operation to the Taylor check, in float64. */
export async function expectGradient(
  build: (...inputs: Parameter[]) => Tensor,
  inputs: readonly (Shape | Parameter)[],
): Promise<void> {
  for (const ratio of await gradientRatios(build, inputs)) expect(ratio).toBeGreaterThan(3.8);
}

/** The numbers of a tensor, by the float64 reference. */
export async function numbersOf(tensor: Tensor): Promise<number[]> {
  return Array.from(await evaluate(tensor, new Workspace(referenceEngine)));
}

/** A float64 tensor of known numbers. */
export function known(numbers: readonly number[], shape: Shape = [numbers.length]): Tensor {
  return constant(Float64Array.from(numbers), shape);
}

/** A tensor of zeros, for the sentences about shapes. */
export function zeros(shape: Shape): Tensor {
  return constant(new Float64Array(shape.reduce((a, b) => a * b, 1)), shape);
}
