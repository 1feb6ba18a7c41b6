export { bySide, type Contribution, strongest } from './support/reading.ts';
