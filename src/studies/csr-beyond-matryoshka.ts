import { csr, float, int8, opq } from '../families/compression/index.ts';
import * as papers from '../method/bibliography/papers.ts';
import {
  aboveBaseline,
  atMost,
  atMostTimesBaseline,
  type Curve,
  defineStudy,
  type StudyContext,
} from './define.ts';
import {
  DIGITS_AND_WORDS,
  decodedQuality,
  digitRows,
  type Rows,
  sparseQuality,
  type Training,
  withK,
  wordRows,
} from './support/sparse-retrieval.ts';

const FULL = {
  digits: { documents: 1400, queries: 450 },
  words: { documents: 6000, queries: 300 },
  components: 128,
  training: { latents: 512, steps: 400, batch: 128 },
  wordTraining: { latents: 256, steps: 400, batch: 128 },
};
const QUICK = {
  digits: { documents: 120, queries: 40 },
  words: { documents: 150, queries: 30 },
  components: 40,
  training: { latents: 48, steps: 15, batch: 32 },
  wordTraining: { latents: 48, steps: 10, batch: 32 },
};
/** Latents of a code of eight bytes, and of a code of words of 24. */
const [K, WORD_K] = [2, 8];
/** Codes that are cut or grown from one model. */
const CURVE = [1, 2, 4, 8] as const;
const BYTES_OF_LATENT = 4;

export default defineStudy({
  paper: papers.csrBeyondMatryoshka,
  methods: ['compression/csr', 'search/sparse'],
  claim:
    'A few latents of a sparse autoencoder, trained on frozen embeddings with a contrastive term, are better small codes than the first coordinates are, at any number of latents from one model.',
  data: DIGITS_AND_WORDS,
  lines: {
    nearest: {
      claim:
        'Codes of 8 bytes (two of 512 latents): 1-NN accuracy is above that of 16 bytes of principal coordinates',
      unit: '%',
      baseline: 'four principal coordinates, float32',
      holds: aboveBaseline(),
    },
    recall: {
      claim:
        'Codes of 8 bytes: recall of the 10 nearest is above that of 16 bytes of principal coordinates',
      unit: '%',
      baseline: 'four principal coordinates, float32',
      holds: aboveBaseline(),
    },
    truncated: {
      claim:
        'Codes of 8 bytes: 1-NN accuracy is 30 points or more above that of truncated columns without an order',
      unit: '%',
      baseline: 'four random orthonormal coordinates, float32',
      holds: aboveBaseline(0.3),
    },
    sameBytes: {
      claim: 'At 8 bytes each, 1-NN accuracy is above that of principal coordinates in eight bits',
      unit: '%',
      baseline: 'eight principal coordinates, int8',
      holds: aboveBaseline(),
    },
    sameBytesRecall: {
      claim:
        'At 8 bytes each, recall of the 10 nearest is above that of principal coordinates in eight bits',
      unit: '%',
      baseline: 'eight principal coordinates, int8',
      holds: aboveBaseline(),
    },
    plainQueries: {
      claim:
        'At 8 bytes each, with plain queries and decoded codes, recall of the 10 nearest is above that of principal coordinates in eight bits',
      unit: '%',
      baseline: 'eight principal coordinates, int8, plain queries',
      holds: aboveBaseline(),
    },
    quantized: {
      claim:
        'At 8 bytes each, with plain queries and decoded codes, recall of the 10 nearest is above that of product quantization',
      unit: '%',
      baseline: 'eight parts of 256 centroids after a rotation (OPQ), plain queries',
      holds: aboveBaseline(),
    },
    words: {
      claim:
        'Words, codes of 24 bytes (eight of 256 latents): recall of the 10 nearest is above that of as many bytes of principal coordinates',
      unit: '%',
      baseline: 'six principal coordinates, float32',
      holds: aboveBaseline(),
    },
    wide: {
      claim:
        'With L(4k) in the loss of k = 2, codes grown to k = 8 keep more of the 10 nearest than without it',
      unit: '%',
      baseline: 'the same training without L(4k)',
      holds: aboveBaseline(),
    },
    dead: {
      claim: 'Of the latents at most 10 % are dead',
      unit: '%',
      holds: atMost(0.1),
    },
    revived: {
      claim: 'The auxiliary loss halves the dead latents, or does better',
      unit: '%',
      baseline: 'the same training without it',
      holds: atMostTimesBaseline(0.5),
    },
    contrast: {
      claim: 'The contrastive term raises 1-NN accuracy',
      unit: '%',
      baseline: 'the same training without it',
      holds: aboveBaseline(),
    },
  },
  readings: {
    plain: { title: '1-NN accuracy of the plain rows', unit: '%' },
    decoded: { title: '1-NN accuracy of decoded codes with plain queries', unit: '%' },
    decodedRecall: {
      title: 'Recall of the 10 nearest of decoded codes with plain queries',
      unit: '%',
    },
    wordsSameBytes: {
      title: 'Words: recall of the 10 nearest of 24 principal coordinates in eight bits, 24 bytes',
      unit: '%',
    },
    quantizedAccuracy: {
      title: '1-NN accuracy of product quantization, 8 bytes, plain queries',
      unit: '%',
    },
    wordsPlainQueries: {
      title: 'Words: recall of the 10 nearest of decoded codes of 24 bytes with plain queries',
      unit: '%',
    },
    operations: { title: 'Multiplications for a query and a document in the inverted file' },
  },
  curves: {
    title:
      'Digits: 1-NN accuracy by bytes; all codes of CSR from one model trained for two latents',
    x: 'bytes a vector',
    y: '1-NN accuracy',
    logX: true,
  },
  deviations: [
    'Images and words in place of ImageNet and MTEB: 1,400 rows, in which 512 latents are many; 400 steps of 128 rows.',
    'Principal coordinates and random ones stand for Matryoshka embeddings, whose encoder would have to be trained.',
    'Values are float16 and take 2 bytes each; the pilot of this study counted 4.',
    'What else the codec does in another way is on its page.',
    'Three trainings on the same digits and principal coordinates in eight bits beside them were seen before the rules were written; that of plain queries at 8 bytes was added as they let it expect to hold. The line of product quantization came after the first full run, before its numbers were seen.',
  ],
  async run(study) {
    const size = study.quick ? QUICK : FULL;
    const rows = await digitRows(study, size.digits, size.components);
    await study.tick(0.1);
    const whole = await coded(rows, size.training, K, {}, study);
    await study.tick(0.3);
    const narrow = await coded(rows, size.training, K, { wideWeight: 0 }, study);
    await study.tick(0.5);
    const unrevived = await coded(rows, size.training, K, { auxiliaryWeight: 0 }, study);
    await study.tick(0.7);
    const alone = await coded(rows, size.training, K, { contrast: 0 }, study);
    const words = await wordRows(study, size.words);
    await study.tick(0.8);
    const ofWords = await coded(words, size.wordTraining, WORD_K, {}, study);
    const four = await firstFew(rows, 4, 'float32', study);
    const eight = await firstFew(rows, 8, 'int8', study);
    const random = await float(rows.documents, {
      type: 'f4',
      dims: 4,
      axes: 'random',
      seed: study.seed,
    });
    const unordered = await decodedQuality(rows, random, await float.ready(random.model), study);
    const quantized = await opq(
      rows.documents,
      { bytes: study.quick ? 2 : BYTES_OF_LATENT * K, seed: study.seed },
      study,
    );
    const ofQuantized = await decodedQuality(
      rows,
      quantized,
      await opq.ready(quantized.model),
      study,
    );
    const { quality, decoded } = whole;
    const grown = async ({ encoded }: Coded, k: number) =>
      sparseQuality(rows, await withK(csr, encoded, k), study);
    return {
      nearest: { value: quality.accuracy, baseline: four.both.accuracy },
      recall: { value: quality.recall, baseline: four.both.recall },
      truncated: { value: quality.accuracy, baseline: unordered.both.accuracy },
      sameBytes: { value: quality.accuracy, baseline: eight.both.accuracy },
      sameBytesRecall: { value: quality.recall, baseline: eight.both.recall },
      plainQueries: { value: decoded.plainQueries.recall, baseline: eight.plainQueries.recall },
      quantized: {
        value: decoded.plainQueries.recall,
        baseline: ofQuantized.plainQueries.recall,
      },
      words: {
        value: ofWords.quality.recall,
        baseline: (await firstFew(words, 6, 'float32', study)).both.recall,
      },
      wide: { value: (await grown(whole, 8)).recall, baseline: (await grown(narrow, 8)).recall },
      dead: whole.dead,
      revived: { value: whole.dead, baseline: unrevived.dead },
      contrast: { value: quality.accuracy, baseline: alone.quality.accuracy },
      plain: rows.labels ? accuracyOfTruth(rows) : 0,
      decoded: decoded.plainQueries.accuracy,
      decodedRecall: decoded.plainQueries.recall,
      wordsSameBytes: (await firstFew(words, 24, 'int8', study)).both.recall,
      quantizedAccuracy: ofQuantized.plainQueries.accuracy,
      wordsPlainQueries: ofWords.decoded.plainQueries.recall,
      operations: quality.operations,
      curves: {
        CSR: await curveOf(async (k) => (await grown(whole, k)).accuracy),
        'principal coordinates, int8': await curveOf(
          async (k) => (await firstFew(rows, BYTES_OF_LATENT * k, 'int8', study)).both.accuracy,
        ),
      },
    };
  },
});

type Coded = Awaited<ReturnType<typeof coded>>;

/** A training, and what its codes find. */
async function coded(
  rows: Rows,
  training: Training,
  k: number,
  changed: {
    readonly wideWeight?: number;
    readonly auxiliaryWeight?: number;
    readonly contrast?: number;
  },
  study: StudyContext,
) {
  const { engine, signal, seed } = study;
  const encoded = await csr(
    rows.documents,
    { ...training, k, seed, ...changed },
    { engine, signal },
  );
  const ready = await csr.ready(encoded.model);
  return {
    encoded,
    dead: encoded.facts['dead'],
    quality: await sparseQuality(rows, ready, study),
    decoded: await decodedQuality(rows, encoded, ready, study),
  };
}

/** What the first principal coordinates find. */
async function firstFew(rows: Rows, count: number, kind: 'float32' | 'int8', study: StudyContext) {
  const options = { dims: count, axes: 'pca' } as const;
  const run = { engine: study.engine, signal: study.signal };
  if (kind === 'int8') {
    const encoded = await int8(rows.documents, options, run);
    return decodedQuality(rows, encoded, await int8.ready(encoded.model), study);
  }
  const encoded = await float(rows.documents, { ...options, type: 'f4' }, run);
  return decodedQuality(rows, encoded, await float.ready(encoded.model), study);
}

async function curveOf(accuracy: (k: number) => Promise<number>): Promise<Curve> {
  const y: number[] = [];
  for (const k of CURVE) y.push(await accuracy(k));
  return { x: CURVE.map((k) => BYTES_OF_LATENT * k), y };
}

function accuracyOfTruth({ labels, truth }: Rows): number {
  const { documents, queries } = labels as NonNullable<Rows['labels']>;
  return queries.filter((own, q) => documents[truth[10 * q]] === own).length / queries.length;
}
