import { zeros64 } from '../../../core/matrix.ts';
import type { Quadratic } from '../exact/quadratic.ts';
import * as K from '../exact/quadratic.ts';
import * as Q from '../exact/rational.ts';
import type { BinaryChain } from './binary-chain.ts';
import { MOST_BITS, shortenedName } from './binary-chain.ts';
import { unbiasedBases, unbiasedOrders } from './characters.ts';
import type { BuiltPoints, Construction, ExactCoordinates } from './contract.ts';
import { kerdockChains, kerdockSet } from './kerdock.ts';
import { simplexPoints } from './polytopes.ts';

/** A code listed group by group, with one cosine inside a group and a larger one across. */
interface Grouped {
  readonly groupName: string;
  readonly inside: string;
  readonly source: string;
  readonly groupSize: number;
  readonly groups: number;
  readonly dim: number;
  readonly within: Quadratic;
  readonly across: Quadratic;
  readonly build: (count: number, d: number) => BuiltPoints;
}

/** How many groups to take, for a group size and up to `most`. */
export type Wanted = (groupSize: number, most: number) => readonly number[];

/**
 * Groups of a code, told apart by labels in further dimensions.
 *
 * With cosine ρ₁ inside a group, ρ₂ > ρ₁ across and λ between labels, (√(1−β) x, √β label) has cosines
 * (1−β)ρ₁ + β and (1−β)ρ₂ + βλ, equal at β = (ρ₂ − ρ₁)/(1 − λ + ρ₂ − ρ₁). Labels are the vertices of a
 * simplex, or of a cross-polytope in about half as many dimensions.
 */
export function labelledCodes(
  chains: readonly BinaryChain[],
  d: number,
  wanted: Wanted,
): Construction[] {
  const out: Construction[] = [];
  for (const grouped of [...groupedChains(chains, d), ...groupedBases(d)]) {
    const room = d - grouped.dim;
    const most = Math.min(2 * room, grouped.groups);
    for (const labels of wanted(grouped.groupSize, most)) {
      out.push(labelled(grouped, labels, labels <= room + 1));
    }
  }
  return out;
}

/** Cosets of one code of a chain in a larger one. */
function groupedChains(chains: readonly BinaryChain[], d: number): Grouped[] {
  const out: Grouped[] = [];
  for (const chain of chains) {
    const most = Math.min(3, chain.mostShortened);
    for (let s = Math.max(0, chain.length - d + 1); s <= most; s++) {
      const cols = chain.length - s;
      const cosine = (distance: number) => K.fraction(cols - 2 * distance, cols);
      for (const [i, inner] of chain.levels.entries()) {
        for (const outer of inner.bits > MOST_BITS - 2 ? [] : chain.levels.slice(i + 1)) {
          out.push({
            groupName: `cosets of the ${shortenedName(inner.name, s)}`,
            inside: outer.name,
            source: outer.source,
            groupSize: 2 ** (inner.bits - s),
            groups: 2 ** Math.min(MOST_BITS, outer.bits - inner.bits),
            dim: cols,
            within: cosine(inner.distance),
            across: cosine(outer.distance),
            build: (count, to) => chainPoints(chain, s, count, to),
          });
        }
      }
    }
  }
  return out;
}

function chainPoints(chain: BinaryChain, shortened: number, count: number, d: number): BuiltPoints {
  const cols = chain.length - shortened;
  const numerators = chain.signs(count, shortened);
  const points = zeros64(count, d);
  const scale = 1 / Math.sqrt(cols);
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < cols; j++) points.data[i * d + j] = scale * numerators[i * cols + j];
  }
  return { points, exact: { kind: 'integers', numerators, cols, squaredNorm: cols } };
}

/** Bases with phases or signs, mutually unbiased: cosine 0 inside each and 1/√q across. */
function groupedBases(d: number): Grouped[] {
  const real = kerdockChains
    .filter(({ length }) => length < d)
    .map((chain): Grouped => {
      const { length } = chain;
      return {
        groupName: 'cross-polytopes',
        inside: `Kerdock code of length ${length} with ±eᵢ`,
        source: kerdockSet(chain).source,
        groupSize: 2 * length,
        groups: length / 2 + 1,
        dim: length,
        within: K.fraction(0),
        across: K.fraction(1, Math.sqrt(length)),
        build: kerdockSet(chain).build,
      };
    });
  const complex = unbiasedOrders(d - 1).map(({ q, p }): Grouped => {
    const bases = unbiasedBases(q, p);
    return {
      groupName: 'bases',
      inside: bases.name,
      source: bases.source,
      groupSize: 4 * q,
      groups: q + 1,
      dim: 2 * q,
      within: K.fraction(0),
      across: K.squareRoot(Q.rational(1, q)),
      build: bases.build,
    };
  });
  return [...real, ...complex];
}

function labelled(grouped: Grouped, labels: number, simplex: boolean): Construction {
  const { groupName, inside, source, groupSize, dim, within, across } = grouped;
  const between = simplex ? -1 / (labels - 1) : 0;
  const [inner, outer] = [within, across].map(approximately) as [number, number];
  const share = (outer - inner) / (1 - between + outer - inner);
  const cosine = (1 - share) * inner + share;
  return {
    name: `${labels} labelled ${groupName} in the ${inside}`,
    source: `${source}; generalized concatenation, Zinoviev, 1976`,
    size: labels * groupSize,
    dim: dim + (simplex ? labels - 1 : Math.ceil(labels / 2)),
    cosine: cosine + 2 ** -48,
    exactCosine: () => {
      const exactShare = shareOf(grouped, labels, simplex);
      return K.plus(K.times(K.minus(K.fraction(1), exactShare), within), exactShare);
    },
    build: (count, d) => builtLabels(grouped, labels, simplex, count, d),
  };
}

const approximately = ({ a, b, root }: Quadratic): number =>
  Number(a.n) / Number(a.d) + (Number(b.n) / Number(b.d)) * Math.sqrt(Number(root));

/** β, the share of the squared length that goes to the labels. */
function shareOf({ within, across }: Grouped, labels: number, simplex: boolean): Quadratic {
  const between = simplex ? K.fraction(-1, labels - 1) : K.fraction(0);
  const gap = K.minus(across, within);
  return K.over(gap, K.plus(K.minus(K.fraction(1), between), gap));
}

function builtLabels(
  grouped: Grouped,
  labels: number,
  simplex: boolean,
  count: number,
  d: number,
): BuiltPoints {
  const { groupSize, dim, build } = grouped;
  const base = build(count, d);
  const share = shareOf(grouped, labels, simplex);
  const beta = approximately(share);
  const { points } = base;
  const [body, tail] = [Math.sqrt(1 - beta), Math.sqrt(beta)];
  const half = Math.ceil(labels / 2);
  const width = simplex ? labels - 1 : half;
  const coordinates = simplex ? simplexPoints(labels, labels, width).data : crossRows(labels, half);
  for (let i = 0; i < count; i++) {
    const label = Math.floor(i / groupSize);
    for (let j = 0; j < dim; j++) points.data[i * d + j] *= body;
    for (let j = 0; j < width; j++) {
      points.data[i * d + dim + j] = tail * coordinates[label * width + j];
    }
  }
  if (base.exact?.kind !== 'integers' || !K.isRational(share)) return { points };
  return {
    points,
    exact: weighted(base.exact, share.a, labelRows(labels, simplex, groupSize, count)),
  };
}

function crossRows(labels: number, half: number): Float64Array {
  const out = new Float64Array(labels * half);
  for (let l = 0; l < labels; l++) out[l * half + (l % half)] = l < half ? 1 : -1;
  return out;
}

/** The label of every row in whole numbers: labels · e_l − 1 for a simplex, ±e_l for a cross-polytope. */
function labelRows(labels: number, simplex: boolean, groupSize: number, count: number) {
  const half = Math.ceil(labels / 2);
  const cols = simplex ? labels : half;
  const numerators = new Int16Array(count * cols).fill(simplex ? -1 : 0);
  for (let i = 0; i < count; i++) {
    const label = Math.floor(i / groupSize);
    numerators[i * cols + (label % cols)] = simplex ? labels - 1 : label < half ? 1 : -1;
  }
  return { numerators, cols, squaredNorm: simplex ? labels * (labels - 1) : 1 };
}

function weighted(
  { numerators, cols, squaredNorm }: Extract<ExactCoordinates, { kind: 'integers' }>,
  share: Q.Rational,
  label: ReturnType<typeof labelRows>,
): ExactCoordinates {
  return {
    kind: 'weighted',
    blocks: [
      { numerators, cols, squaredNorm, weight: Q.subtract(Q.ONE, share) },
      { ...label, weight: share },
    ],
  };
}
