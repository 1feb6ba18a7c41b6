import { InputError, ShapeError } from '../../core/errors.ts';
import { requireFinite } from '../../core/finite.ts';
import { givenPoints } from '../../core/given-points.ts';
import type { Matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { fittedModel, fittedOf } from '../../learning/index.ts';
import { defineMethod, MethodRun, type RunOptions } from '../../method/method.ts';
import type { OptionSpecs, OptionsOf } from '../../method/options.ts';
import { commonOptions } from './support/common-options.ts';
import { labeledRows, rangeAmong } from './support/labeled-rows.ts';
import type {
  Classified,
  Classifier,
  ClassifierInput,
  ClassifierSpec,
  FittedClasses,
} from './types.ts';

/** Makes a classifier of what it says: checks, the order of classes and rows, random numbers and the model's file are the same for all. */
// @__NO_SIDE_EFFECTS__
export function defineClassifier<const S extends OptionSpecs>(
  spec: ClassifierSpec<S>,
): Classifier<S> {
  const { fewestClasses = 2, knows = [], mayKnow = [], gives, fit: fitTo, score, ...header } = spec;
  const { id } = header;
  const kind = `classifiers/${id}`;
  const knowing = { needs: knows, takes: [...knows, ...mayKnow] };
  const method = defineMethod<ClassifierInput, S & typeof commonOptions, Classified>({
    ...header,
    family: 'classifiers',
    options: { ...spec.options, ...commonOptions },
    async compute(input, options, run) {
      const rows = labeledRows(id, input, fewestClasses, knowing);
      const engine = await run.engineFor(rows.points);
      const { seed } = options as OptionsOf<typeof commonOptions>;
      const random = Random.fromSeed(seed).fork(id);
      const context = { engine, random, run, work: workOf(id, run.options) };
      const { settings, arrays, facts = {}, warnings = [] } = await fitTo(rows, options, context);
      const { names, seen } = rows;
      const model = fittedModel(kind, {
        settings: { ...settings, columns: rows.points.cols, classes: names, seen },
        arrays,
      });
      return { model, names, seen, rows: rows.of.length, facts, warnings, engine: engine.name };
    },
  });
  const scores: Classifier['scores'] = async (model, given, options = {}) => {
    const stored = await fittedOf(kind, model);
    const { columns, classes, seen } = stored.settings;
    if (!Array.isArray(classes) || typeof columns !== 'number' || typeof seen !== 'number')
      throw new InputError(id, 'the description of the model is damaged.');
    const rows = requireFinite(id, givenPoints(id, given));
    if (rows.cols !== columns) throw new ShapeError(id, `rows of ${columns}`, `${rows.cols}`);
    const fitted: FittedClasses = { ...stored, names: classes.map(String), seen };
    const engine = await new MethodRun(options).engineFor(rows);
    const found = await score(fitted, rows, { engine, work: workOf(id, options) });
    return { names: fitted.names, seen, scores: found };
  };
  const predict: Classifier['predict'] = async (model, rows, { among = 'all', ...run } = {}) => {
    const scored = await scores(model, rows, run);
    const range = rangeAmong(id, among, scored.seen, scored.names.length);
    return { ...scored, classes: largestOf(scored.scores, range).map((at) => scored.names[at]) };
  };
  return Object.assign(method, { gives, knows, mayKnow, scores, predict }) as Classifier<S>;
}

function workOf(id: string, { signal, onProgress }: RunOptions) {
  return { signal, onProgress: (done: number) => onProgress?.({ stage: id, done }) };
}

/** The place of each row's largest score among the columns from `from` on, `to` excluded; of equal ones the first. */
function largestOf({ data, rows: n, cols }: Matrix, [from, to]: readonly [number, number]) {
  return Array.from({ length: n }, (_, i) => {
    let best = from;
    for (let c = from + 1; c < to; c++) if (data[i * cols + c] > data[i * cols + best]) best = c;
    return best;
  });
}
