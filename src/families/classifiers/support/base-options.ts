import { boolean, integer, number } from '../../../method/options.ts';

/** Options of the logistic regression that gives a method its probabilities. */
export const baseOptions = {
  penalty: number(1, 'Weight of the squares of the classifier’s weights; above 0.', {
    min: 1e-9,
    symbol: 'λ',
  }),
  steps: integer(200, 'Most steps of the classifier’s search.', { min: 1 }),
  scaled: boolean(true, 'Columns are brought to variance 1 first.'),
};
