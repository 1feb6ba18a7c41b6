export { type DotPlotOptions, type DotRow, dotPlot } from './dot-plot.ts';
export { barGlyph, moveGlyph } from './glyphs.ts';
export { densities, type HistogramOptions, type HistogramSeries, histogram } from './histogram.ts';
export { type IntervalPlotOptions, type IntervalRow, intervalPlot } from './interval-plot.ts';
export { type LineOptions, type LineSeries, lineChart } from './line.ts';
export {
  linearScale,
  logScale,
  logTicks,
  niceDomain,
  niceTicks,
  type Scale,
  type Tick,
} from './scale.ts';
export { type ScatterOptions, type ScatterPoint, scatterChart } from './scatter.ts';
export { type SpectrumOptions, spectrum } from './spectrum.ts';
export { type StripOptions, type StripRow, stripChart } from './strip.ts';
export { type Series, theme } from './theme.ts';
