import { ShapeError } from '../../core/errors.ts';
import { operation, shapeInWords, type Tensor } from '../tape/tensor.ts';
import { gatesBack, gatesForward, placesOf, type Recurrence } from './gru-gates.ts';
import { product } from './matmul.ts';
import { addToRows, sumOfRows } from './rows.ts';

/**
 * A gated recurrent unit over time. u is what the gates get of the inputs, b × t × 3h (`linear(x, W, c)` of all steps
 * at once: reset, update, candidate); U 3h × h, bias 3h; the first state is `start`, b × h, or zeros → the state
 * after each step, b × t × h.
 *
 *     r = σ(u_r + U_r s + b_r),   z = σ(u_z + U_z s + b_z),   n = tanh(u_n + r ⊙ (U_n s + b_n))
 *     s′ = (1 − z) ⊙ n + z ⊙ s
 *
 * One operation, differentiated through time; a single step is t = 1. Padding behind a sequence changes nothing
 * before it: `take` the state of its last place.
 */
export function gru(u: Tensor, weight: Tensor, bias: Tensor, start?: Tensor): Tensor {
  const { b, t, h } = gruShape(u, weight, bias, start);
  const empty = new Float32Array(0);
  /** By step: states (one more than steps), gates after their functions, U_n s + b_n. */
  let kept: Recurrence = { b, t, h, states: empty, gates: empty, candidates: empty };
  const inputs = start ? [u, weight, bias, start] : [u, weight, bias];
  return operation('gru', inputs, [b, t, h], {
    async forward({ engine, inputs: [fromInputs, w, c, first], out, room }) {
      const states = room((t + 1) * b * h);
      if (first) states.set(first);
      else states.fill(0, 0, b * h);
      kept = { b, t, h, states, gates: room(t * b * 3 * h), candidates: room(t * b * h) };
      const fromState = room(b * 3 * h);
      for (let step = 0; step < t; step++) {
        const { before } = placesOf(kept, step);
        await product(engine, [before, b, h], [w, 3 * h, h], [fromState, b, 3 * h], {
          transposeB: true,
        });
        addToRows(fromState, c);
        gatesForward(kept, step, fromInputs, fromState, out);
      }
    },

    async backward({
      engine,
      inputs: [, w],
      gradient,
      to: [toU, toWeight, toBias, toStart],
      room,
    }) {
      /** ∂L/∂(U s + b) of all steps, and ∂L/∂state of the step at hand. */
      const slopes = room(t * b * 3 * h);
      const onState = room(b * h).fill(0);
      const through = room(b * h);
      for (let step = t - 1; step >= 0; step--) {
        const own = slopes.subarray(step * b * 3 * h, (step + 1) * b * 3 * h);
        gatesBack(kept, step, gradient, onState, own, toU);
        await product(engine, [own, b, 3 * h], [w, 3 * h, h], [through, b, h]);
        for (let e = 0; e < onState.length; e++) onState[e] += through[e];
      }
      const before = kept.states.subarray(0, t * b * h);
      if (toWeight)
        await product(engine, [slopes, t * b, 3 * h], [before, t * b, h], [toWeight, 3 * h, h], {
          transposeA: true,
        });
      if (toBias) sumOfRows(slopes, toBias);
      toStart?.set(onState);
    },
  });
}

function gruShape(u: Tensor, weight: Tensor, bias: Tensor, start?: Tensor) {
  const [b, t, width] = u.shape;
  if (u.shape.length !== 3 || b === undefined || t === undefined || width === undefined)
    throw new ShapeError('gru', 'gate inputs b × t × 3h', shapeInWords(u.shape));
  const h = width / 3;
  if (!Number.isInteger(h) || b < 1 || t < 1 || h < 1)
    throw new ShapeError('gru', 'gate inputs b × t × 3h, not empty', shapeInWords(u.shape));
  const expected = { weights: [weight, [3 * h, h]], 'a bias': [bias, [3 * h]] } as const;
  for (const [what, [{ shape }, wanted]] of Object.entries(expected))
    requireShape(what, shape, wanted);
  if (start) requireShape('a first state', start.shape, [b, h]);
  return { b, t, h };
}

function requireShape(what: string, shape: readonly number[], wanted: readonly number[]): void {
  const [got, right] = [shapeInWords(shape), shapeInWords(wanted)];
  if (got !== right) throw new ShapeError('gru', `${what} of ${right}`, got);
}
