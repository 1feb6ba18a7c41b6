/**
 * Buttons that save a figure: its SVG as a file of its own (in the light colours, whatever the page
 * shows), or what the canvas shows as PNG. Runs in the reader's browser.
 */
export function saveButtons(page: Document): void {
  function save(blob: Blob, name: string): void {
    const link = page.createElement('a');
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }

  for (const button of page.querySelectorAll<HTMLButtonElement>('button[data-save]')) {
    button.hidden = false;
    button.addEventListener('click', () => {
      const id = button.getAttribute('data-save') ?? '';
      const target = page.getElementById(id);
      if (target instanceof HTMLCanvasElement) {
        target.toBlob((blob) => {
          if (blob) save(blob, `${id}.png`);
        });
      } else if (target) {
        const text = new XMLSerializer().serializeToString(target);
        save(new Blob([text], { type: 'image/svg+xml' }), `${id}.svg`);
      }
    });
  }
}
