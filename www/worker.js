// The page: boot.js starts Rust's main(), then
// * <html data-boot> is "started", then "done" (main() has returned) or "failed" (#boot-message says why). An uncaught
//   error later is said there too: WebAssembly that has trapped is of no more use.
// * ticketscope.startWorker() gives a Worker that runs the same main(), with no window.
// A worker, started by that and by nothing else. What Rust may rely on:
// * The first message in, from boot.js, is { glue, module }: the address of the glue that the page has checked, and
//   the WebAssembly that the page has compiled. Rust's main() then runs here and finds no window.
// * The first message out is Rust's hello; the page posts nothing before it has heard that.
// * A worker that cannot start fires `error` on its Worker object.
// No network call is made here other than that one import.
addEventListener("message", async ({ data: { glue, module } }) => {
  try {
    const { initSync } = await import(glue);
    initSync({ module });
  } catch (error) {
    reportError(error);
  }
}, { once: true });
