import { OptionError } from '../core/errors.ts';
import type { Study } from './define.ts';
import { STUDIES } from './generated/studies.ts';

export * from './define.ts';
export type { Repeat, Verdict } from './support/judge.ts';
export {
  curvesChart,
  scatterChartOf,
  studyChart,
  studyIndex,
  studyPage,
  VERDICTS,
  withInterval,
} from './support/page.ts';
export { type PaperLine, paperLines, papersPage } from './support/papers.ts';
export { judged, runStudy, type StudyRecord, seedsOf } from './support/run-study.ts';

/** The ids of all studies, in alphabetical order. */
export function studyIds(): string[] {
  return Object.keys(STUDIES);
}

/** The study of that id, read from its file. */
export async function studyById(id: string): Promise<Study> {
  const load = Object.hasOwn(STUDIES, id) ? STUDIES[id] : undefined;
  if (!load) {
    throw new OptionError('study', 'id', 'that of a study, as `tammes study` lists them', id);
  }
  return (await load()).default;
}
