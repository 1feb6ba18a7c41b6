import { gathered, type Matrix } from '../core/matrix.ts';
import { recallBothWays } from '../families/learners/index.ts';
import * as papers from '../method/bibliography/papers.ts';
import { aboveBaseline, defineStudy, type StudyContext } from './define.ts';
import { principalComponents, unitLength } from './support/embeddings.ts';
import { loadImages } from './support/images.ts';
import { orientedGradients, scannerOf, scansOf } from './support/measured-images.ts';
import {
  embeddedSides,
  learntTowers,
  type SidesToLearn,
  type TowerOptions,
} from './support/towers.ts';

const FULL = { hidden: 256, dim: 64, batch: 64, steps: 700 } as const;
const QUICK = { hidden: 32, dim: 64, batch: 32, steps: 25 } as const;

/** Voxels, noise in deviations of the signal, and scans of each image whose mean is taken. */
const SCANNER = { voxels: 200, noise: 1, repeats: 3 } as const;

const found = (title: string) => ({ title, unit: '%' });

export default defineStudy({
  paper: papers.mindeye,
  methods: ['learners/two-towers'],
  claim:
    'A map from noisy scans into a frozen space of images finds the image that was seen: by a contrast better than by regression, with mixed inputs better still, and best where soft targets follow the mixtures.',
  data: [
    {
      name: 'MNIST, 1,500 images to learn from and 300 to ask; 200 random projections with noise as scans',
      source: 'study-data/mnist',
      licence: 'CC BY-SA 3.0',
    },
  ],
  lines: {
    contrast: {
      claim:
        'InfoNCE names the image, 1 of 300, more often than regression (mean of both directions)',
      unit: '%',
      baseline: 'mean squared error',
      holds: aboveBaseline(),
    },
    mixed: {
      claim: 'BiMixCo more often than InfoNCE',
      unit: '%',
      baseline: 'InfoNCE',
      holds: aboveBaseline(),
    },
    soft: {
      claim: 'BiMixCo, then SoftCLIP, more often than BiMixCo alone',
      unit: '%',
      baseline: 'BiMixCo',
      holds: aboveBaseline(),
    },
    softBesides: {
      claim: 'BiMixCo, then SoftCLIP, more often than InfoNCE',
      unit: '%',
      baseline: 'InfoNCE',
      holds: aboveBaseline(),
    },
    whole: {
      claim: 'BiMixCo, then SoftCLIP, more often than SoftCLIP alone',
      unit: '%',
      baseline: 'SoftCLIP',
      holds: aboveBaseline(),
    },
  },
  readings: {
    regression: found('Regression: the image is among ten'),
    infoNce: found('InfoNCE: among ten'),
    mixture: found('BiMixCo: among ten'),
    schedule: found('BiMixCo, then SoftCLIP: among ten'),
    fixed: found('InfoNCE at the fixed temperature 0.01: named'),
  },
  deviations: [
    'Scans are planted: random linear measurements of images with noise as large as they are, the mean of three; brain scans may not be passed on. So plain a relation suits regression.',
    'The frozen space is that of 64 principal components of oriented gradients, in place of CLIP; the map has one hidden layer, without dropout.',
    'Temperatures of InfoNCE and BiMixCo are learned from 0.07; 700 steps of 64 in place of 240 epochs.',
    'The diffusion prior and the reconstruction of images are left out.',
  ],
  async run(study) {
    const sides = await scannedDigits(study, study.quick ? [150, 60] : [1500, 300]);
    let done = 0;
    const named = async (options: TowerOptions) => {
      const own = { ...(study.quick ? QUICK : FULL), otherEncoder: 'none', ...options } as const;
      const learned = await learntTowers(study, sides.train, own);
      const { a, b } = await embeddedSides(study, learned, sides.test);
      const { there, back } = recallBothWays(a, b);
      done += 1;
      await study.tick(done / 6);
      return {
        first: (there.recallAt1 + back.recallAt1) / 2,
        ten: (there.recallAt10 + back.recallAt10) / 2,
      };
    };
    const regression = await named({ loss: 'distance' });
    const contrast = await named({ loss: 'clip' });
    const mixed = await named({ loss: 'bi-mixco', mixed: 1 });
    const whole = await named({ loss: 'bi-mixco' });
    const soft = await named({ loss: 'soft-clip' });
    const fixed = await named({ loss: 'clip', temperature: 0.01, learnTemperature: false });
    return {
      contrast: { value: contrast.first, baseline: regression.first },
      mixed: { value: mixed.first, baseline: contrast.first },
      soft: { value: whole.first, baseline: mixed.first },
      softBesides: { value: whole.first, baseline: contrast.first },
      whole: { value: whole.first, baseline: soft.first },
      regression: regression.ten,
      infoNce: contrast.ten,
      mixture: mixed.ten,
      schedule: whole.ten,
      fixed: fixed.first,
    };
  },
});

/** Scans of digits beside their places in the frozen space. */
async function scannedDigits(
  study: StudyContext,
  [learnt, askedFor]: readonly [number, number],
): Promise<SidesToLearn> {
  const { train, test } = await loadImages(study, 'mnist');
  const draw = (images: Matrix, name: string, count: number) =>
    gathered(images, study.random.fork(name).sample(images.rows, count));
  const images = {
    train: draw(train.images, 'train', learnt),
    test: draw(test.images, 'test', askedFor),
  };
  const scanner = scannerOf(train.images.cols, study.random.fork('scanner'), SCANNER);
  const placed = await principalComponents(orientedGradients(images.train), FULL.dim, study);
  const side = (name: 'train' | 'test') => {
    const scans = scansOf(images[name], scanner, study.random.fork(`noise ${name}`));
    const { data, rows, cols } = unitLength(placed(orientedGradients(images[name])));
    return { a: scans, b: { data: Float32Array.from(data), rows, cols } };
  };
  return { train: side('train'), test: side('test') };
}
