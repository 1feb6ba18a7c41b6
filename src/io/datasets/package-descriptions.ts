import type { VectorTable } from '../table.ts';
import { bytesOf, quantizedVectors, shipped } from './quantized.ts';

interface PackageMeta {
  readonly n: number;
  readonly tags: readonly string[];
  readonly sections: readonly string[];
  readonly rows: readonly (readonly [
    name: string,
    description: string,
    section: number,
    installedKiB: number,
    tags: readonly number[],
  ])[];
}

/**
 * Sentence embeddings of 5,000 Debian package descriptions, 512 dimensions, unit length; or those of
 * another folder with files of the same form.
 *
 * Columns: `description`, `section`, `installedKiB`, and `tags`, debtags separated by spaces.
 */
export async function loadPackageDescriptions(
  folder: URL = shipped('use-debian/'),
): Promise<VectorTable> {
  const meta = await bytesOf(new URL('meta.json.gz', folder));
  const json = new TextDecoder().decode(meta);
  const { n, tags, sections, rows } = JSON.parse(json) as PackageMeta;
  return {
    points: await quantizedVectors(new URL('vectors.i8', folder), n),
    labels: rows.map(([name]) => name),
    columns: {
      description: rows.map(([, description]) => description),
      section: rows.map(([, , section]) => sections[section]),
      installedKiB: Float64Array.from(rows, ([, , , size]) => size),
      tags: rows.map(([, , , , indices]) => indices.map((i) => tags[i]).join(' ')),
    },
  };
}
