import type { Matrix } from '../core/matrix.ts';
import type { Learned } from '../families/learners/index.ts';
import * as papers from '../method/bibliography/papers.ts';
import {
  aboveBaseline,
  atLeast,
  atMost,
  between,
  defineStudy,
  notBelowBaseline,
  type StudyContext,
} from './define.ts';
import { type Captioned, captionedImages } from './support/captions.ts';
import { embeddedSides, learntTowers, type TowerOptions, type TwoSides } from './support/towers.ts';

const FULL = { hidden: 128, dim: 32, batch: 128, steps: 500 } as const;
const QUICK = { hidden: 16, dim: 8, batch: 32, steps: 15 } as const;

/** What is asked of a model. */
interface Found {
  /** Share of the images whose nearest caption of the most specific level is their own. */
  readonly named: number;
  /** Share of captions and more general ones of them of which the general one is nearer to the root. */
  readonly ordered: number;
  /** Share of images and their captions of which the caption is nearer to the root. */
  readonly above: number;
  readonly report: Learned['report'];
}

export default defineStudy({
  paper: papers.meru,
  methods: ['learners/two-towers'],
  claim:
    'Images and texts in hyperbolic space, texts entailing their images: as good a search as on the sphere, with general texts nearer to the root than specific ones, and images farther out.',
  data: [
    {
      name: 'MNIST, 1,000 training and 250 test images drawn by seed, at 14 × 14',
      source: 'study-data/mnist',
      licence: 'CC BY-SA 3.0',
    },
    {
      name: 'Fashion-MNIST, as many',
      source: 'study-data/fashion-mnist',
      licence: 'MIT',
    },
    {
      name: 'Three captions a class (digit seven, odd digit, number; clothing shoes boots, clothing shoes, clothing), as mean GloVe vectors × 100',
      source: 'data/glove-slice',
      licence: 'PDDL 1.0',
    },
  ],
  lines: {
    named: {
      claim:
        'The caption of an unseen image among the 20 most specific ones is found as often as on the sphere, less a point',
      unit: '%',
      baseline: 'the same encoders with the loss of CLIP',
      holds: notBelowBaseline(0.01),
    },
    ordered: {
      claim:
        'More than 80 % of captions lie farther from the root than the more general ones of their class',
      unit: '%',
      holds: atLeast(0.8),
    },
    orderedBesides: {
      claim:
        'They do so more often than on the sphere, by the distance from the mean of all embeddings',
      unit: '%',
      baseline: 'CLIP',
      holds: aboveBaseline(),
    },
    above: {
      claim: 'Captions are nearer to the root than their images, nine of ten pairs at least',
      unit: '%',
      holds: atLeast(0.9),
    },
    entailed: {
      claim: 'More than 70 % of held-out images lie in the cone of their caption',
      unit: '%',
      holds: atLeast(0.7),
    },
    withoutCones: {
      claim: 'Hardly any do where the cones have no weight',
      unit: '%',
      holds: atMost(0.1),
    },
    curvature: {
      claim: 'The curvature stays inside its bounds of 0.1 and 10',
      holds: between(0.101, 9.9),
    },
  },
  readings: {
    orderedWithout: { title: 'Captions in order without cones', unit: '%' },
    namedWithout: { title: 'Captions found without cones', unit: '%' },
    aboveOnSphere: { title: 'Captions nearer to the mean than their images: CLIP', unit: '%' },
    temperature: { title: 'Temperature learned by MERU' },
  },
  deviations: [
    'Small images with captions of three levels in place of 12 million pairs; encoders with one hidden layer, 32 columns, 500 steps of 128 pairs.',
    'Many pairs of a batch have the same caption and are negatives of one another all the same.',
    'The root of the sphere is the mean of all training embeddings at unit length, as in the paper’s traversals.',
    'Of the pairs, 10 % are held out for the cones; their images may have been seen with another caption.',
  ],
  async run(study) {
    const data = await captionedImages(
      study,
      study.quick ? { train: 120, test: 60 } : { train: 2000, test: 500 },
    );
    let done = 0;
    const found = async (options: TowerOptions): Promise<Found> => {
      const result = await asked(study, data, { ...(study.quick ? QUICK : FULL), ...options });
      done += 1;
      await study.tick(done / 3);
      return result;
    };
    const clip = await found({ loss: 'clip' });
    const meru = await found({ loss: 'meru' });
    const without = await found({ loss: 'meru', entailment: 0 });
    return {
      named: { value: meru.named, baseline: clip.named },
      ordered: meru.ordered,
      orderedBesides: { value: meru.ordered, baseline: clip.ordered },
      above: meru.above,
      entailed: meru.report['entailed'],
      withoutCones: without.report['entailed'],
      curvature: meru.report['curvature'],
      orderedWithout: without.ordered,
      namedWithout: without.named,
      aboveOnSphere: clip.above,
      temperature: meru.report['temperature'],
    };
  },
});

async function asked(study: StudyContext, data: Captioned, options: TowerOptions): Promise<Found> {
  const learned = await learntTowers(study, data.train, { heldOut: 0.1, ...options });
  const embedded = await embeddedSides(study, learned, { a: data.test, b: data.vectors });
  const isCurved = options.loss === 'meru';
  const closeness = isCurved ? lorentzProduct : product;
  const specific = data.places.map(([place]) => place);
  const named = shareOf(data.classes, (own, i) => {
    const near = (place: number) => closeness(embedded.a, i, embedded.b, place);
    const best = specific.reduce((most, place) => (near(place) > near(most) ? place : most));
    return best === specific[own];
  });
  const radius = isCurved
    ? ({ data: x, cols: d }: Matrix, i: number) => x[i * d]
    : await radiusOnSphere(study, learned, data.train);
  const general = data.places.flatMap(([a, b, c]) => [
    [a, b],
    [b, c],
  ]);
  const ordered = shareOf(
    general,
    ([own, above]) => radius(embedded.b, above) < radius(embedded.b, own),
  );
  const above = shareOf(
    data.classes,
    (own, i) => radius(embedded.b, specific[own]) < radius(embedded.a, i),
  );
  return { named, ordered, above, report: learned.report };
}

/** The distance from the mean direction of all training embeddings, as minus the cosine. */
async function radiusOnSphere(study: StudyContext, learned: Learned, train: TwoSides) {
  const { a, b } = await embeddedSides(study, learned, train);
  const d = a.cols;
  const root = new Float64Array(d);
  for (const { data } of [a, b]) for (let e = 0; e < data.length; e++) root[e % d] += data[e];
  return (points: Matrix, i: number) => {
    let sum = 0;
    for (let k = 0; k < d; k++) sum += points.data[i * d + k] * root[k];
    return -sum;
  };
}

function product(x: Matrix, i: number, y: Matrix, j: number): number {
  let sum = 0;
  for (let k = 0; k < x.cols; k++) sum += x.data[i * x.cols + k] * y.data[j * y.cols + k];
  return sum;
}

/** −x₀y₀ + ⟨x, y⟩: larger where the distance is smaller. */
const lorentzProduct = (x: Matrix, i: number, y: Matrix, j: number) =>
  product(x, i, y, j) - 2 * x.data[i * x.cols] * y.data[j * y.cols];

function shareOf<T>(list: ArrayLike<T>, holds: (one: T, at: number) => boolean): number {
  return Array.from(list).filter(holds).length / list.length;
}
