import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { choice, integer, number } from '../../method/options.ts';
import { defineClassifier } from './define.ts';
import { fitDiffusion, scoreDiffusion } from './support/diffusion-prototypes.ts';
import { fitEuclidean, scoreEuclidean } from './support/euclidean-prototypes.ts';
import { fitGeodesic, scoreGeodesic } from './support/geodesic-prototypes.ts';

/**
 * Prototype classifier: a row belongs to the class whose nearest prototype is nearest, by a distance of choice.
 *
 *     s_c(x) = −min over prototypes p of c of δ(x, p)²
 *     euclidean          δ = ‖x − p‖
 *     diffusion          δ = ‖Ψ_c(x) − Ψ_c(p)‖ on the landmarks of c, and μ·log Σⱼ exp(−‖x − lⱼ‖²/s) is added to s_c
 *     shared-diffusion   δ = ‖Ψ(x) − Ψ(p)‖ on the landmarks of all classes
 *     geodesic           δ² = min over the k nearest landmarks l of ‖x − l‖^β + the shortest path from l to p
 *     Ψ_r(x) = λ_r^t·ψ_r(x)/√Σλ²ᵗ,   ψ_r(x) = Σⱼ p(x, lⱼ)ψ_r(lⱼ)/λ_r
 *
 * with X n × d, `landmarks` rows drawn of each class, P·ψ = λψ the walk on them (kernel exp(−‖·‖²/s), density divided out
 * to the power α), and edges of length ‖·‖^β between landmarks and their k nearest. Prototypes are k-means centers of
 * the class: of its rows, or in its diffusion coordinates; with `geodesic` landmarks that are far apart along paths.
 *
 * @remarks For explanations by example where classes are curved: a few prototypes by straight lines cannot follow a spiral, by
 * `diffusion` they can. Without the mass term (`mass` 0) the walk of a class takes any far row for one of its own, and the
 * result is chance. Where classes are clumps, as in most trained embeddings, `euclidean` is as good and cheaper. O(m·d) a
 * row for m landmarks.
 * @example
 * import { matrix } from 'tammes';
 * import { prototypes } from 'tammes/classifiers';
 *
 * // A ring around a clump: no center of the ring is near its rows.
 * const ring = Array.from({ length: 40 }, (_, i) => [3 * Math.cos(i / 6.4), 3 * Math.sin(i / 6.4)]);
 * const clump = Array.from({ length: 40 }, (_, i) => [Math.cos(i) / 2, Math.sin(2 * i) / 2]);
 * const points = matrix(new Float64Array([...ring, ...clump].flat()), 80, 2);
 * const classes = Array.from({ length: 80 }, (_, i) => (i < 40 ? 'ring' : 'clump'));
 * const { model } = await prototypes({ points, classes }, { distance: 'diffusion', count: 1 });
 * const found = await prototypes.predict(model, points);
 * console.log(found.classes.every((name, i) => name === classes[i])); // true
 * @function
 */
export const prototypes = /* @__PURE__ */ defineClassifier({
  id: 'prototypes',
  title: 'Geodesic prototypes by diffusion maps',
  summary: 'The class of the nearest prototype, by straight lines or along the shape of the rows.',
  references: [
    cite(
      papers.geodesicPrototypeMatchingDiffusionMaps,
      'class-wise diffusion maps, Nyström extension and prototype similarity',
    ),
    cite(sources.diffusionMaps, 'sections 2 and 3'),
  ],
  gives: 'scores',
  options: {
    distance: choice(
      ['euclidean', 'diffusion', 'shared-diffusion', 'geodesic'],
      'euclidean',
      'How far a row is from a prototype.',
    ),
    count: integer(5, 'Prototypes of a class.', { min: 1, max: 1000 }),
    landmarks: integer(64, 'Rows drawn of each class that distances run along.', {
      min: 1,
      max: 4096,
      symbol: 'm',
    }),
    dim: integer(10, 'Diffusion coordinates.', { min: 1, max: 256, symbol: 'q' }),
    time: number(1, 'Steps of the walk.', { min: 0, max: 1000, symbol: 't' }),
    alpha: number(1, 'Power of the density that is divided out.', { min: 0, max: 1, symbol: 'α' }),
    scale: number(
      0,
      'Scale of the kernel; 0: the median squared distance of a landmark to its k-th nearest in the class.',
      { min: 0, symbol: 's' },
    ),
    mass: number(1, 'Weight of the kernel’s mass, with `diffusion`.', { min: 0, symbol: 'μ' }),
    k: integer(5, 'Neighbours for the scale and the paths.', { min: 1, max: 1024 }),
    power: number(2, 'Power of the distance that an edge is long, with `geodesic`.', {
      min: 1,
      max: 16,
      symbol: 'β',
    }),
  },
  deviations: [
    'Rows are given, not patches of images of a network that is trained with them: landmarks are drawn once, and prototypes are centers, not learned.',
    'The mass term is ours: normalizing the extension by row makes every far row one of the class.',
    'Diffusion coordinates have variance 1 together, so that the two terms are of one size.',
    '`shared-diffusion` and `geodesic` are variants for comparison.',
  ],
  fit(rows, options, context) {
    if (options.distance === 'euclidean') return fitEuclidean(rows, options, context);
    if (options.distance === 'geodesic') return fitGeodesic(rows, options, context);
    return fitDiffusion(rows, options, context);
  },
  score(fitted, rows, context) {
    const { distance } = fitted.settings;
    if (distance === 'euclidean') return scoreEuclidean(fitted, rows);
    if (distance === 'geodesic') return scoreGeodesic(fitted, rows, context);
    return scoreDiffusion(fitted, rows);
  },
});
