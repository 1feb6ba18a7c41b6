import { uniformRows } from '../../testing/points.ts';
import type { SmallProblem } from '../../testing/small-problem.ts';

const EXEMPT: Readonly<Record<string, SmallProblem['exempt']>> = {
  'modality-separability': {
    'row order': 'rows are dealt to the two halves by their places',
  },
  'sparse-prediction': { 'row order': 'rows are dealt to the two halves by their places' },
  'rotated-row-cosine': { 'row order': 'rows are dealt to the two halves by their places' },
};

export function smallProblem(id: string): SmallProblem {
  return {
    exempt: EXEMPT[id] ?? {},
    input: { a: uniformRows(600, 3, 1), b: uniformRows(600, 3, 2) },
    run: { seed: 5 },
  };
}
