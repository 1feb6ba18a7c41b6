// Rows to draw maps of: float32, by name.
import { spawnSync } from 'node:child_process';
import { loadGlove, loadPackageDescriptions } from '../../dist/io/datasets/index.js';

/** The first rows of a table, at most so many. */
function first({ points }, most) {
  const rows = Math.min(points.rows, most);
  return { data: points.data.slice(0, rows * points.cols), rows, cols: points.cols };
}

function digits(most, python) {
  const { status, stdout, stderr } = spawnSync(
    python,
    [
      '-c',
      'import sys, sklearn.datasets as s; sys.stdout.buffer.write(s.load_digits().data.astype("<f4").tobytes())',
    ],
    { maxBuffer: 2 ** 26 },
  );
  if (status !== 0) throw new Error(`digits come with scikit-learn: ${stderr}`);
  const data = new Float32Array(
    stdout.buffer.slice(stdout.byteOffset, stdout.byteOffset + stdout.length),
  );
  return first({ points: { data, rows: data.length / 64, cols: 64 } }, most);
}

export const SETS = {
  digits: { title: 'Digits of scikit-learn', load: async (most, python) => digits(most, python) },
  glove: {
    title: 'GloVe, the most frequent words',
    load: async (most) => first(await loadGlove(), most),
  },
  sentences: {
    title: 'Sentence vectors of package descriptions',
    load: async (most) => first(await loadPackageDescriptions(), most),
  },
};
