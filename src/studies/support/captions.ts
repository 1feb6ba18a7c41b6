import { InputError } from '../../core/errors.ts';
import { type Matrix, zeros } from '../../core/matrix.ts';
import { loadGlove } from '../../io/datasets/index.ts';
import type { StudyContext } from '../define.ts';
import { loadImages } from './images.ts';
import { halved } from './shifted-views.ts';
import { sentencesOf, WordVectors } from './text-encoders.ts';
import type { TwoSides } from './towers.ts';

const DIGITS = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];
/** The name of each class of Fashion-MNIST, and what kind of clothing it is. */
const CLOTHES = [
  ['shirt', 'top'],
  ['trousers', 'garment'],
  ['sweater', 'top'],
  ['dress', 'garment'],
  ['coat', 'top'],
  ['sandals', 'shoes'],
  ['jersey', 'top'],
  ['sneakers', 'shoes'],
  ['bag', 'accessory'],
  ['boots', 'shoes'],
] as const;

/** Captions of a class at three levels, the most specific first. */
type Captions = readonly [specific: string, kind: string, general: string];

const captionsOfClasses: readonly Captions[] = [
  ...DIGITS.map(
    (name, i): Captions => [`digit ${name}`, `${i % 2 ? 'odd' : 'even'} digit`, 'number'],
  ),
  ...CLOTHES.map(
    ([name, kind]): Captions => [`clothing ${kind} ${name}`, `clothing ${kind}`, 'clothing'],
  ),
];

/** Images of digits and clothes with their captions. */
export interface Captioned {
  /** Every image three times, with its caption of each level. */
  readonly train: TwoSides;
  /** Images that are not trained on, and the class of each among the 20. */
  readonly test: Matrix;
  readonly classes: Int32Array;
  /** The captions, each once, and their vectors. */
  readonly captions: readonly string[];
  readonly vectors: Matrix;
  /** Places of the captions of each class, the most specific first. */
  readonly places: readonly (readonly [number, number, number])[];
}

/** 14 × 14 pixels beside the mean GloVe vector of the words of captions. */
export async function captionedImages(
  study: StudyContext,
  counts: { readonly train: number; readonly test: number },
): Promise<Captioned> {
  const captions = [...new Set(captionsOfClasses.flat())];
  const words = new WordVectors(await loadGlove());
  const missing = sentencesOf({ captions }).flatMap((one) =>
    one.words.filter((w) => !words.has(w)),
  );
  if (missing.length > 0)
    throw new InputError('captions', `GloVe has no vector for ${missing.join(', ')}.`);
  const vectors = words.means(sentencesOf({ captions }), () => 1);
  const places = captionsOfClasses.map(
    ([a, b, c]) => [captions.indexOf(a), captions.indexOf(b), captions.indexOf(c)] as const,
  );
  const [train, test] = [
    await drawn(study, 'train', counts.train),
    await drawn(study, 'test', counts.test),
  ];
  return {
    train: threeTimes(train, vectors, places),
    test: test.images,
    classes: test.classes,
    captions,
    vectors,
    places,
  };
}

interface Drawn {
  readonly images: Matrix;
  readonly classes: Int32Array;
}

/** As many images of either set, drawn by seed. */
async function drawn(study: StudyContext, part: 'train' | 'test', count: number): Promise<Drawn> {
  const parts: Float32Array[] = [];
  const classes: number[] = [];
  for (const [set, name] of (['mnist', 'fashion-mnist'] as const).entries()) {
    const { images, labels } = (await loadImages(study, name))[part];
    const small = halved(images.data, Math.sqrt(images.cols));
    const d = small.length / images.rows;
    for (const row of study.random.fork(`${part} ${name}`).sample(images.rows, count / 2)) {
      parts.push(small.subarray(row * d, (row + 1) * d));
      classes.push(10 * set + labels[row]);
    }
  }
  const d = parts[0].length;
  const images = zeros(parts.length, d);
  for (const [i, part] of parts.entries()) images.data.set(part, i * d);
  return { images, classes: Int32Array.from(classes) };
}

function threeTimes(
  { images, classes }: Drawn,
  vectors: Matrix,
  places: Captioned['places'],
): TwoSides {
  const [d, e] = [images.cols, vectors.cols];
  const a = zeros(3 * images.rows, d);
  const b = zeros(3 * images.rows, e);
  classes.forEach((own, i) => {
    for (const [level, place] of places[own].entries()) {
      const row = 3 * i + level;
      a.data.set(images.data.subarray(i * d, (i + 1) * d), row * d);
      b.data.set(vectors.data.subarray(place * e, (place + 1) * e), row * e);
    }
  });
  return { a, b };
}
