import { gathered } from '../../core/matrix.ts';
import { areaUnderRoc } from '../../numerics/statistics/area-under-roc.ts';
import type { StudyContext } from '../define.ts';
import type { Concept } from './concepts.ts';
import { cosinesWith, type Learned, type LearnOptions, learnedWord } from './learned-words.ts';

/** Words that stand for a class, and the loss at which cosines with them are compared. */
const OWN_WORDS = 10;
const EQUAL_LOSS = 0.4;

/** What became of a way, over the first words. */
export interface Outcome {
  readonly steps: number;
  readonly area: number;
  readonly spread: number;
  readonly cosine: number;
  readonly start: number;
  readonly loss: number;
  /** From the telling first words alone. */
  readonly telling: Pick<One, 'steps' | 'area' | 'cosine'>;
}

/** From one first word. */
type One = Omit<Outcome, 'spread' | 'telling'>;

export interface OutcomeOptions
  extends Pick<LearnOptions, 'way' | 'basis' | 'steps' | 'learningRate'> {
  /** First words: half of them the most telling of the class, half drawn. */
  readonly starts: number;
}

/** Learns a word for the class from several first words. */
export async function outcomeOf(
  { vocabulary, own, train, test }: Concept,
  { starts, basis, steps, ...how }: OutcomeOptions,
  { random, engine }: StudyContext,
): Promise<Outcome> {
  const others = random.fork('first words').sample(vocabulary.rows);
  const telling = own.slice(0, Math.ceil(starts / 2));
  const firsts = [
    ...telling,
    ...[...others].filter((row) => !own.slice(0, OWN_WORDS).includes(row)),
  ];
  const ownWords = gathered(vocabulary, own.slice(0, OWN_WORDS));
  const each: One[] = [];
  for (const [i, first] of firsts.slice(0, starts).entries()) {
    const order = random.fork('drawn words').fork(i).sample(vocabulary.rows);
    const drawn = [first, ...[...order].filter((row) => row !== first)].slice(0, basis);
    const learned = await learnedWord(vocabulary, first, train, {
      ...how,
      basis,
      drawn,
      steps,
      engine,
    });
    const last = learned.vectors[learned.vectors.length - 1];
    each.push({
      steps: stepsTo(learned.accuracies, (share) => share >= 0.95),
      area: areaOf(last, test),
      start: areaOf(learned.vectors[0], test),
      cosine: meanOf(cosinesWith(vectorAtLoss(learned), ownWords)),
      loss: learned.losses[learned.losses.length - 1],
    });
  }
  const mean = (of: keyof One, among: readonly One[] = each) => meanOf(among.map((one) => one[of]));
  const area = mean('area');
  const few = each.slice(0, telling.length);
  return {
    area,
    spread: Math.sqrt(meanOf(each.map((one) => (one.area - area) ** 2))),
    steps: mean('steps'),
    cosine: mean('cosine'),
    start: mean('start'),
    loss: mean('loss'),
    telling: { steps: mean('steps', few), area: mean('area', few), cosine: mean('cosine', few) },
  };
}

/** Steps made before the first at which it is so; all of them where it never is. */
function stepsTo(values: readonly number[], isSo: (value: number) => boolean): number {
  const at = values.findIndex(isSo);
  return at < 0 ? values.length : at;
}

function vectorAtLoss({ losses, vectors }: Learned): Float32Array {
  const at = stepsTo(losses, (loss) => loss <= EQUAL_LOSS);
  return vectors[Math.min(at, vectors.length - 1)];
}

function areaOf(vector: Float32Array, { points, isOf }: Concept['test']): number {
  const cosines = cosinesWith(vector, points);
  return areaUnderRoc(
    cosines.filter((_, i) => isOf[i] === 0),
    cosines.filter((_, i) => isOf[i] === 1),
  );
}

const meanOf = (values: ArrayLike<number>) =>
  Array.from(values).reduce((sum, x) => sum + x / values.length, 0);
