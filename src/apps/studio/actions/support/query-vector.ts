import { row as rowAt } from '../../../../core/matrix.ts';
import type { RunOptions } from '../../../../method/method.ts';
import { formulaTerms } from '../../../../numerics/text/formula.ts';
import { wordTokens } from '../../../../numerics/text/words.ts';
import type { Near, Question } from '../../../store/types.ts';
import { sumOf, unit } from '../../../store/vectors.ts';
import type { StudioTable } from '../../session/state.ts';
import { storeOf } from './known.ts';

export interface AnsweredQuery extends Pick<Near, 'neighbors' | 'unknown'> {
  /** The vector that was asked for: a row as it is, a sum of unit vectors otherwise. */
  readonly vector: Float32Array;
  readonly reason?: string | undefined;
}

/** What is nearest to a query, and the query as a vector. */
export async function queryVector(
  owner: StudioTable,
  question: Question,
  k: number,
  { engine, signal }: RunOptions,
): Promise<AnsweredQuery> {
  const near = await storeOf(owner).near(question, { k }, { engine, signal });
  const { neighbors, unknown, reason } = near;
  return { neighbors, unknown, reason, vector: await vectorOf(owner, question) };
}

async function vectorOf(owner: StudioTable, question: Question): Promise<Float32Array> {
  const store = storeOf(owner);
  if ('vector' in question) return Float32Array.from(question.vector);
  if ('row' in question) return rowAt(owner.table.points, question.row).slice();
  if ('label' in question) return store.vector(question.label);
  const terms =
    'formula' in question
      ? formulaTerms(question.formula)
      : (await wordsOf(owner, question.text)).map((word) => ({ word, weight: 1 }));
  const words = await store.words(terms.map(({ word }) => word));
  return unit(
    sumOf(
      words.map(({ vector }) => unit(vector)),
      terms.map(({ weight }) => weight),
    ),
  );
}

async function wordsOf(owner: StudioTable, text: string): Promise<readonly string[]> {
  const whole = text.trim();
  return (await storeOf(owner).contains(whole)) ? [whole] : wordTokens(whole);
}
