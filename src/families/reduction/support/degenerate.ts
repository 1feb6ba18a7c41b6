import { counted } from '../../../core/text.ts';

/** What to say of columns that are constant, if there are any. */
export function constantColumns(count: number): readonly string[] {
  if (count === 0) return [];
  const which =
    count === 1 ? '1 column is constant and counts' : `${count} columns are constant and count`;
  return [`${which} as 0.`];
}

/** What to say where the variances found, largest first, end in zeros: columns of the result are 0 then. */
export function flatColumns(variances: Float64Array, before = 0): readonly string[] {
  const rank = variances.indexOf(0);
  if (rank < 0) return [];
  const directions = counted(rank + before, 'direction');
  return [
    `The rows vary in ${directions} alone; columns of the result from ${rank} on (counted from 0) are 0.`,
  ];
}
