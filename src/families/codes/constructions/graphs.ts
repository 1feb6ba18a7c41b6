import type { BuiltPoints, Construction, Family } from './contract.ts';
import { finiteField } from './finite-field.ts';
import { golayWords, weight } from './leech.ts';
import { fromGram, withFraction } from './realized.ts';
import { anisotropic } from './symbol-codes.ts';

/** A strongly regular graph with its least eigenvalue and the multiplicity of that. */
interface RegularGraph {
  readonly name: string;
  readonly source: string;
  readonly vertices: number;
  readonly degree: number;
  readonly eigenvalue: number;
  readonly multiplicity: number;
  readonly adjacent: () => (i: number, j: number) => boolean;
}

/**
 * The vertices as points in the eigenspace of the least eigenvalue θ < 0.
 *
 * Neighbours have the cosine θ/degree, others (−1 − θ)/(vertices − degree − 1), which is the larger.
 * The Gram matrix G satisfies G² = (vertices/multiplicity) G, so its own rows, times the common
 * denominator, are exact coordinates.
 */
function graphCode(graph: RegularGraph): Construction {
  const { name, source, vertices, degree, eigenvalue, multiplicity } = graph;
  const others = vertices - degree - 1;
  return withFraction(
    {
      name,
      source,
      size: vertices,
      dim: multiplicity,
      build: (count, d) => builtGraph(graph, count, d),
    },
    -1 - eigenvalue,
    others,
  );
}

function builtGraph(graph: RegularGraph, count: number, d: number): BuiltPoints {
  const { vertices, degree, eigenvalue, multiplicity } = graph;
  const others = vertices - degree - 1;
  const adjacent = graph.adjacent();
  const scale = degree * others;
  const entry = (i: number, j: number) =>
    i === j ? scale : adjacent(i, j) ? eigenvalue * others : (-1 - eigenvalue) * degree;
  const divisor = [eigenvalue * others, (-1 - eigenvalue) * degree].reduce(gcd, scale);
  const numerators = new Int16Array(count * vertices);
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < vertices; j++) numerators[i * vertices + j] = entry(i, j) / divisor;
  }
  const squaredNorm = ((scale / divisor) ** 2 * vertices) / multiplicity;
  return {
    points: fromGram((i, j) => entry(i, j) / scale, count, multiplicity, d),
    exact: { kind: 'integers', numerators, cols: vertices, squaredNorm },
  };
}

const gcd = (x: number, y: number): number => (y === 0 ? Math.abs(x) : gcd(y, x % y));

const HIGMAN = 'Higman, Sims, 1968; Brouwer, Van Maldeghem, Strongly Regular Graphs, 2022';

/** The blocks of S(3, 6, 22): octads through the last two places, without them. */
function blocks(): number[] {
  const pair = (1 << 23) | (1 << 22);
  return Array.from(golayWords())
    .filter((word) => weight(word) === 8 && (word & pair) === pair)
    .map((word) => word & ~pair);
}

const disjoint = (vertices: readonly number[]) => (i: number, j: number) =>
  i !== j && ((vertices[i] ?? 0) & (vertices[j] ?? 0)) === 0;

/** One vertex, 22 places and 77 blocks: joined to the places; place in block; blocks disjoint. */
function higmanSims(): (i: number, j: number) => boolean {
  const all = blocks();
  const meet = disjoint(all);
  return (i, j) => {
    const [low, high] = i < j ? [i, j] : [j, i];
    if (low === high) return false;
    if (low === 0) return high <= 22;
    if (high <= 22) return false;
    return low <= 22 ? (((all[high - 23] ?? 0) >> (low - 1)) & 1) === 1 : meet(low - 23, high - 23);
  };
}

/** Triangle-free graphs inside the Higman–Sims graph; optimal codes by arXiv:2403.16874. */
const TRIANGLE_FREE: readonly RegularGraph[] = [
  {
    name: 'Higman–Sims graph',
    source: HIGMAN,
    vertices: 100,
    degree: 22,
    eigenvalue: -8,
    multiplicity: 22,
    adjacent: higmanSims,
  },
  {
    name: 'blocks of S(3, 6, 22)',
    source: `${HIGMAN}; optimal by arXiv:2403.16874`,
    vertices: 77,
    degree: 16,
    eigenvalue: -6,
    multiplicity: 21,
    adjacent: () => disjoint(blocks()),
  },
  {
    name: 'Gewirtz graph',
    source: `${HIGMAN}; optimal by arXiv:2403.16874`,
    vertices: 56,
    degree: 10,
    eigenvalue: -4,
    multiplicity: 20,
    adjacent: () => disjoint(blocks().filter((block) => (block & 1) === 0)),
  },
  {
    name: 'Hoffman–Singleton graph',
    source: 'Hoffman, Singleton, 1960; optimal by arXiv:2403.16874',
    vertices: 50,
    degree: 7,
    eigenvalue: -3,
    multiplicity: 21,
    adjacent: hoffmanSingleton,
  },
];

/** Robertson: five pentagons h, five pentagrams i; vertex j of pentagon h meets j·… h·i + j of i. */
function hoffmanSingleton(): (i: number, j: number) => boolean {
  return (x, y) => {
    const [a, b] = x < y ? [x, y] : [y, x];
    const [groupA, groupB] = [Math.floor(a / 5), Math.floor(b / 5)];
    const [placeA, placeB] = [a % 5, b % 5];
    const step = (placeB - placeA + 5) % 5;
    if (groupA === groupB) return groupA < 5 ? step === 1 || step === 4 : step === 2 || step === 3;
    if (groupA >= 5 || groupB < 5) return false;
    return (groupA * (groupB - 5) + placeA) % 5 === placeB;
  };
}

/**
 * Points of the elliptic quadric Q⁻(5, q), joined where they span a line of it: (q + 1)(q³ + 1)
 * vertices, whose code of cosine 1/q² in q(q² − q + 1) dimensions is sharp.
 */
function quadric(q: number): RegularGraph {
  return {
    name: `elliptic quadric Q⁻(5, ${q})`,
    source: 'Cameron, Goethals, Seidel, 1978; Cohn, Kumar, J. AMS 20, 2007, Table 1',
    vertices: (q + 1) * (q ** 3 + 1),
    degree: q * (q * q + 1),
    eigenvalue: -(q * q) - 1,
    multiplicity: q * (q * q - q + 1),
    adjacent: () => quadricAdjacency(q),
  };
}

function quadricAdjacency(q: number): (i: number, j: number) => boolean {
  const field = finiteField(q);
  const { add, multiply, negate } = field;
  const rest = anisotropic(field);
  const value = (x: readonly number[]) =>
    [
      multiply(x[0] ?? 0, x[1] ?? 0),
      multiply(x[2] ?? 0, x[3] ?? 0),
      rest(x[4] ?? 0, x[5] ?? 0),
    ].reduce(add);
  const points: number[][] = [];
  for (let code = 1; code < q ** 6; code++) {
    const x = Array.from({ length: 6 }, (_, j) => Math.floor(code / q ** j) % q);
    // One vector of each point: the first entry that is not 0 is 1.
    if (x.find((v) => v !== 0) === 1 && value(x) === 0) points.push(x);
  }
  const products = points.map((x) =>
    points.map((y) => {
      const sum = x.map((v, j) => add(v, y[j] ?? 0));
      return add(value(sum), negate(add(value(x), value(y))));
    }),
  );
  return (i, j) => i !== j && products[i]?.[j] === 0;
}

export const graphCodes: Family = (d) =>
  [...TRIANGLE_FREE, quadric(4), quadric(5)]
    .filter(({ multiplicity }) => multiplicity <= d)
    .map(graphCode);
