import {
  gathered,
  type Matrix,
  matrix,
  rows as rowsOf,
  toFloat32,
  toFloat64,
} from '../core/matrix.ts';
import {
  functorial,
  pca,
  stability,
  strengthDistances,
  umap,
} from '../families/reduction/index.ts';
import * as papers from '../method/bibliography/papers.ts';
import { atLeast, atMost, defineStudy, notBelowBaseline, type StudyContext } from './define.ts';
import { type Labeled, linearProbe } from './support/class-probes.ts';
import { loadImages } from './support/images.ts';
import { loadRequests } from './support/requests.ts';

const DIM = 25;
/** A few points: what the paper calls competitive. */
const FEW = 0.05;
/** How far rows are moved, as a share of the mean distance to the nearest row. */
const NOISE = 0.1;

export default defineStudy({
  paper: papers.functorialManifoldLearning,
  methods: ['reduction/functorial', 'reduction/umap', 'reduction/pca'],
  claim:
    'Maps that are recombined from the parts of known ones keep what tells classes apart as well as UMAP does, and those by single linkage bear noise: no distance moves by more than the rows did.',
  data: [
    {
      name: 'Fashion-MNIST: 2,000 images of 784 pixels',
      source: 'study-data/fashion-mnist',
      licence: 'MIT',
    },
    {
      name: 'CLINC150: requests to an assistant with the domains of their intents, 192 dimensions',
      source: 'study-data/clinc150',
      licence: 'CC BY 3.0',
    },
  ],
  quickSeeds: 2,
  lines: {
    imagesSpectral: {
      claim:
        'Of 25 columns, fuzzy strengths with a spectral map (LUMAP) tell clothes apart as well as UMAP does, to 5 points',
      unit: '%',
      baseline: 'UMAP',
      holds: notBelowBaseline(FEW),
    },
    requestsSpectral: {
      claim: 'LUMAP tells the domains of requests apart as well as UMAP does, to 5 points',
      unit: '%',
      baseline: 'UMAP',
      holds: notBelowBaseline(FEW),
    },
    imagesLinkage: {
      claim: 'Single linkage scaling tells clothes apart as well as UMAP does, to 5 points',
      unit: '%',
      baseline: 'UMAP',
      holds: notBelowBaseline(FEW),
    },
    requestsLinkage: {
      claim:
        'Single linkage scaling tells the domains of requests apart as well as UMAP does, to 5 points',
      unit: '%',
      baseline: 'UMAP',
      holds: notBelowBaseline(FEW),
    },
    imagesEntropy: {
      claim:
        'Exponential strengths with the objective of UMAP (MLCE) tell clothes apart as well as UMAP does, to 5 points',
      unit: '%',
      baseline: 'UMAP',
      holds: notBelowBaseline(FEW),
    },
    linkageBound: {
      claim:
        'Where rows move by σ, no distance of single linkage moves by more than 2σ: the largest change over 2σ',
      holds: atMost(1),
    },
    fuzzyBound: {
      claim: 'Distances of fuzzy strengths keep no such bound: the largest change over 2σ',
      holds: atLeast(1),
    },
    level: {
      claim: 'Rows that are added let no strength of single linkage fall: share of pairs that do',
      unit: '%',
      holds: atMost(0),
    },
    refined: {
      claim:
        'Single linkage joins rows at least as strongly as maximal linkage does: share of pairs that it does not',
      unit: '%',
      holds: atMost(0),
    },
  },
  readings: {
    imagesUmap: { title: 'Clothes told apart by UMAP in 25 columns', unit: '%' },
    imagesComponents: { title: 'Clothes told apart by PCA in 25 columns', unit: '%' },
    requestsUmap: { title: 'Domains told apart by UMAP in 25 columns', unit: '%' },
    requestsComponents: { title: 'Domains told apart by PCA in 25 columns', unit: '%' },
    exponentialBound: { title: 'Largest change along exponential paths over 2σ' },
    scalingBound: { title: 'Largest change of metric scaling in 2 columns over 2σ' },
    linkageScalingBound: { title: 'Largest change of single linkage scaling in 2 columns over 2σ' },
    fuzzyLevel: { title: 'Pairs whose fuzzy strength falls when rows are added', unit: '%' },
  },
  deviations: [
    'Requests with ten domains in place of 20 newsgroups, hundreds of rows, logistic regression alone, no forests.',
    'All rows are mapped at once without their classes; the probe learns from three quarters and is asked for the rest, as maps of a finite space have it.',
    'Scaling is metric, by 100 steps of majorization from classical scaling; LUMAP’s eigenvectors come from 100 Lanczos steps.',
    'The chains of mutated sequences that the authors’ code draws are left out.',
  ],
  async run(study) {
    const { quick, tick } = study;
    const images = await imagesOf(study);
    const requests = await requestsOf(study);
    const ofImages = await probes(images, study);
    await tick(0.4);
    const ofRequests = await probes(requests, study);
    await tick(0.8);
    const some = rowsOf(images.points, 0, quick ? 50 : 200);
    const moved = await movements(some, study);
    const levels = await levelsOf(some);
    return {
      imagesSpectral: { value: ofImages.spectral, baseline: ofImages.umap },
      requestsSpectral: { value: ofRequests.spectral, baseline: ofRequests.umap },
      imagesLinkage: { value: ofImages.linkage, baseline: ofImages.umap },
      requestsLinkage: { value: ofRequests.linkage, baseline: ofRequests.umap },
      imagesEntropy: { value: ofImages.entropy, baseline: ofImages.umap },
      linkageBound: moved.linkage,
      fuzzyBound: moved.fuzzy,
      level: levels.linkage,
      refined: levels.refined,
      imagesUmap: ofImages.umap,
      imagesComponents: ofImages.components,
      requestsUmap: ofRequests.umap,
      requestsComponents: ofRequests.components,
      exponentialBound: moved.exponential,
      scalingBound: moved.scaling,
      linkageScalingBound: moved.linkageScaling,
      fuzzyLevel: levels.fuzzy,
    };
  },
});

async function imagesOf(study: StudyContext): Promise<Labeled> {
  const { train } = await loadImages(study, 'fashion-mnist');
  const picked = study.random.fork('images').sample(train.images.rows, study.quick ? 80 : 600);
  return { points: gathered(train.images, picked), labels: picked.map((i) => train.labels[i]) };
}

async function requestsOf({ quick, data, random }: StudyContext): Promise<Labeled> {
  const { inScope, domainOf } = await loadRequests(data);
  const { vectors, labels } = inScope.train;
  const picked = random.fork('requests').sample(vectors.rows, quick ? 80 : 600);
  return { points: gathered(vectors, picked), labels: picked.map((i) => domainOf[labels[i]]) };
}

/** Accuracy of a linear probe on maps of the rows. */
async function probes({ points, labels }: Labeled, { quick, seed, engine, signal }: StudyContext) {
  const run = { engine, signal };
  const dim = quick ? 5 : DIM;
  const epochs = quick ? 10 : 200;
  const probed = ({ points: map }: { readonly points: Matrix }) => {
    const known = Math.floor((3 * map.rows) / 4);
    const part = (a: number, b: number): Labeled => ({
      points: rowsOf(toFloat64(map), a, b),
      labels: labels.subarray(a, b),
    });
    return linearProbe(part(0, known), part(known, map.rows));
  };
  const own = { dim, seed, epochs };
  return {
    umap: probed(await umap(points, own, run)),
    components: probed(await pca(points, { dim }, run)),
    spectral: probed(
      await functorial(points, { ...own, strengths: 'fuzzy', objective: 'spectral' }, run),
    ),
    linkage: probed(
      await functorial(points, { dim, seed, strengths: 'single-linkage', objective: 'mds' }, run),
    ),
    entropy: probed(
      await functorial(points, { ...own, strengths: 'exponential', objective: 'umap' }, run),
    ),
  };
}

/** The largest change of distances over what rows may move, for strengths and for maps. */
async function movements(points: Matrix, study: StudyContext) {
  const { engine, signal, seed } = study;
  const nearest = await engine.nearest(toFloat32(points), 1, { signal });
  const gap = nearest.distances.reduce((sum, distance) => sum + distance, 0) / points.rows;
  const k = connected(points.rows);
  const options = { noise: NOISE * gap, trials: study.quick ? 2 : 5, seed };
  const share = async (distancesOf: (rows: Matrix) => Promise<Matrix | Float64Array>) => {
    const { largest, bound } = await stability(toFloat64(points), distancesOf, options);
    return largest / bound;
  };
  const own = { dim: 2, seed, objective: 'mds' } as const;
  return {
    linkage: await share((rows) => strengthDistances(rows, { strengths: 'single-linkage' })),
    fuzzy: await share((rows) => strengthDistances(rows, { strengths: 'fuzzy', k })),
    exponential: await share((rows) => strengthDistances(rows, { strengths: 'exponential', k })),
    scaling: await share(
      async (rows) => (await functorial(rows, { ...own, strengths: 'maximal-linkage' })).points,
    ),
    linkageScaling: await share(
      async (rows) => (await functorial(rows, { ...own, strengths: 'single-linkage' })).points,
    ),
  };
}

/** Neighbours that keep a graph of so few rows in one part. */
const connected = (n: number) => Math.max(15, Math.floor(n / 5));

/** Shares of pairs that break the order of strengths: when as many rows are added, and between linkages. */
async function levelsOf(points: Matrix) {
  const half = Math.floor(points.rows / 2);
  const all = toFloat64(points);
  const few = matrix(all.data.slice(0, half * all.cols), half, all.cols);
  const k = connected(points.rows);
  const falling = async (strengths: 'single-linkage' | 'fuzzy') => {
    const options = { strengths, k, scale: 1 };
    const before = await strengthDistances(few, options);
    const after = await strengthDistances(all, options);
    return before.filter((distance, p) => after[p] > distance).length / before.length;
  };
  const single = await strengthDistances(all, { strengths: 'single-linkage' });
  const maximal = await strengthDistances(all, { strengths: 'maximal-linkage' });
  // Both come from differences of the same rows: a merge height is one of the distances, to rounding.
  const above = single.filter((height, p) => height > maximal[p] * (1 + 1e-12));
  return {
    linkage: await falling('single-linkage'),
    fuzzy: await falling('fuzzy'),
    refined: above.length / single.length,
  };
}
