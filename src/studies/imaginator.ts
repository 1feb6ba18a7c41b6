import { alignmentById } from '../apps/verbs/align.ts';
import { gathered, type Matrix, row } from '../core/matrix.ts';
import { ground } from '../families/alignment/index.ts';
import * as papers from '../method/bibliography/papers.ts';
import { dot } from '../numerics/rows/dot.ts';
import { unitOrZeroRows } from '../numerics/rows/unit-rows.ts';
import { meanOf } from '../numerics/statistics/averages.ts';
import { hitsAt, partnerRanks } from '../structures/retrieval/partner-ranks.ts';
import {
  aboveBaseline,
  atLeastTimesBaseline,
  atMostTimesBaseline,
  defineStudy,
  notBelowBaseline,
  type StudyContext,
} from './define.ts';
import { type Emoji, emojiAnalogies } from './support/emoji.ts';
import { emojiParts } from './support/grounded-emoji.ts';

const FULL = { parts: { every: 1, dim: 100 }, asked: 0.2, analogies: 500 };
const QUICK = { parts: { every: 4, dim: 30 }, asked: 0.2, analogies: 50 };
const NEAR = 10;

export default defineStudy({
  paper: papers.imaginator,
  methods: ['alignment/procrustes', 'alignment/affine'],
  claim:
    'Objects that join what they look like, what they stand beside and what words are said of them, each turned to the words, are found by words better than from any of these alone.',
  data: [
    {
      name: 'Emoji: pictures of 16 × 16 colours (Twemoji), names and keywords in seven languages (Unicode CLDR); those whose names GloVe has',
      source: 'study-data/emoji',
      licence: 'CC BY 4.0; Unicode License v3',
    },
    {
      name: 'GloVe 6B, 100 dimensions: the mean vector of the words of each name',
      source: 'data/glove-slice',
      licence: 'PDDL 1.0',
    },
  ],
  lines: {
    looks: {
      claim:
        'By looks alone names not seen find their picture among ten twice as often as by chance',
      unit: '%',
      baseline: 'chance',
      holds: atLeastTimesBaseline(2),
    },
    all: {
      claim: 'All parts together find 10 points more among ten than looks alone',
      unit: '%',
      baseline: 'looks alone',
      holds: aboveBaseline(0.1),
    },
    best: {
      claim: 'All parts together find more among ten than the best of them alone',
      unit: '%',
      baseline: 'the best single part of the repeat',
      holds: aboveBaseline(),
    },
    first: {
      claim: 'And more first',
      unit: '%',
      baseline: 'the best single part of the repeat',
      holds: aboveBaseline(),
    },
    rotation: {
      claim:
        'Parts brought to the words by a rotation are found no less than by a linear map without this limit',
      unit: '%',
      baseline: 'least squares, its ridge by leaving pairs out',
      holds: notBelowBaseline(0),
    },
    information: {
      claim: 'Information of counts finds more among ten than the counts themselves',
      unit: '%',
      baseline: 'singular directions of the bare counts, words said of objects alone',
      holds: aboveBaseline(),
    },
    analogies: {
      claim:
        'All parts together solve more analogies (man juggling : woman juggling :: man singer : ?) than looks',
      unit: '%',
      baseline: 'looks alone',
      holds: aboveBaseline(),
    },
    neighbors: {
      claim:
        'More of the ten nearest objects are of the same CLDR subgroup than with the best single part',
      unit: '%',
      baseline: 'the best single part of the repeat',
      holds: aboveBaseline(),
    },
    shuffled: {
      claim: 'Fitted to shuffled names it finds among ten at most twice as often as by chance',
      unit: '%',
      baseline: 'chance',
      holds: atMostTimesBaseline(2),
    },
  },
  readings: {
    company: { title: 'Found among ten, what objects stand beside alone', unit: '%' },
    said: { title: 'Found among ten, words said of objects alone', unit: '%' },
    whole: { title: 'Found among ten, all parts and all directions in place of 100', unit: '%' },
    tables: { title: 'Found among ten, both tables without looks', unit: '%' },
    third: {
      title:
        'Found among ten, looks with a third of the weight of each table, after the 3 : 1 of the paper’s code',
      unit: '%',
    },
    thirdFirst: { title: 'Found first, looks with a third of the weight', unit: '%' },
    objects: { title: 'Objects asked for in a repeat' },
  },
  deviations: [
    'Emoji in place of 21,000 objects of a million captioned photographs: a keyword is the scene in which objects stand together, and keywords in six other languages are the words that are said of them.',
    'Looks are the principal components of the pixels in place of a trained tower on VGG19; the triplet loss is left out.',
    '100 coordinates of each table in place of 512.',
    'The rules were written before any run; the readings of both tables alone and of looks with a third of the weight came after the first full run, and a second gave them.',
    'Parts stand side by side and are reduced by their singular directions; the paper’s code adds two of them, 3 : 1. Here all weigh the same.',
    'The tables have all objects; only the names of those asked for are unknown to the maps.',
  ],
  async run(study) {
    const { quick, random, tick } = study;
    const size = quick ? QUICK : FULL;
    const parts = await emojiParts(study, size.parts);
    const { emoji, names, looks, company, said, bare } = parts;
    await tick(0.4);
    const order = random.fork('names').sample(emoji.length);
    const count = Math.round(size.asked * emoji.length);
    const asked = order.subarray(0, count);
    const train = order.subarray(count);
    const split = { names, asked, train, partners: train };
    const all = [looks, company, said];
    const single = [];
    for (const part of all) single.push(await grounded(study, [part], split));
    const joint = await grounded(study, all, split);
    await tick(0.7);
    const mixed = random
      .fork('shuffled')
      .sample(train.length)
      .map((at) => train[at]);
    const linear = await grounded(study, all, split, { by: alignmentById('affine') });
    const counted = await grounded(study, [bare], split);
    const shuffled = await grounded(study, all, { ...split, partners: mixed });
    const whole = await grounded(study, all, split, { dim: all.length * names.cols });
    const tables = await grounded(study, [company, said], split);
    const third = await grounded(study, all, split, {}, [1, 3, 3]);
    const questions = emojiAnalogies(emoji, size.analogies, random.fork('analogies'));
    const near = async ({ objects }: Found) => sameSubgroup(objects, emoji, study);
    const alone = [];
    for (const own of single) alone.push(await near(own));
    const most = (values: readonly number[]) => Math.max(...values);
    return {
      looks: { value: single[0].amongTen, baseline: NEAR / count },
      all: { value: joint.amongTen, baseline: single[0].amongTen },
      best: { value: joint.amongTen, baseline: most(single.map(({ amongTen }) => amongTen)) },
      first: { value: joint.first, baseline: most(single.map(({ first }) => first)) },
      rotation: { value: joint.amongTen, baseline: linear.amongTen },
      information: { value: single[2].amongTen, baseline: counted.amongTen },
      analogies: {
        value: solved(joint.objects, questions),
        baseline: solved(single[0].objects, questions),
      },
      neighbors: { value: await near(joint), baseline: most(alone) },
      shuffled: { value: shuffled.amongTen, baseline: NEAR / count },
      company: single[1].amongTen,
      said: single[2].amongTen,
      whole: whole.amongTen,
      tables: tables.amongTen,
      third: third.amongTen,
      thirdFirst: third.first,
      objects: count,
    };
  },
});

interface Split {
  readonly names: Matrix;
  readonly asked: Int32Array;
  readonly train: Int32Array;
  /** Whose name each of `train` is fitted to. */
  readonly partners: Int32Array;
}

interface Found {
  readonly objects: Matrix;
  /** Share of the names asked for whose object is the first, or among ten, of those asked for. */
  readonly first: number;
  readonly amongTen: number;
}

async function grounded(
  { engine, signal }: StudyContext,
  parts: readonly Matrix[],
  { names, asked, train, partners }: Split,
  options: Parameters<typeof ground>[2] = {},
  weights: readonly number[] = parts.map(() => 1),
): Promise<Found> {
  const run = { engine, signal };
  const given = parts.map((rows, p) => ({ rows, weight: weights[p] }));
  const words = { rows: names, pairs: { a: train, b: partners } };
  const { objects, ofWords } = await ground(given, words, options, run);
  const questions = await ofWords(gathered(names, asked), run);
  const own = Int32Array.from(asked, (_, at) => at);
  const ranks = await partnerRanks(questions, gathered(objects, asked), own, {
    engine,
    work: { signal },
  });
  return { objects, first: meanOf(hitsAt(ranks, 1)), amongTen: meanOf(hitsAt(ranks, NEAR)) };
}

async function sameSubgroup(
  objects: Matrix,
  emoji: readonly Emoji[],
  { engine, signal }: StudyContext,
): Promise<number> {
  const { indices } = await engine.nearest(unitOrZeroRows(objects).points, NEAR, { signal });
  return meanOf(
    Float64Array.from(indices, (j, e) =>
      emoji[j].subgroup === emoji[Math.floor(e / NEAR)].subgroup ? 1 : 0,
    ),
  );
}

/** Share of analogies a : b :: c : d whose d is nearest to b − a + c by cosine, of all but a, b and c. */
function solved(objects: Matrix, questions: readonly (readonly number[])[]): number {
  const { points } = unitOrZeroRows(objects);
  const right = questions.filter(([a, b, c, d]) => {
    const [from, to, also] = [row(points, a), row(points, b), row(points, c)];
    const wanted = Float64Array.from(from, (x, k) => to[k] - x + also[k]);
    let [best, most] = [-1, Number.NEGATIVE_INFINITY];
    for (let i = 0; i < points.rows; i++) {
      if (i === a || i === b || i === c) continue;
      const product = dot(row(points, i), wanted);
      if (product > most) [best, most] = [i, product];
    }
    return best === d;
  });
  return right.length / questions.length;
}
