import { byId } from '../../catalog/by-id.ts';
import { type GivenPoints, givenPoints } from '../../core/given-points.ts';
import { gathered } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { classActivation, doei } from '../../families/attributions/index.ts';
import type { Attribution, Cues } from '../../families/attributions/types.ts';
import type { RunOptions } from '../../method/method.ts';
import {
  type Faithfulness,
  faithfulness,
  rowsWithout,
} from '../../structures/faithfulness/index.ts';

const { ids, get } = byId<Attribution>('explain cam', 'method', { classActivation, doei });

/** The ids of what maps a class over tokens. */
export const camMethodIds = ids;
export const camMethodById = get;

export interface CamInput {
  /** p × d, before average pooling. */
  readonly tokens: GivenPoints;
  /** c × d, of the linear layer behind it. */
  readonly weights: GivenPoints;
  readonly bias?: ArrayLike<number> | undefined;
  readonly cues?: Cues | undefined;
}

export interface CamOptions {
  /** The class; that of the highest score where left out. */
  readonly classRow?: number | undefined;
  /** Default: `class-activation`. */
  readonly method?: string | undefined;
  readonly options?: Readonly<Record<string, unknown>> | undefined;
  readonly seed?: number | undefined;
}

/** Where a class was seen. */
export interface ExplainedClass {
  readonly method: string;
  readonly class: number;
  readonly score: number;
  readonly constant: number;
  /** Whether contributions and the constant sum to the score. */
  readonly exact: boolean;
  /** Of token a for class b, in the order of the tokens. */
  readonly contributions: readonly {
    readonly a: number;
    readonly b: number;
    readonly value: number;
  }[];
  /** What the score loses without the tokens of the largest contributions; null for one token. */
  readonly faithfulness: Faithfulness | null;
  readonly warnings: readonly string[];
}

/**
 * Which tokens make the score of a class: a class activation map, exact or enhanced.
 *
 * @example
 * const { class: seen, contributions } = await explainCam({ tokens, weights, bias });
 */
export async function explainCam(
  { tokens, weights, bias, cues }: CamInput,
  { classRow, method = 'class-activation', options = {}, seed = 0 }: CamOptions = {},
  run: RunOptions = {},
): Promise<ExplainedClass> {
  const split = camMethodById(method);
  const a = givenPoints('explain cam, tokens', tokens);
  const b = givenPoints('explain cam, weights', weights);
  const scoreOf = async (own: number, rows: GivenPoints = a) =>
    (await classActivation({ a: rows, b, bias, query: { b: own } }, {}, run)).score;
  const asked = classRow ?? (await highest(b.rows, scoreOf));
  const found = await split({ a, b, bias, cues, query: { b: asked } }, options as never, run);
  const { score, constant, contributions, warnings } = found;
  const deletion = await faithfulness(
    [contributions.values],
    score,
    ([left]) => scoreOf(asked, gathered(a, rowsWithout(a.rows, left))),
    { random: Random.fromSeed(seed).fork('explain cam') },
  );
  return {
    method,
    class: asked,
    score,
    constant,
    exact: split.exact,
    contributions: Array.from(contributions.values, (value, k) => ({
      a: contributions.a[k],
      b: contributions.b[k],
      value,
    })),
    faithfulness: deletion,
    warnings,
  };
}

async function highest(count: number, scoreOf: (own: number) => Promise<number>): Promise<number> {
  let [best, most] = [0, -Infinity];
  for (let own = 0; own < count; own++) {
    const score = await scoreOf(own);
    if (score > most) [best, most] = [own, score];
  }
  return best;
}
