import { InputError } from '../../core/errors.ts';
import type { Gradient } from '../tape/evaluate.ts';
import type { Parameter } from '../tape/parameter.ts';
import { rowsOf } from '../tape/tensor.ts';

const WAY_OUT =
  'a lower learning rate or `clip` may help, unless the batch itself holds such numbers';

/** Refuses a loss or a gradient that is not finite: where it begins, and what may help. */
export function requireFiniteStep(
  step: number,
  loss: number,
  norm: number,
  gradients: ReadonlyMap<Parameter, Gradient>,
): void {
  if (Number.isFinite(loss) && Number.isFinite(norm)) return;
  const place = placeOf(gradients);
  // A float64 gradient may be finite and too long for the square of its norm.
  if (Number.isFinite(loss) && place === undefined) return;
  const what = Number.isFinite(loss) ? 'a gradient is not finite' : `the loss is ${loss}`;
  const where = place ?? 'every parameter and every gradient is finite';
  throw new InputError('train', `${what} at step ${step}: ${where}; ${WAY_OUT}.`);
}

/** Refuses parameters that an update made infinite, before they are saved. */
export function requireFiniteParameters(step: number, parameters: Iterable<Parameter>): void {
  const place = badParameter(parameters);
  if (place) throw new InputError('train', `after step ${step} ${place}; ${WAY_OUT}.`);
}

function placeOf(gradients: ReadonlyMap<Parameter, Gradient>): string | undefined {
  const place = badParameter(gradients.keys());
  if (place) return place;
  for (const [{ name, shape }, { data, rows }] of gradients) {
    const at = data.findIndex((value) => !Number.isFinite(value));
    if (at < 0) continue;
    const [, cols] = rowsOf(shape);
    const width = rows ? data.length / rows.length : cols;
    const row = rows ? rows[Math.floor(at / width)] : Math.floor(at / width);
    return `the gradient of the parameter ${name} is ${data[at]} in row ${row}, column ${at % width}`;
  }
  return undefined;
}

function badParameter(parameters: Iterable<Parameter>): string | undefined {
  for (const { name, shape, data } of parameters) {
    const at = data.findIndex((value) => !Number.isFinite(value));
    if (at < 0) continue;
    const [, cols] = rowsOf(shape);
    return `the parameter ${name} is ${data[at]} in row ${Math.floor(at / cols)}, column ${at % cols}`;
  }
  return undefined;
}
