// Tells the page now and then that a person is there: a pressed key, a pointer, a wheel. What the page asks by itself does not count.
const kinds = ["pointerdown", "keydown", "wheel"];
const calm = 30_000;

export function watch(page) {
  let told = 0;
  const acted = event => {
    const now = Date.now();
    if (!event.isTrusted || now - told < calm) { return; }
    told = now;
    page.invokeMethodAsync("Acted").catch(() => { told = 0; });
  };
  for (const kind of kinds) { document.addEventListener(kind, acted, { capture: true, passive: true }); }
  return { stop() { for (const kind of kinds) { document.removeEventListener(kind, acted, { capture: true }); } } };
}
