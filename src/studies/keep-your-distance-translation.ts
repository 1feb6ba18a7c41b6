import { translate, translator } from '../families/learners/index.ts';
import { circularVariance, minAngle } from '../families/metrics/index.ts';
import { sliced } from '../families/objectives/index.ts';
import * as papers from '../method/bibliography/papers.ts';
import { corpusBleu } from '../numerics/text/bleu.ts';
import { corpusChrf } from '../numerics/text/chrf.ts';
import { wordTokens } from '../numerics/text/words.ts';
import { aboveBaseline, defineStudy, type StudyContext } from './define.ts';
import { measuredAlone } from './support/measured.ts';
import { plantedPairs } from './support/planted-language.ts';
import { loadSentencePairs, type SentencePairs } from './support/texts.ts';

/** Alike in all arms; the weight is that of the sliced loss, one great circle a step. */
const SETTINGS = {
  units: 'words',
  dim: 64,
  batch: 32,
  learningRate: 0.005,
  manifoldRate: 10,
  dropout: 0.1,
  spreadWeight: 1,
  heldOut: 0,
} as const;

interface Arm {
  readonly outputs: 'discrete' | 'continuous';
  readonly table: 'sphere' | 'fixed';
  readonly dispersed?: true;
}

const ARMS = {
  discrete: { outputs: 'discrete', table: 'sphere' },
  discreteSpread: { outputs: 'discrete', table: 'sphere', dispersed: true },
  continuous: { outputs: 'continuous', table: 'sphere' },
  continuousSpread: { outputs: 'continuous', table: 'sphere', dispersed: true },
  fixed: { outputs: 'continuous', table: 'fixed' },
} as const satisfies Readonly<Record<string, Arm>>;

/** What is learned from, what is translated, and how long it is learned. */
interface Task {
  readonly train: SentencePairs;
  readonly test: SentencePairs;
  readonly steps: number;
  readonly vocabulary: number;
  readonly longest: number;
}

export default defineStudy({
  paper: papers.keepYourDistance,
  part: 'translation',
  methods: ['learners/translator', 'objectives/sliced'],
  claim:
    'A decoder table on the sphere that is dispersed while translation is learned gives better translations than one that is not, above all where outputs are continuous.',
  data: [
    {
      name: 'Sentences of a made-up language with 300 words: 800 pairs to learn, 100 to translate',
      source: 'by seed',
      licence: 'planted',
    },
    {
      name: 'Verses of Genesis in English and French of at most 23 words and signs: 480 pairs, of which a fifth are translated',
      source: 'study-data/genesis-verses',
      licence: 'public domain',
    },
    {
      name: 'NTREX: news in English and German, sentences of at most 23 words and signs, of which a fifth are translated',
      source: 'study-data/ntrex',
      licence: 'CC BY-SA 4.0',
    },
  ],
  lines: {
    plantedContinuous: {
      claim: 'Continuous outputs, made-up language: dispersion raises chrF',
      baseline: 'as learned, without dispersion',
      holds: aboveBaseline(),
    },
    plantedFixed: {
      claim:
        'A table that is learned and dispersed gives a higher chrF than a random one that stays',
      baseline: 'continuous outputs over a fixed random table',
      holds: aboveBaseline(),
    },
    plantedDiscrete: {
      claim: 'Discrete outputs, made-up language: dispersion raises chrF',
      baseline: 'as learned, without dispersion',
      holds: aboveBaseline(),
    },
    versesContinuous: {
      claim: 'Continuous outputs, verses: dispersion raises chrF',
      baseline: 'as learned, without dispersion',
      holds: aboveBaseline(),
    },
    versesDiscrete: {
      claim: 'Discrete outputs, verses: dispersion raises chrF',
      baseline: 'as learned, without dispersion',
      holds: aboveBaseline(),
    },
    newsContinuous: {
      claim: 'Continuous outputs, news: dispersion raises chrF',
      baseline: 'as learned, without dispersion',
      holds: aboveBaseline(),
    },
    newsDiscrete: {
      claim: 'Discrete outputs, news: dispersion raises chrF',
      baseline: 'as learned, without dispersion',
      holds: aboveBaseline(),
    },
    variance: {
      claim: 'Continuous outputs: dispersion raises the circular variance of the decoder table',
      baseline: 'as learned, without dispersion',
      holds: aboveBaseline(),
    },
    separation: {
      claim: 'Discrete outputs: dispersion raises the smallest angle of the decoder table',
      unit: '°',
      baseline: 'as learned, without dispersion',
      holds: aboveBaseline(),
    },
  },
  readings: {
    bleuDiscrete: { title: 'BLEU, made-up language, discrete' },
    bleuDiscreteSpread: { title: 'BLEU, made-up language, discrete and dispersed' },
    bleuContinuous: { title: 'BLEU, made-up language, continuous' },
    bleuContinuousSpread: { title: 'BLEU, made-up language, continuous and dispersed' },
    bleuFixed: { title: 'BLEU, made-up language, continuous, fixed table' },
    versesBleuDiscrete: { title: 'BLEU, verses, discrete' },
    versesBleuDiscreteSpread: { title: 'BLEU, verses, discrete and dispersed' },
    versesBleuContinuous: { title: 'BLEU, verses, continuous' },
    versesBleuContinuousSpread: { title: 'BLEU, verses, continuous and dispersed' },
    newsBleuDiscrete: { title: 'BLEU, news, discrete' },
    newsBleuDiscreteSpread: { title: 'BLEU, news, discrete and dispersed' },
    newsBleuContinuous: { title: 'BLEU, news, continuous' },
    newsBleuContinuousSpread: { title: 'BLEU, news, continuous and dispersed' },
    varianceDiscrete: { title: 'Circular variance of the table, discrete' },
    varianceDiscreteSpread: { title: 'Circular variance of the table, discrete and dispersed' },
    angleContinuous: { title: 'Smallest angle of the table, continuous', unit: '°' },
    angleContinuousSpread: {
      title: 'Smallest angle of the table, continuous and dispersed',
      unit: '°',
    },
  },
  deviations: [
    'Hundreds of sentence pairs in place of millions, one layer of gated recurrent units with attention in place of a transformer, whole words in place of byte pairs, greedy decoding in place of a beam.',
    'chrF is judged, since BLEU of so little data hangs on few runs of four words; COMET needs a model that is not here.',
    'The weight of the dispersion, of 1, 10 and 30, was chosen on the made-up language of a seed that is no repeat; the learning rate, of 0.003 and 0.005, on one split of the verses.',
    'Training is short: 200 steps, 150 on verses and on news.',
    'The table moves at ten times the learning rate of the rest, as in the paper. In an earlier run it moved at the rate of the rest, at which the weight was chosen: 1 of the 7 lines that there were held, as the table kept its variance (0.91, without dispersion 0.83); chrF of continuous outputs was 46.0 with dispersion and 44.9 without.',
    'The fixed random table is our baseline: it costs nothing and cannot collapse.',
  ],
  async run(study) {
    const planted = await trained(study, plantedTask(study), Object.keys(ARMS) as Name[], 0);
    const verses = await trained(study, await versesTask(study), FREE, 1 / 3);
    const news = await trained(study, await newsTask(study), FREE, 2 / 3);
    const chrf = (of: Results, on: Name, off: Name) => ({
      value: of[on].chrf,
      baseline: of[off].chrf,
    });
    return {
      plantedContinuous: chrf(planted, 'continuousSpread', 'continuous'),
      plantedFixed: chrf(planted, 'continuousSpread', 'fixed'),
      plantedDiscrete: chrf(planted, 'discreteSpread', 'discrete'),
      versesContinuous: chrf(verses, 'continuousSpread', 'continuous'),
      versesDiscrete: chrf(verses, 'discreteSpread', 'discrete'),
      newsContinuous: chrf(news, 'continuousSpread', 'continuous'),
      newsDiscrete: chrf(news, 'discreteSpread', 'discrete'),
      variance: { value: planted.continuousSpread.variance, baseline: planted.continuous.variance },
      separation: { value: planted.discreteSpread.angle, baseline: planted.discrete.angle },
      bleuDiscrete: planted.discrete.bleu,
      bleuDiscreteSpread: planted.discreteSpread.bleu,
      bleuContinuous: planted.continuous.bleu,
      bleuContinuousSpread: planted.continuousSpread.bleu,
      bleuFixed: planted.fixed.bleu,
      versesBleuDiscrete: verses.discrete.bleu,
      versesBleuDiscreteSpread: verses.discreteSpread.bleu,
      versesBleuContinuous: verses.continuous.bleu,
      versesBleuContinuousSpread: verses.continuousSpread.bleu,
      newsBleuDiscrete: news.discrete.bleu,
      newsBleuDiscreteSpread: news.discreteSpread.bleu,
      newsBleuContinuous: news.continuous.bleu,
      newsBleuContinuousSpread: news.continuousSpread.bleu,
      varianceDiscrete: planted.discrete.variance,
      varianceDiscreteSpread: planted.discreteSpread.variance,
      angleContinuous: planted.continuous.angle,
      angleContinuousSpread: planted.continuousSpread.angle,
    };
  },
});

type Name = keyof typeof ARMS;

const FREE = ['discrete', 'discreteSpread', 'continuous', 'continuousSpread'] as const;

interface Result {
  readonly bleu: number;
  readonly chrf: number;
  /** Circular variance of the table. */
  readonly variance: number;
  /** The smallest between two of its rows, in degrees. */
  readonly angle: number;
}

type Results = Readonly<Record<Name, Result>>;

function plantedTask({ quick, random }: StudyContext): Task {
  const [learned, translated] = quick ? [60, 10] : [800, 100];
  const pairs = plantedPairs(learned + translated, quick ? 30 : 300, random.fork('language'));
  return {
    train: rowsOf(pairs, 0, learned),
    test: rowsOf(pairs, learned, learned + translated),
    steps: quick ? 10 : 200,
    vocabulary: 400,
    longest: 16,
  };
}

async function versesTask(study: StudyContext): Promise<Task> {
  const pairs = await loadSentencePairs(study.data, 'genesis-verses', 'eng', 'fra');
  return taskOf(pairs, 'verses', study);
}

async function newsTask(study: StudyContext): Promise<Task> {
  const pairs = await loadSentencePairs(study.data, 'ntrex', 'eng', 'deu');
  return taskOf(pairs, 'news', study);
}

/** Pairs that are short enough, shuffled by the stream of that name; the first fifth is translated. */
function taskOf(
  { source, target }: SentencePairs,
  stream: string,
  { quick, random }: StudyContext,
): Task {
  const longest = 24;
  const isShort = (text: string) => wordTokens(text).length < longest;
  const short = [...source.keys()].filter((i) => isShort(source[i]) && isShort(target[i]));
  const order = Array.from(random.fork(stream).sample(short.length), (i) => short[i]);
  const drawn = order.slice(0, quick ? 40 : order.length);
  const shuffled = { source: drawn.map((i) => source[i]), target: drawn.map((i) => target[i]) };
  const translated = Math.round(drawn.length / 5);
  return {
    train: rowsOf(shuffled, translated, drawn.length),
    test: rowsOf(shuffled, 0, translated),
    steps: quick ? 4 : 150,
    vocabulary: quick ? 100 : 600,
    longest,
  };
}

function rowsOf({ source, target }: SentencePairs, from: number, to: number): SentencePairs {
  return { source: source.slice(from, to), target: target.slice(from, to) };
}

/** Every arm from the same first parameters, with the same batches. */
async function trained(
  study: StudyContext,
  task: Task,
  names: readonly Name[],
  done: number,
): Promise<Results> {
  const results: Partial<Record<Name, Result>> = {};
  for (const [at, name] of names.entries()) {
    await study.tick(done + at / names.length / 3);
    results[name] = await resultOf(study, task, ARMS[name]);
  }
  return results as Results;
}

async function resultOf(
  study: StudyContext,
  { train, test, ...size }: Task,
  { outputs, table, dispersed }: Arm,
): Promise<Result> {
  const { seed, quick, engine, signal } = study;
  const examples = { texts: train.source, translations: train.target };
  const options = { ...SETTINGS, ...size, outputs, table, seed, ...(quick && { dim: 16 }) };
  const spread = dispersed && sliced.bind({ circles: 1 });
  const { model } = await translator(examples, options, { engine, signal, spread });
  const translations = await translate(model, test.source, { engine });
  const { points } = await translator.embed(model, {}, { engine });
  return {
    bleu: corpusBleu(translations, test.target).score,
    chrf: corpusChrf(translations, test.target),
    variance: (await measuredAlone(circularVariance, points, {}, study)).value,
    angle: (await measuredAlone(minAngle, points, {}, study)).value,
  };
}
