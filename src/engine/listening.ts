import type { Engine, LinearAlgebra, Work } from './engine.ts';

/**
 * The engine with every operation told of the signal, also where its caller names none: what runs on it can be
 * stopped between and during operations.
 */
export function listening(engine: Engine, signal: AbortSignal | undefined): Engine {
  if (!signal) return engine;
  const told = (work?: Work): Work => ({ ...work, signal: work?.signal ?? signal });
  const { linalg } = engine;
  const decompositions: LinearAlgebra = {
    eigh: (a, work) => linalg.eigh(a, told(work)),
    symmetricEigenvalues: (a, work) => linalg.symmetricEigenvalues(a, told(work)),
    svd: (a, work) => linalg.svd(a, told(work)),
    singularValues: (a, work) => linalg.singularValues(a, told(work)),
    qr: (a, work) => linalg.qr(a, told(work)),
    cholesky: (a, work) => linalg.cholesky(a, told(work)),
  };
  return {
    ...engine,
    linalg: decompositions,
    pairwiseEnergy: (points, kernel, gradient, work) =>
      engine.pairwiseEnergy(points, kernel, gradient, told(work)),
    nearest: (points, k, work) => engine.nearest(points, k, told(work)),
    nearestAmong: (queries, points, k, work) => engine.nearestAmong(queries, points, k, told(work)),
    largestProducts: (queries, points, k, work) =>
      engine.largestProducts(queries, points, k, told(work)),
    searchGraph: (search, work) => engine.searchGraph(search, told(work)),
    diversify: (request, work) => engine.diversify(request, told(work)),
    assign: (queries, points, work) => engine.assign(queries, points, told(work)),
    matmul: (a, b, options, work) => engine.matmul(a, b, options, told(work)),
    gram: (points, work) => engine.gram(points, told(work)),
    sortRows: (values, work) => engine.sortRows(values, told(work)),
    circleCounts: (projections, arcs, work) => engine.circleCounts(projections, arcs, told(work)),
    circleForcesInPlace: (projections, forces, work) =>
      engine.circleForcesInPlace(projections, forces, told(work)),
    circleSpacingInPlace: (projections, inverseCap, work) =>
      engine.circleSpacingInPlace(projections, inverseCap, told(work)),
  };
}
