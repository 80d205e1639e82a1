// What the pages need of the browser, and no more: theme, time zone, keys, dialogs. Loaded in the head, before the first paint.
(() => {
  const root = document.documentElement;
  const keep = (name, value) => { document.cookie = `${name}=${encodeURIComponent(value)}; path=/; max-age=31536000; samesite=lax${location.protocol === "https:" ? "; secure" : ""}`; };
  const kept = name => document.cookie.split("; ").find(c => c.startsWith(name + "="));

  // ---- theme: the server paints what the cookie says; without a cookie the system's wish counts
  const wear = theme => {
    root.dataset.theme = theme;
    const sheet = document.getElementById("rz-theme");
    if (sheet) { sheet.href = sheet.dataset[theme]; }
  };
  if (!kept("oc-theme")) {
    const system = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
    keep("oc-theme", system);
    wear(system);
  }

  // ---- time zone: read again at every load, because people travel
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
  keep("oc-zone", zone);

  // ---- keys: the page that listens last is asked; nothing is taken while somebody types
  const listeners = [];
  const typing = target => target.closest?.("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable=true]");
  const acts = target => target.closest?.("a[href], button, summary");

  const shellKey = event => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") { return focusSearch; }
    if (typing(event.target) || event.ctrlKey || event.metaKey || event.altKey) { return null; }
    return { "/": focusSearch, "?": showKeys, "f": document.getElementById("list-search") && !document.querySelector("dialog[open]") ? focusList : null }[event.key] ?? null;
  };
  const focusSearch = () => { const box = document.getElementById("search"); box?.focus(); box?.select(); };
  const focusList = () => { const box = document.getElementById("list-search"); box.focus(); box.select(); };
  const showKeys = () => { const help = document.getElementById("keys-help"); if (help && !help.open) { help.showModal(); } };

  document.addEventListener("keydown", event => {
    const own = shellKey(event);
    if (own) { event.preventDefault(); own(); return; }
    if (event.key === "Escape" && event.target.id === "search") { event.target.blur(); return; }
    if (typing(event.target) || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) { return; }
    if ((event.key === "Enter" || event.key === " ") && acts(event.target)) { return; }
    const last = listeners[listeners.length - 1];
    if (last?.keys.includes(event.key)) {
      event.preventDefault();
      last.page.invokeMethodAsync("Pressed", event.key);
    }
  });

  // A file that is taken from a page of the past is of the same moment.
  const keepMoment = file => {
    const asof = new URLSearchParams(location.search).get("asof");
    if (!file || !asof || file.origin !== location.origin) { return; }
    const query = new URLSearchParams(file.search);
    query.set("asof", asof);
    file.search = query;
  };

  document.addEventListener("click", event => {
    if (event.target.closest("[data-theme-toggle]")) {
      const next = root.dataset.theme === "dark" ? "light" : "dark";
      keep("oc-theme", next);
      wear(next);
      return; // What is open stays open: only its colours change.
    }
    if (event.target.closest("[data-keys-help]")) { showKeys(); }
    keepMoment(event.target.closest("a[href*='.csv']"));
    for (const open of document.querySelectorAll("details.menu[open]")) {
      if (!open.contains(event.target)) { open.open = false; }
    }
  });

  // ---- drafts: what is typed into a field with data-draft stays in this browser until the console has it as a draft, so that neither
  // a lost connection nor a restart of the console loses it. The page hears of it after a pause, not at every key.
  const drafts = "oc-draft:";
  const pauses = new WeakMap();
  // Whoever must sign in here may be somebody else than who typed them.
  if (location.pathname.startsWith("/sign-in")) { Object.keys(localStorage).filter(key => key.startsWith(drafts)).forEach(key => localStorage.removeItem(key)); }
  const keepDraft = (key, text) => { try { localStorage.setItem(drafts + key, text); } catch { /* full or forbidden: the page still has it */ } };
  document.addEventListener("input", event => {
    const field = event.target.closest?.("[data-draft]");
    if (!field) { return; }
    keepDraft(field.dataset.draft, field.value);
    clearTimeout(pauses.get(field));
    pauses.set(field, setTimeout(() => field.dispatchEvent(new Event("change", { bubbles: true })), 250));
  });
  document.addEventListener("scroll", event => {
    if (event.target.matches?.("textarea[data-draft]")) { event.target.previousElementSibling.scrollTop = event.target.scrollTop; }
  }, true);

  window.opsConsole = {
    draftsOf: prefix => Object.fromEntries(Object.keys(localStorage).filter(key => key.startsWith(drafts + prefix)).map(key => [key.slice(drafts.length + prefix.length), localStorage.getItem(key)])),
    // Only what the console has: what was typed since stays.
    dropDrafts: (prefix, kept) => Object.keys(localStorage).filter(key => key.startsWith(drafts + prefix) && (!kept || kept[key.slice(drafts.length + prefix.length)] === localStorage.getItem(key))).forEach(key => localStorage.removeItem(key)),
    zone: () => zone,
    listen: (id, page, keys) => { listeners.push({ id, page, keys }); },
    unlisten: id => { const at = listeners.findIndex(l => l.id === id); if (at >= 0) { listeners.splice(at, 1); } },
    showDialog: dialog => { if (dialog && !dialog.open) { dialog.showModal(); } },
    closeDialog: dialog => dialog?.close(),
    reveal: id => document.getElementById(id)?.scrollIntoView({ block: "nearest" }),
    // A list of which only the rows in view are drawn: all have one height, so any row's place is known.
    showRow: (list, index) => {
      if (!list) { return; }
      const row = list.querySelector(".rows > .r");
      const height = row ? row.getBoundingClientRect().height : 1.5625 * parseFloat(getComputedStyle(root).fontSize);
      const above = index * height, below = list.querySelector(".ruler").offsetHeight + above + height - list.clientHeight;
      const at = list.scrollTop;
      if (at <= above && at >= below) { return; }
      const near = Math.min(Math.abs(at - above), Math.abs(at - below)) < 3 * height;
      list.scrollTop = near ? (at > above ? above : below) : (above + below) / 2;
    },
    copy: text => navigator.clipboard.writeText(text),
  };
})();
