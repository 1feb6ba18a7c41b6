import { guardRows } from '../apps/explain/guard.ts';
import { gathered, type Matrix } from '../core/matrix.ts';
import type { Random } from '../core/random.ts';
import { safree, triggersIn } from '../families/erasure/index.ts';
import { loadGlove } from '../io/datasets/index.ts';
import { fittedOf } from '../learning/index.ts';
import * as papers from '../method/bibliography/papers.ts';
import { unitOrZeroRows } from '../numerics/rows/unit-rows.ts';
import { meanOf } from '../numerics/statistics/averages.ts';
import {
  aboveBaseline,
  atLeast,
  atMost,
  belowBaseline,
  defineStudy,
  type StudyContext,
} from './define.ts';
import { GUARDED_CONCEPTS, type GuardedConcept } from './support/guarded-concepts.ts';

/** As the paper's code has it, and larger ones. */
const ALPHAS = [0, 0.01, 0.02, 0.05, 0.1];
const ALPHA = 0.01;
/** Neutral words of a prompt. */
const NEUTRAL = 5;
/** Words among which neutral ones are drawn: frequent ones. */
const FREQUENT = 5000;
/** Neutral words have less than this share of their squared length in the concept's span. */
const MOST_SHARE = 0.35;

export default defineStudy({
  paper: papers.safree,
  methods: ['erasure/safree'],
  claim:
    'A concept is taken out of a prompt by projecting the offending tokens alone: these are found without training, and the rest of the prompt stays.',
  data: [
    {
      name: 'GloVe 6B, 100 dimensions: prompts of five frequent words and one of a concept, which its six phrases do not name',
      source:
        '31,636 words, data/glove-slice; concepts war, medicine and money, 20 words each by hand',
      licence: 'PDDL 1.0',
    },
  ],
  deviations: [
    'No generator of images: what is measured are the embeddings that it would see.',
    'A prompt without a token is the mean of the other word vectors, not an encoding with the token masked.',
  ],
  lines: {
    recall: {
      claim: 'The word of the concept is flagged in 95 % of the prompts or more',
      unit: '%',
      holds: atLeast(0.95),
    },
    mass: {
      claim: 'The share of the concept in the prompt is at least halved',
      baseline: 'half of what it was',
      unit: '%',
      holds: belowBaseline(),
    },
    neutral: {
      claim: 'Neutral words keep a mean cosine of 0.99 to what they were',
      holds: atLeast(0.99),
    },
    hard: {
      claim: 'Neutral words keep more than where the concept is projected out of every token',
      baseline: 'projection of every token',
      holds: aboveBaseline(),
    },
    sweep: {
      claim: 'Fewer neutral words are flagged at α = 0.1 than at the paper’s 0.01',
      baseline: 'at α = 0.01',
      unit: '%',
      holds: belowBaseline(),
    },
    chance: {
      claim: 'The word of the concept is flagged more often than a neutral word',
      baseline: 'share of neutral words flagged',
      unit: '%',
      holds: aboveBaseline(),
    },
    control: {
      claim: 'In prompts of six neutral words no more than a third of the words are flagged',
      unit: '%',
      holds: atMost(1 / 3),
    },
  },
  curves: { title: 'Words flagged by the margin α', x: 'α', y: 'share flagged' },
  async run({ random, quick, engine, signal, tick }) {
    const { points, labels = [] } = await loadGlove();
    const words = { points: unitOrZeroRows(points).points, labels };
    const found: Awaited<ReturnType<typeof guarded>>[] = [];
    for (const [c, concept] of GUARDED_CONCEPTS.entries()) {
      found.push(
        await guarded(words, concept, random.fork(concept.name), quick ? 20 : 500, {
          engine,
          signal,
        }),
      );
      await tick((c + 1) / GUARDED_CONCEPTS.length);
    }
    const over = (of: (one: (typeof found)[number]) => number) => meanOf(found.map(of));
    const at = ALPHAS.indexOf(ALPHA);
    const falseAt = (k: number) => over(({ sweep }) => sweep[k].wrong);
    return {
      recall: over(({ sweep }) => sweep[at].right),
      mass: { value: over(({ after }) => after), baseline: over(({ before }) => before / 2) },
      neutral: over(({ neutral }) => neutral),
      hard: { value: over(({ neutral }) => neutral), baseline: over(({ projected }) => projected) },
      sweep: { value: falseAt(ALPHAS.length - 1), baseline: falseAt(at) },
      chance: { value: over(({ sweep }) => sweep[at].right), baseline: falseAt(at) },
      control: over(({ control }) => control),
      curves: {
        'words of the concept': {
          x: ALPHAS,
          y: ALPHAS.map((_, k) => over(({ sweep }) => sweep[k].right)),
        },
        'neutral words': { x: ALPHAS, y: ALPHAS.map((_, k) => falseAt(k)) },
      },
    };
  },
});

interface Words {
  readonly points: Matrix;
  readonly labels: readonly string[];
}

/** Prompts with one word of a concept, and prompts without. */
async function guarded(
  { points, labels }: Words,
  { phrases, unseen }: GuardedConcept,
  random: Random,
  prompts: number,
  run: Pick<StudyContext, 'engine' | 'signal'>,
) {
  const placeOf = new Map(labels.map((label, row) => [label, row]));
  const rowsOf = (names: readonly string[]) => names.map((name) => placeOf.get(name) ?? Number.NaN);
  const concepts = gathered(points, rowsOf(phrases));
  const neutral = await neutralWords(points, labels, concepts, run);
  const marked: number[] = [];
  const plain: number[] = [];
  for (let p = 0; p < prompts; p++) {
    const drawn = Array.from(random.sample(neutral.length, NEUTRAL + 1), (i) => neutral[i]);
    plain.push(...drawn);
    const [own] = rowsOf([unseen[random.integer(unseen.length)]]);
    drawn[random.integer(NEUTRAL + 1)] = own;
    marked.push(...drawn);
  }
  const isNeutral = new Set(neutral);
  const told = (rows: readonly number[], alpha: number) =>
    guardRows(
      {
        points: gathered(points, rows),
        concepts,
        offsets: Array.from({ length: prompts + 1 }, (_, p) => p * (NEUTRAL + 1)),
        neutral: rows.map((row) => isNeutral.has(row)),
      },
      { alpha },
      run,
    );
  const sweep = [];
  for (const alpha of ALPHAS) {
    const { sets } = await told(marked, alpha);
    const flagged = sets.flatMap((set) => set.flagged.map((at) => isNeutral.has(marked[at])));
    const wrong = flagged.filter(Boolean).length;
    sweep.push({ right: (flagged.length - wrong) / prompts, wrong: wrong / prompts / NEUTRAL });
  }
  const { conceptMassBefore, conceptMassAfter, neutralCosine, projectedCosine } = await told(
    marked,
    ALPHA,
  );
  return {
    ...{ sweep, before: conceptMassBefore, after: conceptMassAfter },
    ...{ neutral: neutralCosine, projected: projectedCosine },
    control: (await told(plain, ALPHA)).flagged / plain.length,
  };
}

/** Frequent words of letters of which little lies in the span of a concept. */
async function neutralWords(
  points: Matrix,
  labels: readonly string[],
  concepts: Matrix,
  run: Pick<StudyContext, 'engine' | 'signal'>,
): Promise<readonly number[]> {
  const rows = Array.from(labels.keys())
    .slice(0, FREQUENT)
    .filter((row) => /^[a-z]{4,}$/.test(labels[row]));
  const { model } = await safree({ points, concepts }, {}, run);
  const { shares } = triggersIn(
    await fittedOf('erasure/safree', model),
    gathered(points, rows),
    Int32Array.of(0, rows.length),
  );
  return rows.filter((_, i) => shares[i] < MOST_SHARE);
}
