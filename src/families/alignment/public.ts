export { type MultiView, type MultiViewOptions, multiViewCca } from './support/multi-view.ts';
