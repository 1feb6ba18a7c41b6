import { InputError } from '../../core/errors.ts';
import type { ClassRelation } from '../../families/classifiers/index.ts';
import { readLabels } from '../../io/index.ts';

/** Relations between classes, one a line: name, relation, name, between tabs or commas; a heading is left out. */
export async function readRelations(file: string): Promise<readonly ClassRelation[]> {
  const lines = (await readLabels(file)).filter((line) => line.trim() !== '');
  const triples = lines.map((line, at): ClassRelation => {
    const fields = line.split(line.includes('\t') ? '\t' : ',').map((field) => field.trim());
    const [from, relation, to] = fields;
    if (fields.length !== 3 || fields.includes(''))
      throw new InputError(
        file,
        `line ${at + 1} is no relation: expected a name, a relation and a name between tabs or commas; got ${JSON.stringify(line)}.`,
      );
    return [from, relation, to];
  });
  const isHeading = triples[0]?.[1].toLowerCase() === 'relation';
  return isHeading ? triples.slice(1) : triples;
}
