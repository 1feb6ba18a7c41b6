import type { LearnerRunOptions } from '../families/learners/index.ts';
import { type BoundObjective, koleo, maxMinAngle, sliced } from '../families/objectives/index.ts';
import * as papers from '../method/bibliography/papers.ts';
import { aboveBaseline, defineStudy, notBelowBaseline, type StudyContext } from './define.ts';
import {
  askedOf,
  examplesOf,
  type IntentCodes,
  intentCodes,
  type Kind,
  learners,
  type Named,
  namedBy,
} from './support/intents.ts';
import { loadRequests } from './support/requests.ts';

const KINDS = ['vectors', 'words'] as const;

/** Heads, as the tables call them. */
const HEADS = {
  softmax: 'linear layer (softmax)',
  learned: 'learned prototypes',
  koleo: 'learned prototypes, KoLeo',
  maxMinAngle: 'learned prototypes, maximum minimum angle',
  sliced: 'learned prototypes, sliced',
  tammes: 'Tammes code',
  assigned: 'Tammes code, assigned by meaning',
  equiangular: 'equiangular code',
  affinity: 'code with the cosines of the meanings',
  random: 'random code',
  simplex: 'simplex in 149 dimensions',
} as const;
type HeadName = keyof typeof HEADS;
const NAMES = Object.keys(HEADS) as HeadName[];

/** Of the weights 0.1, 1 and 10 the first did best for each on the validation part. */
const DISPERSED: Readonly<
  Partial<Record<HeadName, { readonly by: BoundObjective; readonly weight: number }>>
> = {
  koleo: { by: koleo.bind(), weight: 0.1 },
  maxMinAngle: { by: maxMinAngle.bind(), weight: 0.1 },
  sliced: { by: sliced.bind({ circles: 1 }), weight: 0.1 },
};

const FULL = { intents: 150, each: 30, dim: 16, epochs: 10, hidden: 256 };
const QUICK = { intents: 12, each: 10, dim: 4, epochs: 6, hidden: 32 };
/** Chosen for learned prototypes without dispersion on the validation part. */
const COMMON = { scale: 8, batch: 128, learningRate: 0.01, heldOut: 0 } as const;

type ReadingName = `${Kind}${Capitalize<HeadName>}${'Accuracy' | 'Detection'}`;
const readingName = (kind: Kind, head: HeadName, what: 'Accuracy' | 'Detection') =>
  `${kind}${head.charAt(0).toUpperCase()}${head.slice(1)}${what}` as ReadingName;

const OF: Readonly<Record<Kind, string>> = { vectors: 'On frozen vectors', words: 'On words' };

function readings() {
  const all = KINDS.flatMap((kind) =>
    NAMES.flatMap((head) => [
      [readingName(kind, head, 'Accuracy'), `${OF[kind]}: accuracy, ${HEADS[head]}`],
      [readingName(kind, head, 'Detection'), `${OF[kind]}: out-of-scope AUROC, ${HEADS[head]}`],
    ]),
  );
  return Object.fromEntries(all.map(([name, title]) => [name, { title, unit: '%' }])) as Record<
    ReadingName,
    { readonly title: string; readonly unit: string }
  >;
}

const LEARNED = 'learned prototypes, no dispersion';

export default defineStudy({
  paper: papers.keepYourDistance,
  part: 'text',
  methods: [
    'learners/classifier',
    'learners/text-classifier',
    'objectives/koleo',
    'objectives/max-min-angle',
    'objectives/sliced',
    'codes/best-code',
    'codes/line-code',
    'codes/semantic-assignment',
  ],
  claim:
    'Class prototypes on a sphere that are kept apart, while they are learned or by a code made before, classify better than those that are not.',
  data: [
    {
      name: 'CLINC150: requests to an assistant, 150 intents and some out of scope, with sentence vectors of 192 dimensions',
      source: 'Larson et al. 2019; Universal Sentence Encoder lite, study-data/clinc150',
      licence: 'CC BY 3.0; encoder Apache-2.0',
    },
  ],
  lines: {
    vectorsKoleo: {
      claim: 'On frozen vectors, KoLeo on the prototypes raises the accuracy',
      unit: '%',
      baseline: LEARNED,
      holds: aboveBaseline(),
    },
    wordsKoleo: {
      claim: 'On words, KoLeo on the prototypes raises the accuracy',
      unit: '%',
      baseline: LEARNED,
      holds: aboveBaseline(),
    },
    vectorsSliced: {
      claim: 'On frozen vectors, the sliced loss on the prototypes raises the accuracy',
      unit: '%',
      baseline: LEARNED,
      holds: aboveBaseline(),
    },
    wordsSliced: {
      claim: 'On words, the sliced loss on the prototypes raises the accuracy',
      unit: '%',
      baseline: LEARNED,
      holds: aboveBaseline(),
    },
    vectorsDetection: {
      claim:
        'On frozen vectors, KoLeo helps the largest cosine to tell what is out of scope (AUROC)',
      unit: '%',
      baseline: LEARNED,
      holds: aboveBaseline(),
    },
    wordsDetection: {
      claim: 'On words, KoLeo helps the largest cosine to tell what is out of scope (AUROC)',
      unit: '%',
      baseline: LEARNED,
      holds: aboveBaseline(),
    },
    vectorsTammes: {
      claim: 'On frozen vectors, a Tammes code that stays is more accurate than a random one',
      unit: '%',
      baseline: 'random code',
      holds: aboveBaseline(),
    },
    wordsTammes: {
      claim: 'On words, a Tammes code that stays is more accurate than a random one',
      unit: '%',
      baseline: 'random code',
      holds: aboveBaseline(),
    },
    vectorsAssigned: {
      claim:
        'On frozen vectors, a Tammes code assigned by meaning is more accurate than as it comes',
      unit: '%',
      baseline: 'Tammes code',
      holds: aboveBaseline(),
    },
    wordsAssigned: {
      claim: 'On words, a Tammes code assigned by meaning is more accurate than as it comes',
      unit: '%',
      baseline: 'Tammes code',
      holds: aboveBaseline(),
    },
    vectorsFixed: {
      claim:
        'On frozen vectors, prototypes that are never learned lose at most a point (Tammes, assigned)',
      unit: '%',
      baseline: LEARNED,
      holds: notBelowBaseline(0.01),
    },
    wordsFixed: {
      claim: 'On words, prototypes that are never learned lose at most a point (Tammes, assigned)',
      unit: '%',
      baseline: LEARNED,
      holds: notBelowBaseline(0.01),
    },
    softmax: {
      claim:
        'On frozen vectors, dispersed prototypes (KoLeo) are more accurate than a linear layer',
      unit: '%',
      baseline: 'linear layer, softmax',
      holds: aboveBaseline(),
    },
  },
  readings: readings(),
  deviations: [
    'Intents in place of images, small encoders in place of a ResNet: sentence vectors – 256 – 16, or the mean of learned word vectors of 16 dimensions.',
    '30 of the 100 requests of each intent are trained on, others in every repeat; all 4,500 and 1,000 out of scope are tested.',
    'Scale and learning rate were chosen for learned prototypes without dispersion, the weight of each dispersion (0.1 of 0.1, 1 and 10) for itself, on the validation part.',
    'The codes are assigned by the mean frozen vectors of the intents, for the words too.',
    'What is out of scope is told by the largest cosine, with the linear layer by the largest probability; no request out of scope is trained on.',
  ],
  async run(study) {
    const found = await measured(study);
    const of = (kind: Kind, head: HeadName, than: HeadName, what: keyof Named = 'accuracy') => ({
      value: found[kind][head][what],
      baseline: found[kind][than][what],
    });
    const shown = Object.fromEntries(
      KINDS.flatMap((kind) =>
        NAMES.flatMap((head) => [
          [readingName(kind, head, 'Accuracy'), found[kind][head].accuracy],
          [readingName(kind, head, 'Detection'), found[kind][head].detection],
        ]),
      ),
    ) as Record<ReadingName, number>;
    return {
      vectorsKoleo: of('vectors', 'koleo', 'learned'),
      wordsKoleo: of('words', 'koleo', 'learned'),
      vectorsSliced: of('vectors', 'sliced', 'learned'),
      wordsSliced: of('words', 'sliced', 'learned'),
      vectorsDetection: of('vectors', 'koleo', 'learned', 'detection'),
      wordsDetection: of('words', 'koleo', 'learned', 'detection'),
      vectorsTammes: of('vectors', 'tammes', 'random'),
      wordsTammes: of('words', 'tammes', 'random'),
      vectorsAssigned: of('vectors', 'assigned', 'tammes'),
      wordsAssigned: of('words', 'assigned', 'tammes'),
      vectorsFixed: of('vectors', 'assigned', 'learned'),
      wordsFixed: of('words', 'assigned', 'learned'),
      softmax: of('vectors', 'koleo', 'softmax'),
      ...shown,
    };
  },
});

/** Every head on both kinds of input. */
async function measured(study: StudyContext): Promise<Record<Kind, Record<HeadName, Named>>> {
  const { quick, random, seed, data, tick } = study;
  const { intents: count, each, ...size } = quick ? QUICK : FULL;
  const set = await loadRequests(data);
  const codes = await intentCodes(set, count, size.dim, study);
  const train = askedOf(set, set.inScope.train, { count, each, random: random.fork('requests') });
  const test = askedOf(set, set.inScope.test, { count });
  const outside = askedOf(set, set.outOfScope.test, { count });
  const trained = async (kind: Kind, head: HeadName): Promise<Named> => {
    const { run, ...own } = howFor(head, codes, count, study);
    const { hidden, ...rest } = size;
    const options = { ...rest, ...own, ...COMMON, seed, hidden: kind === 'vectors' ? hidden : 0 };
    const { model } = await learners[kind](examplesOf(kind, train), options, run);
    return namedBy(kind, model, test, outside);
  };
  const found = { vectors: {}, words: {} } as Record<Kind, Record<HeadName, Named>>;
  for (const [k, kind] of KINDS.entries()) {
    for (const [h, head] of NAMES.entries()) {
      found[kind][head] = await trained(kind, head);
      await tick((k + (h + 1) / NAMES.length) / KINDS.length);
    }
  }
  return found;
}

/** The options and the run of a head. */
function howFor(
  head: HeadName,
  codes: IntentCodes,
  count: number,
  { engine, signal }: StudyContext,
) {
  const run: LearnerRunOptions = { engine, signal };
  const dispersed = DISPERSED[head];
  if (dispersed)
    return {
      head: 'prototypes' as const,
      spreadWeight: dispersed.weight,
      run: { ...run, spread: dispersed.by },
    };
  switch (head) {
    case 'tammes':
    case 'assigned':
    case 'equiangular':
      return { head, run: { ...run, codes: codes[head] } };
    case 'simplex':
      return { head, dim: count - 1, run };
    case 'affinity':
    case 'random':
    case 'softmax':
      return { head, run };
    default:
      return { head: 'prototypes' as const, run };
  }
}
