/** Hands a file to the reader. */
export function save(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** Buttons that save a chart: its SVG as a file of its own, in the light colours, whatever the page shows. */
export function saveButtons(page: Document): void {
  for (const button of page.querySelectorAll<HTMLButtonElement>('button[data-save]')) {
    button.hidden = false;
    button.addEventListener('click', () => {
      const id = button.getAttribute('data-save') ?? '';
      const target = page.getElementById(id);
      if (!target) return;
      const text = new XMLSerializer().serializeToString(target);
      save(new Blob([text], { type: 'image/svg+xml' }), `${id}.svg`);
    });
  }
}
