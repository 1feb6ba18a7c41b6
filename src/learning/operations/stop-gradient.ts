import { operation, type Tensor } from '../tape/tensor.ts';

/** x, as if it were known: no gradient goes below it. */
export function stopGradient(x: Tensor): Tensor {
  const node = operation('stopGradient', [x], x.shape, {
    forward: ({ inputs: [a], out }) => out.set(a),
    backward() {},
  });
  return { ...node, needsGradient: false };
}
