import type { KnnGraph } from '../../core/graph.ts';
import { type Floats, type Matrix, zerosLike } from '../../core/matrix.ts';
import type { Engine, Work } from '../../engine/engine.ts';
import { symmetricEigenvalues } from '../../linalg/eigh.ts';
import type { Space } from '../contract.ts';

/** A `Space` of unit rows; long operations get `work`, so they report and can be stopped. */
export function createSpace(points: Matrix, engine: Engine, work: Work = {}): Space {
  const { rows: n, cols: d } = points;
  let graph: Promise<KnnGraph> | undefined;
  let known = 0;
  let gram: Promise<Matrix<Float64Array>> | undefined;
  let spectrum: Promise<Float64Array> | undefined;
  const means = new Map<string, Promise<number>>();
  const space: Space = {
    points,
    engine,
    async nearest(k) {
      if (!graph || k > known) {
        known = k;
        graph = (async () => engine.nearest(points, k, work))();
      }
      return firstNeighbors(await graph, k);
    },
    gram() {
      gram ??= (async () => engine.gram(points, work))();
      return gram;
    },
    singularValues() {
      spectrum ??= (async () => {
        // XXᵀ has the same non-zero eigenvalues as XᵀX; take the smaller of the two.
        const small = n >= d ? await space.gram() : await engine.gram(transposed(points), work);
        return rootsOfEigenvalues(await symmetricEigenvalues(small, work));
      })();
      return spectrum;
    },
    meanKernel(kernel) {
      const key = `${kernel.shape} ${kernel.distance} ${kernel.scale}`;
      let mean = means.get(key);
      if (!mean) {
        mean = (async () => {
          const { sum } = await engine.pairwiseEnergy(points, kernel, null, work);
          return sum / ((n * (n - 1)) / 2);
        })();
        means.set(key, mean);
      }
      return mean;
    },
  };
  return space;
}

/** The first k neighbours of each row of a graph with at least k. */
function firstNeighbors(graph: KnnGraph, k: number): KnnGraph {
  if (graph.k === k) return graph;
  const indices = new Int32Array(graph.n * k);
  const distances = new Float64Array(graph.n * k);
  for (let i = 0; i < graph.n; i++) {
    indices.set(graph.indices.subarray(i * graph.k, i * graph.k + k), i * k);
    distances.set(graph.distances.subarray(i * graph.k, i * graph.k + k), i * k);
  }
  return { indices, distances, n: graph.n, k };
}

/**
 * √λ; eigenvalues below the rounding of the Gram matrix (its size times 2⁻⁵², relative to the
 * largest) are noise and count as 0.
 */
function rootsOfEigenvalues(values: Float64Array): Float64Array {
  const floor = values[0] * values.length * 2 ** -52;
  return values.map((value) => (value > floor ? Math.sqrt(value) : 0));
}

function transposed<T extends Floats>(m: Matrix<T>): Matrix<T> {
  const out = zerosLike({ data: m.data, rows: m.cols, cols: m.rows });
  for (let i = 0; i < m.rows; i++) {
    for (let c = 0; c < m.cols; c++) out.data[c * m.rows + i] = m.data[i * m.cols + c];
  }
  return out;
}
