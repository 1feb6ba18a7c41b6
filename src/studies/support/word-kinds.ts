import { gathered, type Matrix } from '../../core/matrix.ts';
import type { ClassRelation } from '../../families/classifiers/types.ts';
import { readLabels } from '../../io/labels.ts';
import type { StudyContext } from '../define.ts';
import { loadWordTable } from './word-sets.ts';

/** Words with the kinds of thing that they name. */
export interface WordKinds {
  readonly points: Matrix;
  readonly kinds: readonly string[];
}

/** Words of GloVe by kind, and which kind is a kind of which. */
export async function loadWordKinds(
  data: StudyContext['data'],
): Promise<WordKinds & { readonly relations: readonly ClassRelation[] }> {
  const folder = await data.folder('word-kinds');
  const table = async (name: string) =>
    (await readLabels(new URL(name, folder))).map((line) => line.split('\t'));
  const { rowOf, points } = await loadWordTable();
  const lines = await table('kinds.tsv');
  const relations = await table('relations.tsv');
  return {
    points: gathered(
      points,
      lines.map(([word]) => rowOf.get(word) as number),
    ),
    kinds: lines.map(([, kind]) => kind),
    relations: relations.map(([from, relation, to]): ClassRelation => [from, relation, to]),
  };
}

export const chosenWords = ({ points, kinds }: WordKinds, rows: readonly number[]): WordKinds => ({
  points: gathered(points, rows),
  kinds: rows.map((row) => kinds[row]),
});

/** 2·precision·recall/(precision + recall) of "is of that kind". */
export function f1Of(found: readonly boolean[], truth: readonly boolean[]): number {
  const both = found.filter((own, i) => own && truth[i]).length;
  const either = found.filter(Boolean).length + truth.filter(Boolean).length;
  return either === 0 ? 0 : (2 * both) / either;
}
