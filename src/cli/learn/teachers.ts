import { InputError } from '../../core/errors.ts';
import type { Matrix } from '../../core/matrix.ts';
import { counted } from '../../core/text.ts';
import { readInput } from '../input.ts';
import { othersBeside } from './others.ts';

/** What the teachers' rows belong to: texts, or rows of vectors with their labels. */
interface Examples {
  readonly texts?: readonly string[];
  readonly points?: Matrix;
  readonly labels?: readonly string[] | undefined;
}

/** The vectors of each teacher, row i of the i-th example: by label where rows have labels in both, else by place. */
export async function readTeachers(
  command: string,
  files: readonly string[] | undefined,
  { texts, points, labels }: Examples,
): Promise<readonly Matrix[]> {
  if (files === undefined)
    throw new InputError(
      command,
      'vectors of a teacher are needed: --teacher FILE (again for another one).',
    );
  const teachers: Matrix[] = [];
  for (const file of files) {
    const rows = await readInput(file, {});
    if (texts) requireAsMany(file, texts.length, rows.points);
    teachers.push(points ? othersBeside(file, { points, labels }, rows) : rows.points);
  }
  return teachers;
}

function requireAsMany(file: string, n: number, { rows }: Matrix): void {
  if (rows === n) return;
  throw new InputError(
    file,
    `expected ${counted(n, 'row', 'rows')}, one for each text; got ${rows} (blank lines of a file of lines are no texts).`,
  );
}
