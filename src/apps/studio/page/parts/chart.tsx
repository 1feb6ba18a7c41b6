/** A chart of the report, which comes as SVG text made of numbers and escaped words. */
export function Chart({ svg }: { readonly svg: string }) {
  // biome-ignore lint/security/noDangerouslySetInnerHtml: the chart functions escape all text they are given
  return <div class="chart" dangerouslySetInnerHTML={{ __html: svg }} />;
}
