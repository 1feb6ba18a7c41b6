export { byFrequency, type Numbered } from './support/by-frequency.ts';
