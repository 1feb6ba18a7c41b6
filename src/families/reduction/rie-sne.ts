import { OptionError } from '../../core/errors.ts';
import { type Matrix, matrix, row, toFloat64, zeros64 } from '../../core/matrix.ts';
import { rowNorms } from '../../core/rows.ts';
import { poincareBall } from '../../manifolds/poincare-ball.ts';
import { sphere } from '../../manifolds/sphere.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import { choice, number } from '../../method/options.ts';
import { centered } from '../../numerics/rows/centered.ts';
import { defineReduction } from './define.ts';
import {
  type Geometry,
  geodesicNeighbors,
  geodesicNeighborsAmong,
  pointsOn,
} from './support/geodesic-neighbors.ts';
import { leftOutLengths } from './support/left-out-lengths.ts';
import { principalStart } from './support/principal-start.ts';
import { layOut, neighborhood, sneOptions } from './support/sne-layout.ts';
import { placedInPlane, placingNeighborhood } from './support/sne-place.ts';
import { planeTarget } from './support/sne-plane.ts';
import { evenConcentration, placedOnSphere, sphereTarget } from './support/sne-sphere.ts';

/**
 * Stochastic neighbour embedding of points of a curved space, in the plane or on the sphere S².
 *
 *     p(j|i) ∝ h(d(xᵢ, xⱼ))·exp(−d(xᵢ, xⱼ)²/2tᵢ),   tᵢ such that pᵢ has the perplexity
 *     plane:    q(i, j) ∝ 1/(1 + ‖yᵢ − yⱼ‖²)
 *     sphere:   q(i, j) ∝ exp(−κ‖yᵢ − yⱼ‖²),   ‖yᵢ‖ = 1
 *     minimise KL(P‖Q) over y, and over κ
 *
 * with X n × d, d(·,·) the geodesic distance of `manifold`, and h the leading factor of its heat kernel:
 * (r/sinh r)^((d−1)/2) in the Poincaré ball of curvature −1, 1 elsewhere. Gradients are Riemannian, and steps follow
 * great circles.
 *
 * @remarks Use it for unit rows, `manifold: 'sphere'`, and for hyperbolic embeddings, `manifold: 'poincare-ball'`, whose
 * distances a Euclidean map misreads near the boundary. `target: 'sphere'` gives unit rows of three columns: a map
 * without an edge, for rows that surround the origin. With `euclidean` rows and a flat output it is `tsne`, byte for
 * byte. Output on the sphere takes O(n²) a step, and neighbours in the ball O(n²d) once: thousands of rows.
 * @example
 * import { matrix } from 'tammes';
 * import { rieSne } from 'tammes/reduction';
 *
 * // Twelve directions of the plane of a circle.
 * const angles = Array.from({ length: 12 }, (_, i) => (Math.PI * i) / 6);
 * const rows = angles.flatMap((a) => [Math.cos(a), Math.sin(a), 0, 0]);
 * const { points } = await rieSne(matrix(new Float64Array(rows), 12, 4), { target: 'sphere' });
 * const [x, y, z] = points.data;
 * console.log(points.cols, Math.hypot(x, y, z).toFixed(6)); // 3 1.000000
 * @function
 */
export const rieSne = /* @__PURE__ */ defineReduction({
  id: 'rie-sne',
  title: 'Rie-SNE',
  summary: 'A flat or spherical map of points of a sphere, of hyperbolic space or of flat space.',
  references: [cite(papers.rieSne, 'sections III and IV')],
  dims: { usual: 2, atMost: 3 },
  uses: ['neighbors', 'checkpoint'],
  options: {
    manifold: choice(
      ['sphere', 'poincare-ball', 'euclidean'],
      'sphere',
      'Where the rows lie: on the sphere their directions count; in the Poincaré ball they are shorter than 1.',
    ),
    target: choice(
      ['plane', 'sphere'],
      'plane',
      'Where the map lies: in `dim` flat columns, or on S², unit rows of three columns.',
    ),
    concentration: number(
      0,
      'Concentration of the output on the sphere to begin with; 0: what spreads the perplexity evenly.',
      { min: 0, symbol: 'κ' },
    ),
    ...sneOptions,
  },
  deviations: [
    'In the Poincaré ball the volume factor is the leading coefficient of the heat kernel, (r/sinh r)^((d−1)/2), which does not depend on coordinates; on the sphere it is 1, as in the code of the authors.',
    'κ begins where the map could be spread evenly and follows its own gradient in ln κ; the code of the authors moves it by 1e-5 of its gradient from 1, which leaves it there.',
    'P goes over the 3·perplexity nearest neighbours, not over all pairs.',
    'Maps on S² begin at principal directions spread over the sphere, and are not exaggerated at first: under this kernel that draws all rows of a group into one place.',
  ],
  async fit(given, options, context) {
    const { engine, work } = context;
    const { manifold, target, dim, seed } = options;
    requireDimension(target, dim);
    const points = pointsOn('rie-sne', manifold, given);
    const lengths =
      manifold === 'sphere'
        ? leftOutLengths(rowNorms(given), 'Where they count, give the manifold euclidean.')
        : [];
    const { k, perplexity } = neighborhood(options.perplexity, points.rows);
    const near = await geodesicNeighbors(manifold, points, k, context);
    const { graph, factors } = near;
    const flat = atOrigin(manifold, points);
    const columns = target === 'sphere' ? 3 : (dim as 1 | 2 | 3);
    // Between spheres a rotation is the map that changes nothing.
    const isTurned = manifold === 'sphere' && target === 'sphere';
    const from = isTurned ? flat : centered(flat);
    const start = await principalStart(from, columns, seed, engine, work);
    const concentration = options.concentration || evenConcentration(points.rows, perplexity);
    if (target === 'sphere') for (let i = 0; i < points.rows; i++) toSphere(start, i);
    let kappa = () => 0;
    const { places, facts, warnings } = await layOut(
      'rie-sne',
      graph,
      factors,
      (joint) => {
        if (target === 'plane') return planeTarget(joint, start, columns);
        const round = sphereTarget(joint, start, concentration);
        kappa = round.concentration;
        return round;
      },
      options,
      context,
    );
    const settings = { perplexity, manifold, target, concentration: kappa() };
    return {
      settings,
      arrays: { points, map: places },
      points: places,
      facts: target === 'sphere' ? { ...facts, concentration: kappa() } : facts,
      warnings: [...lengths, ...(near.warnings ?? []), ...warnings],
    };
  },
  async place({ settings, arrays: { points, map } }, given, { engine, work }) {
    const manifold = settings['manifold'] as Geometry;
    const rows = pointsOn('rie-sne', manifold, given);
    const { k, perplexity } = placingNeighborhood(points.rows, Number(settings['perplexity']));
    const near = await geodesicNeighborsAmong(manifold, rows, points, k, engine, work);
    const places = toFloat64(map);
    return settings['target'] === 'sphere'
      ? placedOnSphere(
          near.graph,
          places,
          perplexity,
          Number(settings['concentration']),
          near.factors,
        )
      : placedInPlane(near.graph, places, perplexity, near.factors);
  },
});

function requireDimension(target: 'plane' | 'sphere', dim: number): void {
  if (target === 'sphere' && dim === 1)
    throw new OptionError('rie-sne', 'dim', '2 or 3 for output on the sphere S²', dim);
}

/** What the layout begins from: rows of the ball as tangent vectors at the origin, where their lengths are distances. */
function atOrigin(manifold: Geometry, points: Matrix): Matrix {
  if (manifold !== 'poincare-ball') return points;
  const ball = poincareBall(1);
  const out = zeros64(points.rows, points.cols);
  const origin = new Float64Array(points.cols);
  for (let i = 0; i < points.rows; i++)
    ball.log(origin, Float64Array.from(row(points, i)), row(out, i));
  return points.data instanceof Float32Array
    ? matrix(Float32Array.from(out.data), out.rows, out.cols)
    : out;
}

function toSphere(places: Float64Array, i: number): void {
  const place = places.subarray(3 * i, 3 * i + 3);
  if (place.every((x) => x === 0)) place[0] = 1;
  sphere.projectPoint(place, place);
}
