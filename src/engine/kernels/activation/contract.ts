import { OptionError } from '../../../core/errors.ts';
import type { Matrix } from '../../../core/matrix.ts';
import { requireSameShape } from '../shapes.ts';

/**
 * activation: x → f(x), number by number; activation-gradient: x, g → g · f′(x).
 *
 *   relu: max(x, 0), slope 0 at 0
 *   gelu: x·s, s = 1/(1 + e⁻²ᵘ), u = √(2/π)(x + 0.044715 x³), which is x/2·(1 + tanh u);
 *         slope s + 2x·s(1 − s)·√(2/π)(1 + 3·0.044715 x²)
 *
 * Into `out`, which may be the memory of an input. `reference` computes in float64; the others in float32, gelu
 * to a few units in the last place of max(|x|, 1). NaN stays NaN.
 */
export const ACTIVATIONS = ['relu', 'gelu'] as const;
export type Activation = (typeof ACTIVATIONS)[number];

/** √(2/π). */
export const GELU_SCALE = 0.7978845608028654;
export const GELU_CUBIC = 0.044715;

/** The place of `f` in ACTIVATIONS. */
export function activationIndex(
  f: Activation,
  x: Matrix,
  others: Readonly<Record<string, Matrix>>,
): number {
  const index = ACTIVATIONS.indexOf(f);
  if (index < 0) throw new OptionError('activation', 'f', ACTIVATIONS.join(' or '), f);
  for (const [name, other] of Object.entries(others))
    requireSameShape('activation', name, other, x);
  return index;
}
