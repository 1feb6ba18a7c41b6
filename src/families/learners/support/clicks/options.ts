import { choice, integer, number } from '../../../../method/options.ts';
import { INTERACTIONS } from './click-model.ts';

/** The options of every click model. */
export const clickOptions = {
  dim: integer(16, 'Columns of the vectors.', { min: 1 }),
  interactions: choice(INTERACTIONS, 'deep-fm', 'What the vectors of an example say together.'),
  hidden: integer(32, 'Columns of the hidden layer.', { min: 1 }),
  minCount: integer(2, 'How often a value must be there not to count as one of the others.', {
    min: 1,
  }),
  heldOut: number(0.1, 'Share of the examples that is kept to measure on.', { min: 0, max: 0.9 }),
} as const;
