import type { KnnGraph } from '../core/graph.ts';
import { gathered, matrix } from '../core/matrix.ts';
import { Random } from '../core/random.ts';
import { centering, rankToNormal } from '../families/neighbors/index.ts';
import { loadPackageDescriptions } from '../io/datasets/index.ts';
import * as papers from '../method/bibliography/papers.ts';
import { skewness } from '../numerics/statistics/averages.ts';
import { antiHubShare, occurrences } from '../structures/neighbors/occurrences.ts';
import {
  atMost,
  atMostTimesBaseline,
  belowBaseline,
  defineStudy,
  type StudyContext,
} from './define.ts';

const K = 10;
/** Parts that a permutation of the descriptions is cut into: one for each seed. */
const PARTS = 5;

export default defineStudy({
  paper: papers.hubnessReductionSbert,
  methods: ['neighbors/rank-to-normal', 'neighbors/centering', 'metrics/hubness-skewness'],
  claim:
    'Sentence embeddings have hubs; ranks to normal with mutual proximity remove about three quarters of the hubness and lower the error of nearest-neighbour classification.',
  data: [
    {
      name: 'Sentence embeddings of 20,000 package descriptions, 512 dimensions, with sections',
      source:
        'Universal Sentence Encoder of descriptions of Debian 12, study-data/package-descriptions',
      licence: 'free metadata of Debian; encoder Apache-2.0',
    },
    { name: '3,000 normal rows, 200 dimensions', source: 'by seed', licence: 'planted' },
  ],
  lines: {
    half: {
      claim: 'The skewness of the 10-occurrence falls to half or less',
      baseline: 'no correction',
      holds: atMostTimesBaseline(0.5),
    },
    quarter: {
      claim: 'The skewness of the 10-occurrence falls to a quarter or less, as in the paper',
      baseline: 'no correction',
      holds: atMostTimesBaseline(0.25),
    },
    centering: {
      claim: 'The skewness of the 10-occurrence falls below that after centring',
      baseline: 'centring',
      holds: belowBaseline(),
    },
    antiHubs: {
      claim: 'The share of texts that are nobody’s neighbour falls to half or less',
      unit: '%',
      baseline: 'no correction',
      holds: atMostTimesBaseline(0.5),
    },
    error: {
      claim: 'The error of 10-nearest-neighbour classification falls',
      unit: '%',
      baseline: 'no correction',
      holds: belowBaseline(),
    },
    normalSkewness: {
      claim: 'On normal rows the skewness falls to a tenth or less',
      baseline: 'no correction',
      holds: atMostTimesBaseline(0.1),
    },
    normalAntiHubs: {
      claim: 'On normal rows hardly any is nobody’s neighbour',
      unit: '%',
      baseline: 'no correction',
      holds: atMost(0.001),
    },
  },
  readings: {
    centeringError: {
      title: 'Error of 10-nearest-neighbour classification after centring',
      unit: '%',
    },
  },
  deviations: [
    'Universal Sentence Encoder in place of Sentence-BERT, and the section of a package in place of the topic of a text.',
    'Each seed takes 4,000 other rows of the 20,000 descriptions.',
    'Mutual proximity chooses among the 1,000 nearest texts.',
  ],
  async run(study) {
    const { quick, random, engine, signal, tick } = study;
    const { points, sections } = await descriptions(study);
    const list = { k: K, candidates: quick ? 100 : 1000 };
    const neighbors = await engine.nearest(points, list.candidates, { signal });
    await tick(0.3);
    const { graph: after } = await rankToNormal(points, list, { engine, signal, neighbors });
    await tick(0.6);
    const { graph: centred } = await centering(points, list, { engine, signal, neighbors });
    await tick(0.7);
    const [n, d] = quick ? [500, 50] : [3000, 200];
    const rows = matrix(
      Float32Array.from({ length: n * d }, () => random.normal()),
      n,
      d,
    );
    const normal = hubness(await engine.nearest(rows, K, { signal }));
    const corrected = await rankToNormal(rows, list, { engine, signal });
    const normalAfter = hubness(corrected.graph);
    const [plain, reduced, centredHubs] = [neighbors, after, centred].map(hubness);
    const skew = { value: reduced.skewness, baseline: plain.skewness };
    return {
      half: skew,
      quarter: skew,
      centering: { value: reduced.skewness, baseline: centredHubs.skewness },
      antiHubs: { value: reduced.antiHubs, baseline: plain.antiHubs },
      error: { value: error(after, sections), baseline: error(neighbors, sections) },
      normalSkewness: { value: normalAfter.skewness, baseline: normal.skewness },
      normalAntiHubs: { value: normalAfter.antiHubs, baseline: normal.antiHubs },
      centeringError: error(centred, sections),
    };
  },
});

/** A fifth of the descriptions, another for each of five seeds, and the sections they stand in. */
async function descriptions({ seed, quick, data }: StudyContext) {
  // The package ships a quarter of them, enough for the quick form.
  const folder = quick ? undefined : await data.folder('package-descriptions');
  const { points, columns } = await loadPackageDescriptions(folder);
  const { section = [] } = columns ?? {};
  const turn = seed - 1;
  const order = Random.fromSeed(Math.floor(turn / PARTS)).sample(points.rows);
  const size = Math.floor(points.rows / PARTS);
  const from = (turn % PARTS) * size;
  const chosen = order.slice(from, from + (quick ? 500 : size)).sort();
  return {
    points: gathered(points, chosen),
    sections: Array.from(chosen, (i) => String(section[i])),
  };
}

function hubness(graph: KnnGraph) {
  const counts = occurrences(graph, K);
  return { skewness: skewness(counts), antiHubs: antiHubShare(counts) };
}

/** Share of rows whose class is not that of most of their first k neighbours; ties to the nearer. */
function error({ indices, n, k }: KnnGraph, classes: readonly string[]): number {
  let wrong = 0;
  for (let i = 0; i < n; i++) {
    const votes = new Map<string, number>();
    for (const j of indices.subarray(i * k, i * k + K))
      votes.set(classes[j], (votes.get(classes[j]) ?? 0) + 1);
    const [[winner]] = [...votes].sort((a, b) => b[1] - a[1]);
    if (winner !== classes[i]) wrong += 1;
  }
  return wrong / n;
}
