import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from 'commander';
import { reportHtml } from '../../apps/report/index.ts';
import { disperse } from '../../apps/verbs/disperse.ts';
import { measureInDetail } from '../../apps/verbs/measure.ts';
import { reportData } from '../../apps/verbs/report.ts';
import { wordSimilarityBaselines } from '../../apps/verbs/word-similarity-baselines.ts';
import type { Engine } from '../../engine/engine.ts';
import { loadGlove } from '../../io/datasets/index.ts';
import { rowNames, write, writeLabels } from '../../io/index.ts';
import { recipeOf } from '../disperse/recipe.ts';
import { addEngineFlags, type EngineFlags, withEngine } from '../engine.ts';
import { claimOutputs, writeBytes } from '../files.ts';
import { hashOfPoints } from '../input.ts';
import { interruptible } from '../interrupt.ts';
import { ProgressBar, print, say, tableText, treatmentTable } from '../terminal.ts';

interface Flags extends EngineFlags {
  readonly output: string;
}

export function configure(command: Command): void {
  command
    .option('-o, --output <folder>', 'folder to write into', 'out')
    .addHelpText('after', '\nExample:\n  $ npm start\n');
  addEngineFlags(command).action((flags: Flags) =>
    interruptible((signal) => withEngine(flags, (engine) => run(flags.output, engine, signal))),
  );
}

async function run(folder: string, engine: Engine, signal: AbortSignal): Promise<void> {
  const began = performance.now();
  await mkdir(folder, { recursive: true });
  const at = (name: string) => join(folder, name);
  await claimOutputs('start', { output: at('report.html') });
  const bar = new ProgressBar(false);
  const watch = { signal, onProgress: bar.update };
  try {
    const table = await loadGlove();
    say(`GloVe, ${table.points.rows} words in ${table.points.cols} dimensions (data/glove-slice)`);
    const before = await measureInDetail(table, { engine }, watch);
    const result = await disperse(table, { engine }, watch);
    const spreadTable = {
      ...table,
      points: { ...result.points, data: Float32Array.from(result.points.data) },
    };
    const after = await measureInDetail(spreadTable, { engine, null: 'none' }, watch);
    const baselines = await wordSimilarityBaselines(
      table,
      { before, after, result },
      engine,
      watch,
    );
    const recipe = recipeOf('dataset:glove', hashOfPoints(table.points), result);
    await write(at('vectors.npy'), spreadTable);
    await writeLabels(at('labels.txt'), table.labels ?? []);
    await writeBytes(at('recipe.json'), `${JSON.stringify(recipe, null, 2)}\n`);
    const seconds = (performance.now() - began) / 1000;
    const spread = { result, after, recipe };
    const data = reportData({
      source: 'GloVe',
      nameOf: rowNames(table),
      before,
      spread,
      baselines,
      seconds,
    });
    await writeBytes(at('report.html'), reportHtml(data));
    bar.clear();
    const measured = { before: before.measurement, after: after.measurement };
    await print(tableText(measured, before.measurement.null));
    await print(`\n${treatmentTable(baselines)}`);
    say(
      `\n${result.objective}: ${result.steps} steps at ${result.stepsPerSecond.toFixed(1)} a second`,
    );
    say(`Wrote ${['vectors.npy', 'labels.txt', 'report.html', 'recipe.json'].map(at).join(', ')}`);
    say(
      `Look at it: open ${at('report.html')}. Repeat it: npx tammes disperse dataset:glove -o again.npy --recipe ${at('recipe.json')}`,
    );
  } finally {
    bar.clear();
  }
}
