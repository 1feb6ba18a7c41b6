export { type Triggers, triggersIn } from './support/triggers.ts';
