// Checks every file, compiles the WebAssembly once, runs Rust's main(). What Rust may rely on:
// * ticketscope.startWorker() returns a new Worker that runs the same main(), without a window (see worker.js).
// * <html data-boot> is "started", then "done" (main() has returned) or "failed" (#boot-message says why).
const root = document.documentElement;
root.dataset.boot = "started";
const [glue, wasm, worker] = ["glue", "wasm", "worker"].map((id) => document.getElementById("boot-" + id));
const url = { createScriptURL: () => worker.href };
const policy = globalThis.trustedTypes?.createPolicy("ticketscope", url) ?? url;

async function bytes({ href, integrity }) {
  const response = await fetch(href, { integrity });
  if (!response.ok) throw new Error(`${href} answered ${response.status}`);
  return response.arrayBuffer();
}

async function start() {
  const loaded = document.readyState === "complete" || new Promise((done) => addEventListener("load", done));
  // A modulepreload whose integrity fails leaves nothing to import. Workers take none: check here.
  const [{ initSync }, module] = await Promise.all([
    import(glue.href), bytes(wasm).then((code) => WebAssembly.compile(code)), bytes(worker), loaded]);
  for (const { sheet, href } of document.querySelectorAll("link[rel=stylesheet]")) {
    if (!sheet) throw new Error(`${href} did not load`);
  }
  globalThis.ticketscope = Object.freeze({
    startWorker() {
      const started = new Worker(policy.createScriptURL(""), { type: "module" });
      started.postMessage({ glue: glue.href, module });
      return started;
    },
  });
  initSync({ module });
  root.dataset.boot = "done";
}

start().catch((error) => {
  console.error(error);
  root.dataset.boot = "failed";
  const p = document.getElementById("boot-message");
  p.textContent = globalThis.WebAssembly
    ? `Ticketscope could not start: a file is missing or changed. Reload the page. (${error.message})`
    : "Ticketscope needs WebAssembly, which this browser lacks or blocks.";
  p.hidden = false;
});
