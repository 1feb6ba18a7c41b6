import { ShapeError } from '../../core/errors.ts';
import { operation, rowsOf, shapeInWords, type Tensor } from '../tape/tensor.ts';

/**
 * Each row in n blocks of d/n, mixed by n matrices A_i of n × n: x … × d, A n × n × n → y … × n × d.
 *
 *     y_p = (Σ_q A_1[p, q]·x_q, …, Σ_q A_n[p, q]·x_q),   x_q block q of x
 *
 * `linear` with the matrices S_1 … S_n side by side makes of it (Σ_i A_i ⊗ S_i)·x, and the Kronecker products are never
 * formed. ∂L/∂x_q = Σ_i Σ_p A_i[p, q]·G_pi,   ∂L/∂A_i[p, q] = Σ over rows of ⟨G_pi, x_q⟩.
 */
export function mixBlocks(x: Tensor, rules: Tensor): Tensor {
  const [rows, d] = rowsOf(x.shape);
  const [n] = rules.shape;
  if (rules.shape.length !== 3 || rules.shape.some((length) => length !== n))
    throw new ShapeError('mixBlocks', 'rules of n × n × n', shapeInWords(rules.shape));
  if (d % n !== 0) throw new ShapeError('mixBlocks', `rows that ${n} divides`, `${d} columns`);
  const width = d / n;
  // Calls `use` for each number of the rules: its place, and where the blocks it joins begin.
  const eachRule = (use: (rule: number, from: number, to: number) => void) => {
    for (let r = 0; r < rows; r++)
      for (let i = 0; i < n; i++)
        for (let p = 0; p < n; p++)
          for (let q = 0; q < n; q++)
            use((i * n + p) * n + q, r * d + q * width, (r * n + p) * d + i * width);
  };
  return operation('mixBlocks', [x, rules], [...x.shape.slice(0, -1), n, d], {
    forward({ inputs: [a, rule], out }) {
      out.fill(0);
      eachRule((e, from, to) => {
        const factor = rule[e];
        if (factor !== 0) for (let j = 0; j < width; j++) out[to + j] += factor * a[from + j];
      });
    },
    backward({ inputs: [a, rule], gradient, to: [toX, toRules] }) {
      toX?.fill(0);
      const sums = new Float64Array(n ** 3);
      eachRule((e, from, to) => {
        const factor = rule[e];
        if (toX) for (let j = 0; j < width; j++) toX[from + j] += factor * gradient[to + j];
        if (!toRules) return;
        let sum = 0;
        for (let j = 0; j < width; j++) sum += gradient[to + j] * a[from + j];
        sums[e] += sum;
      });
      toRules?.set(sums);
    },
  });
}
