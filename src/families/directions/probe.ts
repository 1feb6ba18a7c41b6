import { gathered, type Matrix, matrix } from '../../core/matrix.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { integer, number } from '../../method/options.ts';
import { lessRow, meanRow } from '../../numerics/rows/centered.ts';
import { logisticRegression } from '../../numerics/solvers/logistic.ts';
import { defineDirections } from './define.ts';
import { NO_CLASSES } from './support/sample.ts';

/**
 * The weights of a linear probe, logistic regression of the classes:
 *
 *     W = argmin Σᵢ (log Σⱼ exp(wⱼ·zᵢ + bⱼ) − (w_cᵢ·zᵢ + b_cᵢ)) + n·penalty/2·‖W‖²,   zᵢ = (xᵢ − μ)/s
 *
 * with X n × d, W k × d, s² the mean variance of a column. Of two classes the direction is w₁ − w₀, and projections are 0 where
 * both are equally likely; of more, each class has its own.
 *
 * @remarks Use it for what a linear classifier can read out of the space; `class-means` for what a class looks like. Directions of
 * a probe follow whatever tells the classes apart, which need not be what moves rows between them. `tammes explain monitor` fits
 * one to each layer and watches how far rows are from the crossing.
 * @example
 * import { matrix } from 'tammes';
 * import { probe } from 'tammes/directions';
 *
 * const points = matrix(new Float64Array([0, 1, 1, 0, 3, 1, 4, 0]), 4, 2);
 * const { directions } = await probe({ points, classes: ['old', 'old', 'young', 'young'] });
 * console.log(directions.basis.data[0] > 0.9); // true
 * @function
 */
export const probe = /* @__PURE__ */ defineDirections({
  id: 'probe',
  title: 'Linear probe',
  summary: 'The weights of a logistic regression of the classes.',
  references: [
    cite(sources.linearClassifierProbes, 'section 3'),
    cite(
      papers.subspaceCrossingMonitor,
      'probes of layers between two behaviors; the defense alone',
    ),
  ],
  needs: ['classes'],
  options: {
    penalty: number(0.001, 'Of squared weights, a row; columns count in units of their spread.', {
      min: 1e-9,
    }),
    rows: integer(20000, 'Rows it is fitted to at most, drawn by the seed.', { min: 2 }),
  },
  fit({ points, classes = NO_CLASSES }, { penalty, rows }, { random, isDraw }) {
    const { of, names } = classes;
    const taken = points.rows > rows ? random.fork('rows').sample(points.rows, rows) : undefined;
    const part = taken ? gathered(points, taken) : points;
    const owners = taken ? taken.map((row) => of[row]) : of;
    const mean = meanRow(part);
    const { z, scale } = scaled(lessRow(part, mean));
    const { weights, intercepts, isReached } = logisticRegression(z, owners, names.length, {
      penalty: penalty * part.rows,
      tolerance: isDraw ? 1e-3 : 1e-8,
    });
    const d = points.cols;
    const warnings = isReached ? [] : ['The probe ended before its weights settled.'];
    if (names.length > 2)
      return { basis: weights, names, origin: mean, facts: { scale }, warnings };
    const own = weights.data.subarray(d).map((w, c) => w - weights.data[c]);
    let squares = 0;
    for (const w of own) squares += w * w;
    // The score ⟨w, x − μ⟩/s + b is 0 at μ − s·b·w/‖w‖².
    const way = squares > 0 ? (scale * (intercepts[1] - intercepts[0])) / squares : 0;
    return {
      basis: matrix(own, 1, d),
      names: [names.join(' → ')],
      origin: mean.map((x, c) => x - way * own[c]),
      facts: { scale },
      warnings,
    };
  },
});

/** Centred rows over the root of their mean variance, and that root. */
function scaled(x: Matrix): { readonly z: Matrix<Float64Array>; readonly scale: number } {
  let squares = 0;
  for (const value of x.data) squares += value * value;
  const scale = Math.sqrt(squares / x.data.length) || 1;
  return {
    z: matrix(
      Float64Array.from(x.data, (value) => value / scale),
      x.rows,
      x.cols,
    ),
    scale,
  };
}
