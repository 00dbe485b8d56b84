// Checks every file, compiles the WebAssembly once, runs Rust's main(). What it promises stands in worker.js.
const state = document.documentElement.dataset;
state.boot = "started";
// The opening stands in the page as it comes; a link shows another view, and who wants no motion sees how the opening ends.
const linked = location.hash.length > 1;
if (linked) document.body.dataset.view = /[&]view=(\w+)/.exec(location.hash)?.[1] ?? "prune";
else if (matchMedia("(prefers-reduced-motion: reduce)").matches) state.still = "";
const find = (what) => document.querySelector(what);

async function start() {
  const loaded = document.readyState === "complete" || new Promise((done) => addEventListener("load", done));
  const { bytes, prepare, runs, fail } = self.ticketscope;
  // What modulepreload refused cannot be imported.
  const [{ initSync }, code] = await Promise.all([
    import(find("#boot-glue").href), bytes(...find("[name=boot-wasm]").content.split(" ")), loaded]);
  for (const { sheet, href } of document.querySelectorAll("link[rel=stylesheet]")) {
    if (!sheet?.cssRules) throw Error(href);
  }
  // All that the first picture needs is here: the worker's files may follow.
  prepare().catch(() => {});
  const module = await WebAssembly.compile(code);
  try {
    runs(initSync({ module }));
    state.boot = "done";
  } catch (error) {
    console.error(error);
    fail(error);
  }
}

function stop(text, error) {
  state.boot = "failed";
  const p = find("#boot-message");
  p.firstChild.data = `${text} (${error.message}) `;
  p.hidden = false;
}

find("#boot-reload").onclick = () => location.reload();
start().catch((error) => {
  console.error(error);
  stop(self.WebAssembly
    ? "Ticketscope could not start: a file is missing or changed. Reload the page."
    : "Ticketscope needs WebAssembly, which this browser lacks.", error);
});
