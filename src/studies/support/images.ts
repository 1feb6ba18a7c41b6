import { InputError } from '../../core/errors.ts';
import { type Matrix, zeros } from '../../core/matrix.ts';
import { type IdxArray, readIdx } from '../../io/idx.ts';
import type { StudyContext } from '../define.ts';

export interface LabeledImages {
  /** n × (height · width), gray values in [0, 1]. */
  readonly images: Matrix<Float32Array>;
  readonly labels: Int32Array;
}

export interface ImageSet {
  readonly height: number;
  readonly width: number;
  /** Names of the classes 0, 1, … */
  readonly classes: readonly string[];
  readonly train: LabeledImages;
  readonly test: LabeledImages;
}

const CLASSES = {
  mnist: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
  'fashion-mnist': [
    't-shirt/top',
    'trouser',
    'pullover',
    'dress',
    'coat',
    'sandal',
    'shirt',
    'sneaker',
    'bag',
    'ankle boot',
  ],
} as const;

/**
 * The set that `--data` has, else the slice in `study-data/`; the quick form takes the slice always.
 *
 * @throws InputError where files are missing or do not belong together
 */
export async function loadImages(
  { data, quick }: Pick<StudyContext, 'data' | 'quick'>,
  name: keyof typeof CLASSES,
): Promise<ImageSet> {
  const folder = (quick ? undefined : await data.full(name)) ?? (await data.folder(name));
  const classes = CLASSES[name];
  const train = await labeled(folder, 'train', classes.length);
  const test = await labeled(folder, 't10k', classes.length);
  const [height, width] = train.shape;
  if (test.shape[0] !== height || test.shape[1] !== width) {
    const came = test.shape.join(' × ');
    throw new InputError(
      folder.pathname,
      `expected test images of ${height} × ${width} like those for training; got ${came}.`,
    );
  }
  return { height, width, classes, train, test };
}

async function labeled(folder: URL, part: string, classes: number) {
  const [pixels, pixelsFile] = await packedOrNot(folder, `${part}-images-idx3-ubyte`);
  const [answers, answersFile] = await packedOrNot(folder, `${part}-labels-idx1-ubyte`);
  const [n, height, width] = pixels.shape;
  if (pixels.shape.length !== 3) {
    const came = `${pixels.shape.length}`;
    throw new InputError(
      pixelsFile.pathname,
      `expected 3 axes: count, height, width; got ${came}.`,
    );
  }
  if (answers.data.length !== n) {
    const came = `${answers.data.length} labels for ${n}`;
    throw new InputError(answersFile.pathname, `expected a label for each image; got ${came}.`);
  }
  const odd = answers.data.findIndex((label) => label >= classes);
  if (odd >= 0) {
    const came = `${answers.data[odd]} in row ${odd}`;
    throw new InputError(
      answersFile.pathname,
      `expected labels from 0 to ${classes - 1}; got ${came}.`,
    );
  }
  const images = zeros(n, height * width);
  for (let e = 0; e < pixels.data.length; e++) images.data[e] = pixels.data[e] / 255;
  return { images, labels: Int32Array.from(answers.data), shape: [height, width] as const };
}

/** The packages that have the full sets differ in whether they pack them. */
async function packedOrNot(folder: URL, name: string): Promise<readonly [IdxArray, URL]> {
  for (const file of [`${name}.gz`, name]) {
    const url = new URL(file, folder);
    try {
      return [await readIdx(url), url];
    } catch (cause) {
      if (!isMissing(cause)) throw cause;
    }
  }
  throw new InputError(
    folder.pathname,
    `expected ${name} or ${name}.gz in this folder; got neither.`,
  );
}

function isMissing(error: unknown): boolean {
  const { code } = ((error as Error).cause ?? {}) as { readonly code?: string };
  return error instanceof InputError && code === 'ENOENT';
}
