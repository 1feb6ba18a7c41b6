/** A chart of the report, which comes as SVG text made of numbers and escaped words. */
export function Chart({ svg }: { readonly svg: string }) {
  return <div class="chart" dangerouslySetInnerHTML={{ __html: svg }} />;
}
