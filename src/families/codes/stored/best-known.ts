import { TAMMES_DEGREES } from './tammes-degrees.ts';

/** The best smallest angle that is published for n points on S^{d−1}. */
export interface BestKnown {
  readonly deg: number;
  readonly source: string;
  /** A published proof that no code is better, where there is one; it is cited, not checked here. */
  readonly proof?: string | undefined;
}

const LAI = 'Lai, Yue, Hao, Glover, Lü, Computers & Operations Research 151 (2023) 106121';
const SMALL = 'Schütte, van der Waerden 1951; Danzer 1986 (n ≤ 12); Robinson 1961 (n = 24)';
const MUSIN = 'Musin, Tarasov 2012 (n = 13), 2015 (n = 14)';
const SHARP = 'Cohn, Kumar, Universally optimal distribution of points on spheres, 2007';
const COHN_2024 =
  'Cohn, de Laat, Leijenhorst, Optimality of spherical codes via exact semidefinite programming bounds, arXiv:2403.16874';
const LEIJENHORST =
  'de Laat, Leijenhorst, de Muinck Keizer, Optimality and uniqueness of the D4 root system, arXiv:2404.18794';
const ROOTS = 'minimal vectors of a root lattice (Conway, Sloane, Sphere Packings, 1999)';

type Row = readonly [d: number, n: number, cosine: number, source: string, proof?: string];

const OTHERS: readonly Row[] = [
  [3, 12, 1 / Math.sqrt(5), SHARP, SHARP],
  [4, 24, 1 / 2, ROOTS, LEIJENHORST],
  [4, 120, (1 + Math.sqrt(5)) / 4, SHARP, SHARP],
  [5, 16, 1 / 5, SHARP, SHARP],
  [5, 40, 1 / 2, ROOTS],
  [6, 27, 1 / 4, SHARP, SHARP],
  [6, 72, 1 / 2, ROOTS],
  [7, 56, 1 / 3, SHARP, SHARP],
  [7, 126, 1 / 2, ROOTS],
  [8, 240, 1 / 2, SHARP, SHARP],
  [16, 288, 1 / 4, COHN_2024, COHN_2024],
  [20, 56, 1 / 15, COHN_2024, COHN_2024],
  [21, 50, 1 / 21, COHN_2024, COHN_2024],
  [21, 77, 1 / 12, COHN_2024, COHN_2024],
  [21, 112, 1 / 9, SHARP, SHARP],
  [21, 162, 1 / 7, SHARP, SHARP],
  [22, 100, 1 / 11, SHARP, SHARP],
  [22, 275, 1 / 6, SHARP, SHARP],
  [22, 891, 1 / 4, SHARP, SHARP],
  [23, 552, 1 / 5, SHARP, SHARP],
  [23, 4600, 1 / 3, SHARP, SHARP],
  [24, 196560, 1 / 2, SHARP, SHARP],
  [64, 4224, 1 / 8, COHN_2024, COHN_2024],
  [256, 66048, 1 / 16, COHN_2024, COHN_2024],
  [1024, 1050624, 1 / 32, COHN_2024, COHN_2024],
];

const RANKIN = 'Rankin, The closest packing of spherical caps in n dimensions, 1955';

/** The published record for (n, d), or undefined where no table here has one. */
export function bestKnown(n: number, d: number): BestKnown | undefined {
  if (d < 2 || n < 2) return undefined;
  if (d === 2) return { deg: 360 / n, source: 'regular polygon', proof: 'elementary' };
  if (n <= 2 * d) {
    const cosine = n <= d + 1 ? -1 / (n - 1) : 0;
    return { deg: degreesOf(cosine), source: RANKIN, proof: RANKIN };
  }
  const row = OTHERS.find((entry) => entry[0] === d && entry[1] === n);
  if (row) return { deg: degreesOf(row[2]), source: row[3], proof: row[4] };
  const deg = d === 3 ? TAMMES_DEGREES[n] : undefined;
  if (deg === undefined) return undefined;
  const proof = n <= 12 || n === 24 ? SMALL : n <= 14 ? MUSIN : undefined;
  return { deg, source: LAI, proof };
}

const degreesOf = (cosine: number): number =>
  (2 * Math.atan2(Math.sqrt(1 - cosine), Math.sqrt(1 + cosine)) * 180) / Math.PI;
