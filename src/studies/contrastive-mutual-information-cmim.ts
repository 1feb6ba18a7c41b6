import { matrix } from '../core/matrix.ts';
import { uniformity } from '../families/metrics/index.ts';
import * as papers from '../method/bibliography/papers.ts';
import { unitOrAxisRows } from '../numerics/rows/unit-rows.ts';
import {
  aboveBaseline,
  atMost,
  atMostTimesBaseline,
  belowBaseline,
  defineStudy,
  type StudyContext,
} from './define.ts';
import { type Coded, codedByAutoencoder, codedByContrast, type Split } from './support/codes.ts';
import { loadImages } from './support/images.ts';
import { measuredAlone } from './support/measured.ts';
import { halved } from './support/shifted-views.ts';
import { type Labeled, nearestAccuracy, softmaxAccuracy } from './support/transfer.ts';

const BATCH = 64;
const [SMALL, LARGE] = [16, 256];

export default defineStudy({
  paper: papers.contrastiveMutualInformationCmim,
  methods: ['learners/autoencoder', 'objectives/nt-xent', 'metrics/uniformity'],
  claim:
    'A contrast within MIM gives codes that classify better than those of MIM and of InfoNCE, without augmentation, at the same reconstruction and whatever the batch size; features inside the decoder classify better still.',
  data: [
    {
      name: 'MNIST, 1,500 training and 500 test images, at 14 × 14',
      source: 'study-data/mnist',
      licence: 'CC BY-SA 3.0',
    },
    {
      name: 'Fashion-MNIST, 1,500 training and 500 test images, at 14 × 14',
      source: 'study-data/fashion-mnist',
      licence: 'MIT',
    },
  ],
  lines: {
    digitsNearest: {
      claim: 'MNIST: 5 nearest neighbors classify codes of cMIM better than those of MIM',
      unit: '%',
      baseline: 'MIM',
      holds: aboveBaseline(),
    },
    digitsProbe: {
      claim: 'MNIST: so does softmax regression',
      unit: '%',
      baseline: 'MIM',
      holds: aboveBaseline(),
    },
    fashionNearest: {
      claim: 'Fashion-MNIST: nearest neighbors',
      unit: '%',
      baseline: 'MIM',
      holds: aboveBaseline(),
    },
    fashionProbe: {
      claim: 'Fashion-MNIST: softmax regression',
      unit: '%',
      baseline: 'MIM',
      holds: aboveBaseline(),
    },
    digitsRebuilt: {
      claim: 'MNIST: at an error of reconstruction at most 5 % above that of MIM',
      baseline: 'MIM',
      holds: atMostTimesBaseline(1.05),
    },
    fashionRebuilt: {
      claim: 'Fashion-MNIST: reconstruction',
      baseline: 'MIM',
      holds: atMostTimesBaseline(1.05),
    },
    batch: {
      claim: `Batches of ${SMALL} or of ${LARGE} differ by less than a point of softmax regression, MNIST`,
      unit: '%',
      holds: atMost(0.01),
    },
    batchBesides: {
      claim: 'They differ by less than with InfoNCE',
      unit: '%',
      baseline: 'InfoNCE with shifts and noise',
      holds: belowBaseline(),
    },
    decoderCmim: {
      claim:
        'Features inside the decoder classify better than codes (softmax regression, MNIST): cMIM',
      unit: '%',
      baseline: 'codes',
      holds: aboveBaseline(),
    },
    decoderMim: { claim: 'MIM', unit: '%', baseline: 'codes', holds: aboveBaseline() },
    decoderVae: { claim: 'VAE', unit: '%', baseline: 'codes', holds: aboveBaseline() },
    plainContrast: {
      claim: 'MNIST: softmax regression on cMIM is better than on InfoNCE without augmentation',
      unit: '%',
      baseline: 'InfoNCE, two equal views',
      holds: aboveBaseline(),
    },
    augmented: {
      claim: 'MNIST: better than InfoNCE with augmentation',
      unit: '%',
      baseline: 'InfoNCE with shifts and noise',
      holds: aboveBaseline(),
    },
    augmentedFashion: {
      claim: 'Fashion-MNIST: better than InfoNCE with augmentation',
      unit: '%',
      baseline: 'InfoNCE with shifts and noise',
      holds: aboveBaseline(),
    },
  },
  readings: {
    vae: { title: 'VAE, MNIST: softmax regression on codes', unit: '%' },
    pixels: { title: 'Pixels, MNIST: softmax regression', unit: '%' },
    nearestOfDecoder: { title: 'cMIM, MNIST: nearest neighbors inside the decoder', unit: '%' },
    nearestAugmented: { title: 'InfoNCE with augmentation, MNIST: nearest neighbors', unit: '%' },
    uniformityCmim: { title: 'Uniformity of the directions of codes, MNIST: cMIM' },
    uniformityMim: { title: 'Uniformity, MIM' },
    uniformityNce: { title: 'Uniformity, InfoNCE with augmentation' },
  },
  deviations: [
    'Slices of the sets at 14 × 14 pixels; one hidden layer of 128 on either side and 16 columns of code; 12 epochs; a normal decoder of deviation 1 on scaled pixels in place of Bernoulli.',
    'τ = 0.1, and log variances kept above −6: the values of the paper were not found.',
    'The paper’s molecules are left out.',
    'Batches of all sizes see the images equally often at one learning rate: some 1,100 steps of 16, 60 to 70 of 256.',
    'The contrast, log 2 where codes tell nothing, stands with weight 1 beside an error summed over 196 pixels: it moves little here, and no larger weight was tried.',
  ],
  async run(study) {
    const digits = await imagesOf(study, 'mnist');
    const fashion = await imagesOf(study, 'fashion-mnist');
    let done = 0;
    const coded = async (code: () => Promise<Coded>) => {
      const found = await code();
      done += 1;
      await study.tick(done / 13);
      return found;
    };
    const by = (data: Split, loss: 'vae' | 'mim' | 'cmim', batch = BATCH) =>
      coded(() => codedByAutoencoder(study, data, loss, batch));
    const nce = (data: Split, augmented: boolean, batch = BATCH) =>
      coded(() => codedByContrast(study, data, { augmented, batch }));
    const nearest = ({ codes }: { codes: Split }) =>
      nearestAccuracy(codes.train, codes.test, study.engine);
    const probe = ({ codes }: { codes: Split }) => probed(study, codes);
    const uniform = ({ codes }: Coded) => uniformityOf(study, codes.test);

    const [vae, mim, cmim] = [
      await by(digits, 'vae'),
      await by(digits, 'mim'),
      await by(digits, 'cmim'),
    ];
    const [augmented, plain] = [await nce(digits, true), await nce(digits, false)];
    const sized = async (make: (batch: number) => Promise<Coded>) =>
      Math.abs((await probe(await make(SMALL))) - (await probe(await make(LARGE))));
    const change = await sized((batch) => by(digits, 'cmim', batch));
    const changeOfNce = await sized((batch) => nce(digits, true, batch));
    const [mimFashion, cmimFashion] = [await by(fashion, 'mim'), await by(fashion, 'cmim')];
    const nceFashion = await nce(fashion, true);

    const [ofCmim, ofMim, ofVae] = [await probe(cmim), await probe(mim), await probe(vae)];
    const ofCmimFashion = await probe(cmimFashion);
    const inside = async ({ hidden }: Coded) => (hidden ? await probed(study, hidden) : NaN);
    const against = (value: number, baseline: number) => ({ value, baseline });
    const error = ({ reconstruction = NaN }: Coded) => reconstruction;
    const ofAugmented = await probe(augmented);
    return {
      digitsNearest: against(await nearest(cmim), await nearest(mim)),
      digitsProbe: against(ofCmim, ofMim),
      fashionNearest: against(await nearest(cmimFashion), await nearest(mimFashion)),
      fashionProbe: against(ofCmimFashion, await probe(mimFashion)),
      digitsRebuilt: against(error(cmim), error(mim)),
      fashionRebuilt: against(error(cmimFashion), error(mimFashion)),
      batch: change,
      batchBesides: against(change, changeOfNce),
      decoderCmim: against(await inside(cmim), ofCmim),
      decoderMim: against(await inside(mim), ofMim),
      decoderVae: against(await inside(vae), ofVae),
      plainContrast: against(ofCmim, await probe(plain)),
      augmented: against(ofCmim, ofAugmented),
      augmentedFashion: against(ofCmimFashion, await probe(nceFashion)),
      vae: ofVae,
      pixels: await probed(study, digits),
      nearestOfDecoder: await nearest({ codes: cmim.hidden ?? cmim.codes }),
      nearestAugmented: await nearest(augmented),
      uniformityCmim: await uniform(cmim),
      uniformityMim: await uniform(mim),
      uniformityNce: await uniform(augmented),
    };
  },
});

async function imagesOf(study: StudyContext, name: 'mnist' | 'fashion-mnist'): Promise<Split> {
  const { train, test } = await loadImages(study, name);
  const some = ({ images, labels }: typeof train, n: number): Labeled => {
    const pixels = halved(images.data.subarray(0, n * images.cols), Math.sqrt(images.cols));
    return { points: matrix(pixels, n, pixels.length / n), labels: labels.slice(0, n) };
  };
  return study.quick
    ? { train: some(train, 200), test: some(test, 100) }
    : { train: some(train, train.labels.length), test: some(test, test.labels.length) };
}

const probed = ({ engine, quick }: StudyContext, { train, test }: Split) =>
  softmaxAccuracy(train, test, engine, { steps: quick ? 30 : 100 });

async function uniformityOf(study: StudyContext, { points }: Labeled): Promise<number> {
  const rows = unitOrAxisRows('cmim', points);
  return (await measuredAlone(uniformity, rows, {}, study)).value;
}
