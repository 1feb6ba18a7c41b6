export * from './charts/index.ts';
export type { ComparePictures, CompareReportData, ComparisonLine } from './compare/contract.ts';
export { compareReportHtml } from './compare/report.ts';
export * from './contract.ts';
export { duration, fixed, percent, significant } from './format.ts';
export { type ComparisonRow, comparison, MEASURES, type Measure } from './measures.ts';
export { meanScore, summary } from './readings.ts';
export { reportHtml } from './report.ts';
export {
  colorWanted,
  measureTable,
  type ProgressLine,
  progressBar,
  type TerminalStyle,
} from './terminal.ts';
