import { describeStudies } from '../src/testing/study-laws.ts';

await describeStudies(1, 2);
