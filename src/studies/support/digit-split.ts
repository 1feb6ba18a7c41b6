import { gathered, type Matrix, matrix } from '../../core/matrix.ts';
import { pca, stein } from '../../families/reduction/index.ts';
import type { StudyContext } from '../define.ts';
import type { Labeled } from './class-probes.ts';
import { loadImages } from './images.ts';

/** Rows that are known, and others to be judged. */
export interface Split {
  readonly known: Labeled;
  readonly others: Labeled;
}

/** The digits in principal components, fitted to the known ones, and the same whitened. */
export async function digitSplit(study: StudyContext) {
  const { random, engine, quick } = study;
  const { train, test } = await loadImages(study, 'mnist');
  const images = joined(train, test);
  const n = Math.min(images.labels.length, quick ? 500 : 10000);
  const order = random.fork('digits').sample(images.labels.length, n);
  const cut = Math.round(0.7 * n);
  const chosen = labeledRows(images, order.subarray(0, cut));
  const rest = labeledRows(images, order.subarray(cut));
  const columns = quick ? 30 : 100;
  const { model, points: known } = await pca(chosen.points, { dim: columns }, { engine });
  const others = await pca.transform(model, rest.points, { engine });
  const white = await stein(known, { dim: columns, shrinkage: 0 }, { engine });
  return {
    components: { known, others },
    known: { points: white.points, labels: chosen.labels },
    others: {
      points: await stein.transform(white.model, others, { engine }),
      labels: rest.labels,
    },
  };
}

function joined(
  a: { readonly images: Matrix; readonly labels: Int32Array },
  b: { readonly images: Matrix; readonly labels: Int32Array },
): Labeled {
  const data = new Float32Array(a.images.data.length + b.images.data.length);
  data.set(a.images.data);
  data.set(b.images.data, a.images.data.length);
  const labels = Int32Array.from([...a.labels, ...b.labels]);
  return { points: matrix(data, labels.length, a.images.cols), labels };
}

function labeledRows({ points, labels }: Labeled, rows: Int32Array): Labeled {
  return { points: gathered(points, rows), labels: Int32Array.from(rows, (row) => labels[row]) };
}
