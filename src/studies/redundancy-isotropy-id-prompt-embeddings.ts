import type { KnnGraph } from '../core/graph.ts';
import { gathered, type Matrix, zeros, zeros64 } from '../core/matrix.ts';
import { Random } from '../core/random.ts';
import { spearman } from '../core/ranks.ts';
import { unitRows } from '../core/rows.ts';
import {
  createSpace,
  isoscore,
  type Measured,
  type Metric,
  truncation,
  twoNn,
} from '../families/metrics/index.ts';
import { loadCora, loadPackageDescriptions } from '../io/datasets/index.ts';
import * as papers from '../method/bibliography/papers.ts';
import { type OptionSpecs, resolveOptions } from '../method/options.ts';
import { qr } from '../numerics/decompositions/index.ts';
import { covarianceOf } from '../structures/spectra/covariance.ts';
import { aboveBaseline, atLeast, defineStudy, nearBaseline, type StudyContext } from './define.ts';
import { judgedWords } from './support/judged-words.ts';
import { keptSimilarity } from './support/kept-similarity.ts';

const K = 10;
/** Parts that a permutation of the descriptions is cut into: one for each seed. */
const PARTS = 5;
/** Shares of the dimensions at which every task is taken. */
const SHARES = [1 / 64, 1 / 32, 1 / 16, 1 / 8, 1 / 4, 3 / 8, 1 / 2, 5 / 8, 3 / 4, 7 / 8, 1];
const QUARTER = SHARES.indexOf(1 / 4);
const KEEP = 0.99;
/** Deviations along the principal axes to these powers: 0 whitens, 1 leaves as it is, more flattens. */
const POWERS = [0, 0.25, 0.5, 0.75, 1, 1.5, 2];
/** Principal axes of the stretched spaces. */
const AXES = 128;
const REDRAWN = 200;
const REDRAWN_QUICK = 10;

export default defineStudy({
  paper: papers.redundancyIsotropyIdPromptEmbeddings,
  methods: ['metrics/truncation', 'metrics/isoscore', 'metrics/two-nn'],
  claim:
    'The first quarter of the dimensions of text embeddings keeps nearly all of their use, for classes even less than half a percent does; and the lower the intrinsic dimension and the isotropy, the further they can be cut.',
  data: [
    {
      name: 'Sentence embeddings of 20,000 package descriptions, 512 dimensions, with sections and tags',
      source:
        'Universal Sentence Encoder of descriptions of Debian 12, study-data/package-descriptions',
      licence: 'free metadata of Debian; encoder Apache-2.0',
    },
    {
      name: 'GloVe, 31,636 words, 100 dimensions, and four sets of word similarity',
      source: 'dataset:glove, data/word-eval',
      licence: 'PDDL; MIT',
    },
    {
      name: 'Cora, the words of 2,708 papers, 1,433 dimensions, with subjects',
      source: 'dataset:cora',
      licence: 'MIT',
    },
  ],
  lines: {
    classes: {
      claim: 'The first quarter of the columns keeps 98 % of a linear probe’s accuracy, sentences',
      unit: '%',
      holds: atLeast(0.98),
    },
    search: {
      claim: 'The first quarter keeps 98 % of the tags shared with the 10 nearest, sentences',
      unit: '%',
      holds: atLeast(0.98),
    },
    words: {
      claim: 'The first quarter keeps 98 % of the Spearman with word similarity, GloVe',
      unit: '%',
      holds: atLeast(0.98),
    },
    papers: {
      claim: 'The first quarter keeps 98 % of a linear probe’s accuracy, bags of words (Cora)',
      unit: '%',
      holds: atLeast(0.98),
    },
    few: {
      claim: 'Three of 512 columns keep 95 % of a linear probe’s accuracy, sentences',
      unit: '%',
      holds: atLeast(0.95),
    },
    order: {
      claim: 'Classes of sentences need fewer columns for 99 % than shared tags of neighbours do',
      unit: '%',
      baseline: 'for a linear probe',
      holds: aboveBaseline(),
    },
    random: {
      claim: 'A random quarter of the columns is as good as the first, sentences',
      unit: '%',
      baseline: 'the first quarter',
      holds: nearBaseline(0.02),
    },
    principal: {
      claim: 'A quarter of principal axes keeps more accuracy than the first quarter, sentences',
      unit: '%',
      baseline: 'the first quarter',
      holds: aboveBaseline(),
    },
    principalSearch: {
      claim:
        'A quarter of principal axes keeps 98 % of the tags shared with the 10 nearest, sentences',
      unit: '%',
      holds: atLeast(0.98),
    },
    principalWords: {
      claim: 'A quarter of principal axes keeps 98 % of the Spearman with word similarity, GloVe',
      unit: '%',
      holds: atLeast(0.98),
    },
    principalPapers: {
      claim: 'A quarter of principal axes keeps 98 % of a linear probe’s accuracy, Cora',
      unit: '%',
      holds: atLeast(0.98),
    },
    isotropy: {
      claim:
        'Over spaces stretched along their principal axes, IsoScore and the share that keeps 99 % have a Spearman of 0.5 or more',
      holds: atLeast(0.5),
    },
    dimension: {
      claim: 'Over the same spaces, the intrinsic dimension (TwoNN) and the share do',
      holds: atLeast(0.5),
    },
  },
  readings: {
    probeShare: {
      title: 'Share of the columns that keeps 99 % of the probe, sentences',
      unit: '%',
    },
    principalShare: {
      title: 'Share of the principal axes that keeps 99 % of the probe, sentences',
      unit: '%',
    },
    sentencesIso: { title: 'IsoScore, sentences' },
    wordsIso: { title: 'IsoScore, GloVe' },
    papersIso: { title: 'IsoScore, Cora' },
    sentencesId: { title: 'TwoNN, sentences' },
    wordsId: { title: 'TwoNN, GloVe' },
    papersId: { title: 'TwoNN, Cora' },
  },
  curves: {
    title: 'What the first columns keep of a task',
    x: 'share of the columns',
    y: 'share of the score of all',
    logX: true,
  },
  deviations: [
    'Embeddings without prompts: an encoder of sentences from 2018, word vectors, bags of words.',
    'Sections stand for classification, shared tags of neighbours for retrieval, word similarity for STS; no clustering.',
    'Isotropy and dimension vary over one space stretched along its axes and rotated, not over prompts.',
    'Each seed takes 4,000 other sentences and another half of the papers; words have their own bootstrap.',
  ],
  async run(study) {
    const { quick, random, tick } = study;
    const sentences = await descriptions(study);
    const classified = await cut(study, sentences.points, sentences.sections);
    await tick(0.2);
    const tagged = await taggedCurve(study, sentences.points, sentences.tags);
    const turned = await principalRows(study, sentences.points);
    const taggedAxes = await taggedCurve(study, turned, sentences.tags, [1 / 4, 1]);
    await tick(0.5);
    const cora = await halfOfCora(study);
    const subjects = await cut(study, cora.points, cora.subjects);
    await tick(0.6);
    const vocabulary = await judgedWords();
    const draws = quick ? REDRAWN_QUICK : REDRAWN;
    const similarityOf = (points: Matrix) =>
      keptSimilarity(
        SHARES.map((share) => firstColumns(points, share)),
        vocabulary.sets,
        QUARTER,
        { random: random.fork('pairs'), draws },
      );
    const columns = similarityOf(vocabulary.points);
    const axes = similarityOf(await principalRows(study, vocabulary.points));
    await tick(0.7);
    const stretched = await overStretched(study, sentences);
    const sample = gathered(
      vocabulary.all,
      random.fork('words').sample(vocabulary.all.rows, quick ? 300 : 4000),
    );
    const probes = SHARES.map((share) => classified.at(share));
    return {
      classes: classified.first,
      search: tagged[QUARTER],
      words: columns.quarter,
      papers: subjects.first,
      few: classified.at(3 / sentences.points.cols),
      order: { value: shareFor(tagged), baseline: shareFor(probes) },
      random: { value: classified.random, baseline: classified.first },
      principal: { value: classified.principal, baseline: classified.first },
      isotropy: stretched.isotropy,
      dimension: stretched.dimension,
      probeShare: classified.share,
      principalShare: classified.principalShare,
      principalSearch: taggedAxes[0],
      principalWords: axes.quarter,
      principalPapers: subjects.principal,
      sentencesIso: await valueBy(study, isoscore, sentences.points),
      wordsIso: await valueBy(study, isoscore, sample),
      papersIso: await valueBy(study, isoscore, cora.points),
      sentencesId: await valueBy(study, twoNn, sentences.points),
      wordsId: await valueBy(study, twoNn, sample),
      papersId: await valueBy(study, twoNn, cora.points),
      curves: {
        'classes, probe': { x: SHARES, y: probes },
        'shared tags': { x: SHARES, y: tagged },
        'word similarity': { x: SHARES, y: columns.kept },
      },
    };
  },
});

async function measured<S extends OptionSpecs>(
  { engine, signal, seed }: StudyContext,
  metric: Metric<S>,
  rows: Matrix,
  classes?: readonly string[],
): Promise<Measured> {
  const { points, norms } = unitRows('study', rows);
  const space = createSpace(points, engine, { signal }, { raw: rows, norms, classes, seed });
  return metric.measure(space, resolveOptions(metric.spec.id, metric.spec.options));
}

async function valueBy<S extends OptionSpecs>(
  study: StudyContext,
  metric: Metric<S>,
  rows: Matrix,
): Promise<number> {
  return (await measured(study, metric, rows)).value;
}

/** What truncated rows keep of a linear probe, as shares of the accuracy of all columns. */
async function cut(study: StudyContext, points: Matrix, classes: readonly string[]) {
  const { value, series, table = [] } = await measured(study, truncation, points, classes);
  const d = points.cols;
  const { x = [], y = [] } = series ?? {};
  const whole = y[y.length - 1];
  const at = (share: number) => {
    const wanted = Math.max(1, Math.round(share * d));
    return y[Array.from(x).findIndex((m) => m >= wanted)] / whole;
  };
  const quarter = table.find(({ dimensions }) => dimensions === `${Math.round(d / 4)} of ${d}`);
  const { random, principal } = quarter as Readonly<Record<'random' | 'principal', number>>;
  const shares = table[table.length - 1] as Readonly<Record<'principal', number>>;
  return {
    at,
    first: at(1 / 4),
    random: random / whole,
    principal: principal / whole,
    share: value,
    principalShare: shares.principal,
  };
}

/** The smallest share of the columns that keeps 99 %. */
function shareFor(kept: readonly number[]): number {
  return SHARES[kept.findIndex((value) => value >= KEEP)];
}

/** A fifth of the descriptions, another for each of five seeds, with sections and tags. */
async function descriptions({ seed, quick, data }: StudyContext) {
  // The package ships a quarter of them, enough for the quick form.
  const folder = quick ? undefined : await data.folder('package-descriptions');
  const { points, columns } = await loadPackageDescriptions(folder);
  const { section = [], tags = [] } = columns ?? {};
  const turn = seed - 1;
  const order = Random.fromSeed(Math.floor(turn / PARTS)).sample(points.rows);
  const size = Math.floor(points.rows / PARTS);
  const from = (turn % PARTS) * size;
  const chosen = order.slice(from, from + (quick ? 300 : size)).sort();
  return {
    // Fewer columns make the quick form quick.
    points: firstColumns(gathered(points, chosen), quick ? 1 / 4 : 1),
    sections: Array.from(chosen, (i) => String(section[i])),
    tags: Array.from(chosen, (i) => new Set(String(tags[i]).split(' ').filter(Boolean))),
  };
}

/** The agreement of tags with the first m columns, as shares of that with all. */
async function taggedCurve(
  { engine, signal }: StudyContext,
  points: Matrix,
  tags: readonly ReadonlySet<string>[],
  shares: readonly number[] = SHARES,
): Promise<number[]> {
  const found: number[] = [];
  for (const share of shares) {
    const { points: rows } = unitRows('study', firstColumns(points, share));
    found.push(tagAgreement(await engine.nearest(rows, K, { signal }), tags));
  }
  return found.map((value) => value / found[found.length - 1]);
}

/** Mean over rows and their neighbours of |shared tags| / |tags of either|. */
function tagAgreement({ indices, n, k }: KnnGraph, tags: readonly ReadonlySet<string>[]): number {
  let sum = 0;
  for (let i = 0; i < n; i++) {
    for (const j of indices.subarray(i * k, (i + 1) * k)) {
      let shared = 0;
      for (const tag of tags[i]) if (tags[j].has(tag)) shared += 1;
      sum += shared / Math.max(1, tags[i].size + tags[j].size - shared);
    }
  }
  return sum / (n * k);
}

function firstColumns({ data, rows: n, cols: d }: Matrix, share: number): Matrix {
  const m = Math.max(1, Math.round(share * d));
  const out = zeros(n, m);
  for (let i = 0; i < n; i++) out.data.set(data.subarray(i * d, i * d + m), i * m);
  return out;
}

/** Centred rows in their principal axes, largest variance first. */
async function principalRows({ engine }: StudyContext, points: Matrix): Promise<Matrix> {
  const { rows: n, cols: d } = points;
  const { mean, vectors } = await covarianceOf(points, await engine.gram(points), engine.linalg);
  const centered = zeros(n, d);
  for (let e = 0; e < n * d; e++) centered.data[e] = points.data[e] - mean[e % d];
  const axes = zeros(d, d);
  axes.data.set(vectors.data);
  return engine.matmul(centered, axes, true);
}

async function halfOfCora({ quick, random }: StudyContext) {
  const { points, columns } = await loadCora();
  const { subject = [] } = columns ?? {};
  const n = quick ? 150 : Math.floor(points.rows / 2);
  const rows = random.fork('papers').sample(points.rows, n).sort();
  const chosen = firstColumns(gathered(points, rows), quick ? 1 / 8 : 1);
  for (let i = 0; i < n; i++) {
    const row = chosen.data.subarray(i * chosen.cols, (i + 1) * chosen.cols);
    if (row.every((x) => x === 0)) row[0] = 1;
  }
  return { points: chosen, subjects: Array.from(rows, (i) => String(subject[i])) };
}

/**
 * One space with its deviations along the principal axes to several powers, rotated at random so that no column
 * is special: rank correlations of how far it can be cut with its isotropy and its intrinsic dimension.
 */
async function overStretched(
  study: StudyContext,
  { points, sections }: { readonly points: Matrix; readonly sections: readonly string[] },
) {
  const { quick, random, engine, tick } = study;
  const d = quick ? 16 : AXES;
  const turned = await principalRows(study, points);
  const rows = firstColumns(turned, d / turned.cols);
  const deviations = new Float64Array(d);
  for (let e = 0; e < rows.data.length; e++) deviations[e % d] += rows.data[e] ** 2 / rows.rows;
  const normal = zeros64(d, d);
  const stream = random.fork('rotation');
  for (let e = 0; e < d * d; e++) normal.data[e] = stream.normal();
  const rotation = zeros(d, d);
  rotation.data.set(qr(normal).q.data);
  const found: { share: number; isotropy: number; dimension: number }[] = [];
  for (const power of quick ? [0, 1, 2] : POWERS) {
    const stretched = zeros(rows.rows, d);
    for (let e = 0; e < rows.data.length; e++) {
      stretched.data[e] = rows.data[e] * Math.sqrt(deviations[e % d]) ** (power - 1);
    }
    const mixed = await engine.matmul(stretched, rotation, true);
    found.push({
      share: (await measured(study, truncation, mixed, sections)).value,
      isotropy: await valueBy(study, isoscore, mixed),
      dimension: await valueBy(study, twoNn, mixed),
    });
    await tick(0.7 + (0.3 * found.length) / POWERS.length);
  }
  const shares = found.map(({ share }) => share);
  const withShares = (of: (one: (typeof found)[number]) => number) => {
    const correlation = spearman(found.map(of), shares);
    // Spaces that can all be cut alike say nothing for the claim.
    return Number.isFinite(correlation) ? correlation : 0;
  };
  return {
    isotropy: withShares((one) => one.isotropy),
    dimension: withShares((one) => one.dimension),
  };
}
