// Checks every file, compiles the WebAssembly once, runs Rust's main(). For Rust:
// * ticketscope.startWorker() gives a Worker that runs the same main(), with no window (see worker.js).
// * <html data-boot> is "started", then "done" (main() has returned) or "failed" (#boot-message says why).
const root = document.documentElement;
root.dataset.boot = "started";
const glue = document.querySelector("#boot-glue").href;
const [wasm, worker] = ["wasm", "worker"].map((id) => document.querySelector(`[name=boot-${id}]`).content.split(" "));
const url = { createScriptURL: () => worker[0] };
const policy = globalThis.trustedTypes?.createPolicy("ticketscope", url) ?? url;

async function bytes([file, integrity]) {
  const response = await fetch(file, { integrity });
  if (!response.ok) throw new Error(`${file}: ${response.status}`);
  return response.arrayBuffer();
}

async function start() {
  const loaded = document.readyState === "complete" || new Promise((done) => addEventListener("load", done));
  // What modulepreload refused cannot be imported. Workers take no integrity: checked here.
  const [{ initSync }, module] = await Promise.all([
    import(glue), bytes(wasm).then((code) => WebAssembly.compile(code)), bytes(worker), loaded]);
  for (const { sheet, href } of document.querySelectorAll("link[rel=stylesheet]")) {
    if (!sheet?.cssRules) throw new Error(href);
  }
  globalThis.ticketscope = Object.freeze({
    startWorker() {
      const started = new Worker(policy.createScriptURL(""), { type: "module" });
      started.postMessage({ glue, module });
      return started;
    },
  });
  initSync({ module });
  root.dataset.boot = "done";
}

start().catch((error) => {
  console.error(error);
  root.dataset.boot = "failed";
  const p = document.querySelector("#boot-message");
  p.textContent = globalThis.WebAssembly
    ? `Ticketscope could not start: a file is missing or changed. Reload the page. (${error.message})`
    : "Ticketscope needs WebAssembly, which this browser lacks.";
  p.hidden = false;
});
