import { alike, matrix } from '../../core/matrix.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { boolean } from '../../method/options.ts';
import { lessRow, meanRow } from '../../numerics/rows/centered.ts';
import { defineAlignment } from './define.ts';

/**
 * The rotation (or reflection) that brings the rows of A nearest to their partners in B:
 *
 *     y = s·(x − μ_A)·R + μ_B,   R = argmin over RᵀR = I of ‖A₀R − B₀‖_F = UVᵀ where A₀ᵀB₀ = UΣVᵀ
 *
 * with A₀, B₀ the p × d and p × e paired rows less their means. With `scaled`, s = tr Σ/‖A₀‖²_F, else 1. Where
 * d ≠ e, R has orthonormal columns or rows, whichever are fewer.
 *
 * @remarks Use it first: angles and distances of A stay as they are, so it cannot overfit, and few pairs do.
 * If held-out recall is far below that of `affine`, the two spaces differ by more than a rotation.
 * @example
 * import { matrix } from 'tammes';
 * import { procrustes } from 'tammes/alignment';
 *
 * // B is A turned by a quarter.
 * const a = matrix(new Float64Array([1, 0, 0, 2, -1, 1]), 3, 2);
 * const b = matrix(new Float64Array([0, 1, -2, 0, -1, -1]), 3, 2);
 * const { model } = await procrustes({ a, b });
 * const { data } = await procrustes.transform(model, a);
 * console.log(Math.max(...data.map((y, e) => Math.abs(y - b.data[e]))) < 1e-12); // true
 * @function
 */
export const procrustes = /* @__PURE__ */ defineAlignment({
  id: 'procrustes',
  title: 'Orthogonal Procrustes',
  summary: 'The rotation that brings one space nearest to another: it keeps all angles.',
  references: [cite(sources.orthogonalProcrustes, 'the solution by the singular vectors')],
  fewestPairs: 2,
  into: 'b',
  options: {
    centered: boolean(true, 'Move the means of both spaces onto one another.'),
    scaled: boolean(false, 'Stretch by one factor besides.'),
  },
  async fit({ paired: { a, b } }, { centered, scaled }, { engine, work }) {
    const [from, to] = [a, b].map((m) => (centered ? meanRow(m) : new Float64Array(m.cols)));
    const [a0, b0] = [lessRow(a, from), lessRow(b, to)];
    const cross = await engine.matmul(a0, b0, { transposeA: true }, work);
    const { u, s, v } = await engine.linalg.svd(cross, work);
    const rotation = await engine.matmul(alike(u, a), alike(v, a), { transposeB: true }, work);
    let length = 0;
    for (const x of a0.data) length += x * x;
    const scale = scaled && length > 0 ? s.reduce((sum, value) => sum + value, 0) / length : 1;
    return {
      settings: { scale },
      arrays: {
        from: matrix(from, 1, a.cols),
        to: matrix(to, 1, b.cols),
        rotation,
      },
      facts: { scale },
    };
  },
  async move({ settings, arrays: { from, to, rotation } }, rows, _, { engine, work }) {
    const turned = alike(rotation, rows);
    const scale = Number(settings['scale']);
    const middle = lessRow(rows, from.data);
    for (let e = 0; e < middle.data.length; e++) middle.data[e] *= scale;
    return engine.matmul(middle, turned, { bias: alike(to, rows).data }, work);
  },
});
