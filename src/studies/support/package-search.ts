import { type Matrix, rows } from '../../core/matrix.ts';
import type { Random } from '../../core/random.ts';
import { loadPackageDescriptions } from '../../io/datasets/index.ts';
import { bytesOf, quantizedVectors } from '../../io/datasets/quantized.ts';
import type { StudyData } from '../define.ts';

/** What packages are asked for with: row i belongs to package `packages[i]`. */
export interface PackageQueries {
  readonly packages: Int32Array;
  readonly names: readonly string[];
  readonly nameVectors: Matrix<Float32Array>;
  /** A sentence about the package without the words of its name. */
  readonly sentences: readonly string[];
  readonly sentenceVectors: Matrix<Float32Array>;
}

/** Packages of Debian with their queries and with lists of packages that go together. */
export interface PackageSearch {
  /** `name: short description`. */
  readonly texts: readonly string[];
  /** n × 512, unit rows. */
  readonly points: Matrix;
  readonly queries: PackageQueries;
  readonly lists: readonly Int32Array[];
}

export async function loadPackageSearch(data: StudyData): Promise<PackageSearch> {
  const { points, labels, columns } = await loadPackageDescriptions(
    await data.folder('package-descriptions'),
  );
  const names = labels ?? [];
  const descriptions = columns?.['description'] as readonly string[];
  const folder = await data.folder('package-queries');
  const json = async (name: string): Promise<unknown> =>
    JSON.parse(new TextDecoder().decode(await bytesOf(new URL(name, folder))));
  const queries = (await json('queries.json.gz')) as readonly (readonly [number, string])[];
  const lists = (await json('lists.json.gz')) as readonly (readonly [string, number[]])[];
  const n = queries.length;
  const vectors = await quantizedVectors(new URL('vectors.i8.gz', folder), 2 * n);
  return {
    texts: names.map((name, i) => `${name}: ${descriptions[i]}`),
    points,
    queries: {
      packages: Int32Array.from(queries, ([row]) => row),
      names: queries.map(([row]) => names[row]),
      nameVectors: rows(vectors, 0, n),
      sentences: queries.map(([, sentence]) => sentence),
      sentenceVectors: rows(vectors, n, 2 * n),
    },
    lists: lists.map(([, items]) => Int32Array.from(items)),
  };
}

/** So many rows of n, ascending, those asked for among them. */
export function drawnWith(
  asked: Int32Array,
  n: number,
  count: number,
  random: Random,
): Int32Array<ArrayBuffer> {
  const known = new Set(asked);
  const others = random.sample(n).filter((row) => !known.has(row));
  const more = others.subarray(0, Math.max(0, count - known.size));
  return Int32Array.of(...known, ...more).sort();
}
