export { type ParityResult, type ParityVerdict, parity } from './apps/parity/index.ts';
export { type ReportData, reportHtml } from './apps/report/index.ts';
export {
  type CodeReport,
  type CodeRequest,
  type CodeResult,
  code,
  verifyCode,
} from './apps/verbs/code.ts';
export {
  type CompareOptions,
  type CompareResult,
  compare,
  compareInDetail,
  compareReportData,
} from './apps/verbs/compare.ts';
export {
  type DisperseOptions,
  type DisperseRecipe,
  type DisperseResult,
  disperse,
} from './apps/verbs/disperse.ts';
export { type Diagnosis, type DoctorOptions, diagnose } from './apps/verbs/doctor.ts';
export {
  LAYER_METRICS,
  type LayerInput,
  type LayerPeak,
  type LayerRow,
  type LayersOptions,
  type LayersResult,
  layers,
} from './apps/verbs/layers.ts';
export {
  type MeasureDetails,
  type MeasureOptions,
  type MeasureResult,
  measure,
  measureInDetail,
} from './apps/verbs/measure.ts';
export {
  type RankedRun,
  type RankRunsOptions,
  type RunRanking,
  rankRuns,
} from './apps/verbs/rank-runs.ts';
export { reportData } from './apps/verbs/report.ts';
export { type Tracked, track } from './apps/verbs/track.ts';
export * from './core/index.ts';
export { chooseEngine } from './engine/choose.ts';
export type { Engine, EngineName } from './engine/engine.ts';
export {
  convert,
  encode,
  info,
  type Layer,
  read,
  readBlocks,
  readLayers,
  readSample,
  type Source,
  type Sources,
  sampleRows,
  type VectorTable,
  write,
} from './io/index.ts';
