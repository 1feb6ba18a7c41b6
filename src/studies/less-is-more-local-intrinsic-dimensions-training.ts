import { gathered } from '../core/matrix.ts';
import { spearman } from '../core/ranks.ts';
import { languageModel, tokenStates } from '../families/learners/index.ts';
import { localTwoNn } from '../families/metrics/index.ts';
import type { Model } from '../learning/index.ts';
import * as papers from '../method/bibliography/papers.ts';
import {
  aboveBaseline,
  atLeast,
  atMost,
  belowBaseline,
  defineStudy,
  type StudyContext,
} from './define.ts';
import { measuredAlone } from './support/measured.ts';
import { loadSentencePairs } from './support/texts.ts';

export default defineStudy({
  paper: papers.lessIsMoreLocalIntrinsicDimensions,
  part: 'training',
  quickSeeds: 2,
  methods: ['metrics/local-two-nn', 'learners/language-model'],
  claim:
    'The mean local dimension of the states of tokens, without labels, falls while a model learns and rises when it learns by heart.',
  data: [
    {
      name: 'Genesis in English: 200 verses or 1,000 to train on, 120 others to measure, drawn by seed',
      source: 'study-data/genesis-verses',
      licence: 'public domain',
    },
  ],
  lines: {
    overfits: {
      claim:
        'On 200 verses the model learns by heart: at the end its perplexity of other verses is well above its best (ratio)',
      holds: atLeast(1.1),
    },
    falls: {
      claim: 'Up to that best, the mean local dimension of states of other verses falls',
      baseline: 'after the first step',
      holds: belowBaseline(),
    },
    rises: {
      claim: 'From there to the end it rises',
      baseline: 'at the best perplexity',
      holds: aboveBaseline(),
    },
    together: {
      claim: 'From there on it rises with the perplexity of other verses (rank correlation)',
      holds: atLeast(0.5),
    },
    few: {
      claim:
        'It changes upwards, from there to the end, by more than on 1,000 verses after the same steps',
      baseline: 'change on 1,000 verses',
      holds: aboveBaseline(),
    },
    stop: {
      claim:
        'Ending where the dimension is smallest, without a look at labels, costs at most a twentieth of the best perplexity (ratio)',
      baseline: 'ending after all steps',
      holds: atMost(1.05),
    },
  },
  readings: {
    bestStep: { title: 'Step of the best perplexity of other verses, 200 verses' },
    smallestStep: { title: 'Step of the smallest dimension of their states' },
    atBest: { title: 'Best perplexity of other verses' },
    byHeart: { title: 'Perplexity of the 200 verses at the end' },
    many: { title: 'Perplexity of other verses at the end, 1,000 verses' },
  },
  curves: {
    title: 'Mean local dimension of the states of tokens while the model learns',
    x: 'step',
    y: 'dimension',
  },
  deviations: [
    'A language model of one block and 32 columns from nothing, in place of fine-tuned RoBERTa and GPT-2; no dialogue states, emotions or arithmetic, so nothing of grokking.',
    'Patches of 64 in 800 tokens, the same at each step, in place of 128 in 3,000 or more.',
    'The mean is read backwards on uniform spheres, as the method does, in place of the mean as published.',
  ],
  async run(study) {
    const { few, many, other } = await verses(study);
    const [small, own] = await followed(study, few, [other, few]);
    await study.tick(0.5);
    const [large] = await followed(study, many, [other]);
    const last = small.steps.length - 1;
    const best = placeOfLeast(small.perplexities);
    const lowest = placeOfLeast(small.dimensions);
    const { dimensions, perplexities, steps } = small;
    const x = steps;
    return {
      overfits: perplexities[last] / perplexities[best],
      falls: { value: dimensions[best], baseline: dimensions[0] },
      rises: { value: dimensions[last], baseline: dimensions[best] },
      together: correlationFrom(best, dimensions, perplexities),
      few: {
        value: dimensions[last] - dimensions[best],
        baseline: large.dimensions[last] - large.dimensions[best],
      },
      stop: {
        value: perplexities[lowest] / perplexities[best],
        baseline: perplexities[last] / perplexities[best],
      },
      bestStep: steps[best],
      smallestStep: steps[lowest],
      atBest: perplexities[best],
      byHeart: own.perplexities[last],
      many: large.perplexities[last],
      curves: {
        'other verses, 200 to train': { x, y: dimensions },
        'other verses, 1,000 to train': { x, y: large.dimensions },
        'the 200 verses themselves': { x, y: own.dimensions },
      },
    };
  },
});

async function verses({ quick, random, data }: StudyContext) {
  const { source } = await loadSentencePairs(data, 'genesis-verses', 'eng', 'fra');
  const order = Array.from(random.fork('verses').sample(source.length), (i) => source[i]);
  const [few, others, many] = quick ? [15, 20, 60] : [200, 120, 1000];
  return {
    few: order.slice(0, few),
    many: order.slice(0, many),
    other: order.slice(many, many + others),
  };
}

/** What a model made of texts, as it learned. */
interface Followed {
  readonly steps: number[];
  readonly dimensions: number[];
  readonly perplexities: number[];
}

/** Trains on texts, and looks at the states of each set, at the same tokens each time. */
async function followed(
  study: StudyContext,
  texts: readonly string[],
  sets: readonly (readonly string[])[],
): Promise<readonly Followed[]> {
  const { quick, seed, engine, signal } = study;
  const [every, count] = quick ? [10, 3] : [40, 10];
  const settings = {
    ...(quick
      ? { vocabulary: 60, dim: 16, context: 8 }
      : { vocabulary: 500, dim: 32, context: 32 }),
    ...{ seed, batch: 8, steps: every * count, heldOut: 0, learningRate: 0.003, clip: 1 },
    schedule: 'constant' as const,
    weightDecay: 0,
  };
  const found = sets.map((): Followed => ({ steps: [], dimensions: [], perplexities: [] }));
  await languageModel({ texts }, settings, {
    engine,
    signal,
    async onStep({ step }, model) {
      if (step !== 1 && step % every !== 0) return;
      for (const [i, { steps, dimensions, perplexities }] of found.entries()) {
        const { dimension, perplexity } = await lookAt(study, model, sets[i]);
        steps.push(step);
        dimensions.push(dimension);
        perplexities.push(perplexity);
      }
    },
  });
  return found;
}

async function lookAt(study: StudyContext, model: Model, texts: readonly string[]) {
  const { quick, random, engine } = study;
  const [most, k] = quick ? [120, 16] : [800, 64];
  const { points, perplexity } = await tokenStates(model, texts, { engine });
  const drawn = random.fork('tokens').sample(points.rows, Math.min(points.rows, most));
  const { value } = await measuredAlone(localTwoNn, gathered(points, drawn), { k }, study);
  return { dimension: value, perplexity };
}

function placeOfLeast(values: readonly number[]): number {
  return values.indexOf(Math.min(...values));
}

/** 0 where the best comes too late to say anything. */
function correlationFrom(first: number, a: readonly number[], b: readonly number[]): number {
  return a.length - first < 3 ? 0 : spearman(a.slice(first), b.slice(first));
}
