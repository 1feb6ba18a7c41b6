import { type LensResult, lens } from '../apps/verbs/lens.ts';
import { gathered, matrix } from '../core/matrix.ts';
import { tokenEnergy } from '../families/comparisons/index.ts';
import { uniformPoints } from '../manifolds/index.ts';
import * as papers from '../method/bibliography/papers.ts';
import { qr } from '../numerics/decompositions/qr.ts';
import {
  aboveBaseline,
  atLeast,
  atMost,
  belowBaseline,
  defineStudy,
  type StudyContext,
} from './define.ts';
import {
  labelsOf,
  type Translation,
  tokenOf,
  trainedTransformer,
} from './support/word-transformer.ts';

/** How often English, French and German are read and asked for. */
const DOMINANT = [0.85, 0.075, 0.075];
const BALANCED = [1, 1, 1];
const BLOCKS = 4;
/** Every so many-th number is not translated between French and German in training. */
const WITHHELD = 4;

export default defineStudy({
  paper: papers.doLlamasWorkInEnglish,
  methods: ['comparisons/token-energy'],
  seeds: 3,
  quickSeeds: 2,
  claim:
    'Between input and output the states of a model trained mostly on English name the English word before the one that is wanted, and turn to the tokens late.',
  data: [
    {
      name: 'Number words from 0 to 39 in English, French and German; prompts [from] word [to]',
      source: 'written by rule',
      licence: 'MIT',
    },
  ],
  lines: {
    answers: {
      claim:
        'The model answers prompts between French and German that it never saw: the right word first',
      unit: '%',
      holds: atLeast(0.5),
    },
    pivot: {
      claim: 'In some middle layer the English word is more probable than the one that is wanted',
      unit: '%',
      baseline: 'the word that is wanted, in the same layer',
      holds: aboveBaseline(),
    },
    strength: {
      claim: 'There the English word has a tenth of the probability or more',
      unit: '%',
      holds: atLeast(0.1),
    },
    share: {
      claim:
        'The English word is more probable in middle layers than in a model that reads all languages alike',
      unit: '%',
      baseline: 'the model of balanced languages',
      holds: aboveBaseline(),
    },
    last: {
      claim: 'In the last layer the word that is wanted is more probable than the English one',
      unit: '%',
      baseline: 'the English word',
      holds: aboveBaseline(),
    },
    energy: {
      claim: 'Token energy rises from the first block to the last',
      baseline: 'behind the first block',
      holds: aboveBaseline(),
    },
    entropy: {
      claim: 'Entropy falls from the first block to the last, bits',
      baseline: 'behind the first block',
      holds: belowBaseline(),
    },
    exact: {
      claim: 'Random states have the energy 1 in an orthonormal unembedding: largest deviation',
      holds: atMost(1e-6),
    },
  },
  readings: {
    balancedAnswers: { title: 'Answers of the balanced model that are right', unit: '%' },
    pivotLayer: { title: 'Layer in which English leads most, or trails least' },
    balancedGap: {
      title: 'English less wanted there, at most over middle layers, balanced model',
      unit: '%',
    },
    source: { title: 'The word that was read, at most over middle layers', unit: '%' },
  },
  curves: {
    title: 'Probability of the English word and of the one that is wanted, by layer',
    x: 'layer',
    y: 'probability',
  },
  deviations: [
    'A transformer of 4 blocks and 24 columns, trained here on number words, in the place of Llama 2; words are one token each.',
    'English is read and asked for in 85 % of the cases, each language on its own; tags in the place of prompts with examples.',
    'Prompts are the quarter of the numbers that training never translates between French and German; English is there to and from both.',
    'Columns, numbers and steps were made smaller after one seed outside the study, for time; the rules are older.',
    'The last normalization has means, gain and shift; the energy takes the gain alone.',
  ],
  async run(study) {
    const { quick } = study;
    const numbers = quick ? 12 : 40;
    const dominant = await followed(study, DOMINANT, numbers);
    await study.tick(0.5);
    const balanced = await followed(study, BALANCED, numbers);
    const middle = dominant.layers.slice(1, BLOCKS);
    const lead = middle.reduce((best, own) => (leadOf(own) > leadOf(best) ? own : best));
    const [first, last] = [dominant.layers[1], dominant.layers[BLOCKS]];
    const most = (layers: readonly Row[], set: string) =>
      Math.max(...layers.map(({ sets }) => sets[set].value));
    const ofBalanced = balanced.layers.slice(1, BLOCKS);
    return {
      answers: dominant.right,
      pivot: { value: lead.sets['english'].value, baseline: lead.sets['wanted'].value },
      strength: lead.sets['english'].value,
      share: { value: most(middle, 'english'), baseline: most(ofBalanced, 'english') },
      last: { value: last.sets['wanted'].value, baseline: last.sets['english'].value },
      energy: { value: last.energy.value, baseline: first.energy.value },
      entropy: { value: last.entropy.value, baseline: first.entropy.value },
      exact: await deviationFromOne(study),
      balancedAnswers: balanced.right,
      pivotLayer: lead.layer,
      balancedGap: Math.max(...ofBalanced.map(leadOf)),
      source: most(middle, 'read'),
      curves: {
        'English, mostly English': curveOf(dominant.layers, 'english'),
        'wanted, mostly English': curveOf(dominant.layers, 'wanted'),
        'English, balanced': curveOf(balanced.layers, 'english'),
        'wanted, balanced': curveOf(balanced.layers, 'wanted'),
      },
    };
  },
});

type Row = LensResult['layers'][number];

const leadOf = ({ sets }: Row) => sets['english'].value - sets['wanted'].value;

const curveOf = (layers: readonly Row[], set: string) => ({
  x: layers.map(({ layer }) => layer),
  y: layers.map(({ sets }) => sets[set].value),
});

const isWithheld = ({ number, from, to }: Translation): boolean =>
  number % WITHHELD === 1 && from !== 'english' && to !== 'english' && from !== to;

/** Trains a model, and reads its layers at the prompts that it never saw. */
async function followed(
  { quick, seed, engine, signal }: StudyContext,
  shares: readonly number[],
  numbers: number,
) {
  const model = await trainedTransformer({
    numbers,
    shares,
    seed,
    engine,
    signal,
    blocks: BLOCKS,
    ...(quick ? { cols: 16, steps: 10, batch: 32 } : { cols: 24, steps: 600, batch: 64 }),
    withheld: isWithheld,
  });
  const prompts = Array.from({ length: numbers }, (_, number) => [
    { number, from: 'french', to: 'german' } as const,
    { number, from: 'german', to: 'french' } as const,
  ])
    .flat()
    .filter(isWithheld);
  const word = (language: (prompt: Translation) => Translation['to']) =>
    prompts.map((prompt) => [tokenOf(prompt.number, language(prompt), numbers)]);
  const wanted = word(({ to }) => to);
  const sets = { english: word(() => 'english'), wanted, read: word(({ from }) => from) };
  const states = await model.states(prompts);
  const { unembed, gain, shift } = model;
  const unembedding = { points: unembed, labels: labelsOf(numbers) };
  const how = { norm: 'layer', gain, shift, engine } as const;
  const { layers } = await lens(states, unembedding, { ...how, sets });
  let right = 0;
  for (const [i, [token]] of wanted.entries()) {
    const alone = gathered(states[BLOCKS], [i]);
    const [{ top }] = (await lens([alone], unembedding, { ...how, top: 1 })).layers;
    if (top[0].token === token) right += 1;
  }
  return { layers, right: right / wanted.length };
}

async function deviationFromOne({ random, engine }: StudyContext): Promise<number> {
  const drawn = uniformPoints(16, 16, random.fork('frame'));
  const { q } = qr(drawn);
  const tokens = matrix(Float32Array.from(q.data), 16, 16);
  const states = uniformPoints(50, 16, random.fork('states'));
  const { low = NaN, high = NaN } = await tokenEnergy({ a: states, b: tokens }, {}, { engine });
  return Math.max(Math.abs(low - 1), Math.abs(high - 1));
}
