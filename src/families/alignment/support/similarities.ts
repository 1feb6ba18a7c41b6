import { InputError, ShapeError } from '../../../core/errors.ts';
import { type Matrix, zerosLike } from '../../../core/matrix.ts';
import {
  requireSparse,
  type SparseMatrix,
  sparseTimes,
  transposedSparse,
} from '../../../core/sparse.ts';

/** W, a symmetric n × n matrix of numbers ≥ 0 that says how alike things are, known by its products. */
export interface Similarity {
  readonly n: number;
  /** W·F, n × c. */
  times(f: Matrix<Float64Array>): Matrix<Float64Array>;
}

/** (K + Kᵀ)/2 of weighted lists, K n × n: what a graph of nearest rows says, lists of different length included. */
export function graphSimilarity(lists: SparseMatrix): Similarity {
  const turned = transposeOf('graphSimilarity', lists);
  if (lists.rows !== lists.cols)
    throw new ShapeError('graphSimilarity', 'n × n', `${lists.rows} × ${lists.cols}`);
  return {
    n: lists.rows,
    times(f) {
      const [out, back] = [zerosLike(f), zerosLike(f)];
      sparseTimes(lists, f.data, f.cols, out.data);
      sparseTimes(turned, f.data, f.cols, back.data);
      for (let e = 0; e < out.data.length; e++) out.data[e] = (out.data[e] + back.data[e]) / 2;
      return out;
    },
  };
}

/**
 * Σₑ δₑ ĥₑ ĥₑᵀ of hyperedges e, rows of E × n weights h ≥ 0 of their vertices: δₑ the mean weight of its vertices,
 * ĥₑᵢ = hₑᵢ/√(Σₑ δₑ hₑᵢ²). It is 1 on the diagonal, and 0 between things that share no hyperedge.
 *
 * Source: Fu, Hospedales, Xiang, Gong 2015, `Knn_hypergraph_sim.m`.
 */
export function hypergraphSimilarity(edges: SparseMatrix): Similarity {
  const turned = transposeOf('hypergraphSimilarity', edges);
  const ofEdge = Float64Array.from({ length: edges.rows }, (_, e) => {
    const own = edges.values.subarray(edges.offsets[e], edges.offsets[e + 1]);
    return own.length > 0 ? own.reduce((sum, h) => sum + h, 0) / own.length : 0;
  });
  const toUnit = Float64Array.from({ length: edges.cols }, (_, i) => {
    let squares = 0;
    for (let at = turned.offsets[i]; at < turned.offsets[i + 1]; at++)
      squares += ofEdge[turned.columns[at]] * turned.values[at] ** 2;
    return squares > 0 ? 1 / Math.sqrt(squares) : 0;
  });
  return {
    n: edges.cols,
    times(f) {
      const onEdges = new Float64Array(edges.rows * f.cols);
      sparseTimes(edges, scaled(f, toUnit).data, f.cols, onEdges);
      for (let e = 0; e < onEdges.length; e++) onEdges[e] *= ofEdge[Math.floor(e / f.cols)];
      const out = zerosLike(f);
      sparseTimes(turned, onEdges, f.cols, out.data);
      return scaled(out, toUnit);
    },
  };
}

/** Σ weight·W of similarities of the same things. */
export function weightedSimilarity(
  parts: readonly { readonly similarity: Similarity; readonly weight: number }[],
): Similarity {
  const n = parts[0]?.similarity.n ?? 0;
  const odd = parts.find(({ similarity, weight }) => similarity.n !== n || !(weight >= 0));
  if (n < 1 || odd)
    throw new InputError(
      'weightedSimilarity',
      `expected similarities of equally many things with weights of 0 or more; got ${odd ? `${odd.similarity.n} things with weight ${odd.weight} beside ${n}` : 'none'}.`,
    );
  return {
    n,
    times(f) {
      const out = zerosLike(f);
      for (const { similarity, weight } of parts) {
        const { data } = similarity.times(f);
        for (let e = 0; e < data.length; e++) out.data[e] += weight * data[e];
      }
      return out;
    },
  };
}

function transposeOf(where: string, a: SparseMatrix): SparseMatrix {
  requireSparse(where, a);
  const odd = a.values.findIndex((value) => !(value >= 0 && value < Number.POSITIVE_INFINITY));
  if (odd >= 0)
    throw new InputError(
      where,
      `value ${odd} is ${a.values[odd]}; expected similarities of 0 or more.`,
    );
  return transposedSparse(a);
}

/** Row i times factor i. */
function scaled(f: Matrix<Float64Array>, factors: Float64Array): Matrix<Float64Array> {
  const out = zerosLike(f);
  for (let e = 0; e < out.data.length; e++)
    out.data[e] = f.data[e] * factors[Math.floor(e / f.cols)];
  return out;
}
