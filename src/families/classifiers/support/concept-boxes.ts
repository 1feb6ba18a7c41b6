import { InputError, OptionError, ShapeError } from '../../../core/errors.ts';
import { requireFinite } from '../../../core/finite.ts';
import { type GivenPoints, givenPoints } from '../../../core/given-points.ts';
import { type Matrix, matrix, zeros64 } from '../../../core/matrix.ts';
import { exp } from '../../../core/numeric.ts';
import { fittedModel, fittedOf, type Model, type StoredModel } from '../../../learning/index.ts';
import { MethodRun, type RunOptions } from '../../../method/method.ts';
import type { ClassRelation, ClassScores } from '../types.ts';
import { logEntailment } from './box-entailment.ts';
import { placedRelations } from './box-relations.ts';
import { asBoxes, centersOf, logMemberships, placedConcept } from './placed-concept.ts';

const KIND = 'classifiers/boxes';
const ID = 'boxes';

/** A concept to be added to a model of the method `boxes`. */
export interface NewConcept {
  readonly name: string;
  /** k × d rows that belong to it; left out, its relations alone say where it lies. */
  readonly examples?: GivenPoints | undefined;
  /** To concepts that the model has. */
  readonly relations?: readonly ClassRelation[] | undefined;
}

/** The model with one concept more, the last of its names: from example rows, from relations, or from both. */
export async function learnConcept(
  model: StoredModel | Model,
  { name, examples, relations = [] }: NewConcept,
  options: RunOptions = {},
): Promise<Model> {
  const { settings, arrays, names } = await storedBoxes(model);
  if (names.includes(name))
    throw new OptionError(ID, 'name', 'a name that no concept of the model has', name);
  if (examples === undefined && relations.length === 0)
    throw new InputError(ID, `of the concept "${name}" neither examples nor relations are given.`);
  const strange = relations.find(([from, , to]) => from !== name && to !== name);
  if (strange)
    throw new InputError(
      ID,
      `the relation "${strange.join(' ')}" does not name "${name}", which is to be learned.`,
    );
  const { map, shift, boxes, means, spread } = arrays;
  const rows = examples === undefined ? noRows(map.cols) : rowsFor(map.cols, examples);
  const all = [...(settings['relations'] as ClassRelation[]), ...relations];
  const place = names.length;
  const wider = zeros64(place + 1, boxes.cols);
  wider.data.set(boxes.data);
  const placed = placedRelations(ID, all, [...names, name]);
  const engine = await new MethodRun(options).engineFor(noRows(1));
  const box = await placedConcept(
    place,
    centersOf(rows, map, shift),
    {
      boxes: wider,
      isPlaced: [...names.map(() => true), false],
      means: means as Matrix<Float64Array>,
      spread: spread as Matrix<Float64Array>,
      relations: placed,
    },
    { engine, work: { signal: options.signal } },
  );
  wider.data.set(box, place * boxes.cols);
  return fittedModel(KIND, {
    settings: { ...settings, classes: [...names, name], relations: all.map((own) => [...own]) },
    arrays: { ...arrays, boxes: wider },
  });
}

/** P(concept | row), r × C: how surely each row lies in each box, wide ones included. */
export async function memberships(
  model: StoredModel | Model,
  given: GivenPoints,
): Promise<ClassScores> {
  const { arrays, names, seen } = await storedBoxes(model);
  const { map, shift, boxes } = arrays;
  const logs = logMemberships(centersOf(rowsFor(map.cols, given), map, shift), boxes);
  return { names, seen, scores: matrix(logs.data.map(exp), logs.rows, logs.cols) };
}

/** Of each concept in each other, C × C: P(column | row), 1 where the box of the row lies in that of the column. */
export async function boxContainments(model: StoredModel | Model): Promise<ClassScores> {
  const { arrays, names, seen } = await storedBoxes(model);
  const own = asBoxes(arrays['boxes']);
  const scores = zeros64(names.length, names.length);
  for (let i = 0; i < scores.rows; i++)
    for (let j = 0; j < scores.cols; j++)
      scores.data[i * scores.cols + j] = i === j ? 1 : exp(logEntailment(own, i, own, j));
  return { names, seen, scores };
}

async function storedBoxes(model: StoredModel | Model) {
  const stored = await fittedOf(KIND, model);
  const { classes, seen, relations } = stored.settings;
  if (!Array.isArray(classes) || typeof seen !== 'number' || !Array.isArray(relations))
    throw new InputError(ID, 'the description of the model is damaged.');
  return { ...stored, names: classes.map(String), seen };
}

const noRows = (cols: number) => matrix(new Float32Array(0), 0, cols);

function rowsFor(cols: number, given: GivenPoints): Matrix {
  const rows = requireFinite(ID, givenPoints(ID, given));
  if (rows.cols !== cols) throw new ShapeError(ID, `rows of ${cols}`, `${rows.cols}`);
  return rows;
}
