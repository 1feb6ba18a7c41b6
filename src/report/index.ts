export * from './charts/index.ts';
export * from './contract.ts';
export { reportHtml } from './report.ts';
