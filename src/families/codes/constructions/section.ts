import * as Q from '../exact/rational.ts';
import type { IntegerRows } from './contract.ts';

/** A condition ⟨x, form⟩ = product on the rows of a set. */
export interface Condition {
  readonly form: readonly number[];
  readonly product: number;
}

/**
 * The rows that meet all conditions, moved into the space orthogonal to the forms and scaled to
 * whole numbers: x − Σ cᵢ formᵢ, which is one and the same shift for all of them.
 */
export function section(
  { numerators, cols, squaredNorm }: IntegerRows,
  conditions: readonly Condition[],
): IntegerRows {
  const kept: number[] = [];
  const rows = numerators.length / cols;
  for (let i = 0; i < rows; i++) {
    if (
      conditions.every(({ form, product }) => productWith(numerators, cols, i, form) === product)
    ) {
      kept.push(i);
    }
  }
  const coefficients = shiftCoefficients(conditions);
  const scale = Number(coefficients.reduce((m, c) => (m * c.d) / gcd(m, c.d), 1n));
  const shift = Array.from({ length: cols }, (_, j) =>
    conditions.reduce((sum, { form }, k) => {
      const c = coefficients[k] ?? Q.ZERO;
      return sum + (Number(c.n) * scale * (form[j] ?? 0)) / Number(c.d);
    }, 0),
  );
  const out = new Int16Array(kept.length * cols);
  for (const [to, from] of kept.entries()) {
    for (let j = 0; j < cols; j++) {
      out[to * cols + j] = scale * numerators[from * cols + j] - shift[j];
    }
  }
  const removed = conditions.reduce((sum, { product }, k) => {
    const c = coefficients[k] ?? Q.ZERO;
    return sum + (Number(c.n) * product * scale) / Number(c.d);
  }, 0);
  return { numerators: out, cols, squaredNorm: scale * (scale * squaredNorm - removed) };
}

/** c with Σ_k c_k ⟨form_i, form_k⟩ = product_i: exact elimination. */
function shiftCoefficients(conditions: readonly Condition[]): Q.Rational[] {
  const n = conditions.length;
  const table = conditions.map(({ form, product }) => [
    ...conditions.map((other) =>
      Q.rational(form.reduce((s, v, j) => s + v * (other.form[j] ?? 0), 0)),
    ),
    Q.rational(product),
  ]);
  const at = (i: number, j: number) => table[i]?.[j] ?? Q.ZERO;
  for (let k = 0; k < n; k++) {
    const pivot = at(k, k);
    table[k] = (table[k] ?? []).map((v) => Q.divide(v, pivot));
    for (let i = 0; i < n; i++) {
      if (i === k) continue;
      const factor = at(i, k);
      table[i] = (table[i] ?? []).map((v, j) => Q.subtract(v, Q.multiply(factor, at(k, j))));
    }
  }
  return table.map((row) => row[n] ?? Q.ZERO);
}

function productWith(
  x: IntegerRows['numerators'],
  cols: number,
  i: number,
  form: readonly number[],
): number {
  let sum = 0;
  for (let j = 0; j < form.length; j++) sum += x[i * cols + j] * form[j];
  return sum;
}

function gcd(x: bigint, y: bigint): bigint {
  return y === 0n ? x : gcd(y, x % y);
}
