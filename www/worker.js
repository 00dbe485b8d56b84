
// A worker: the lines above are the glue of its WebAssembly (wasm-bindgen), these start it. The whole contract:
// * The page: shell.js, then boot.js, which starts Rust's main(). <html data-boot> is "started", then "done" (main() has
//   returned) or "failed": files that are missing or changed are named in #boot-message; a program that has failed leaves the
//   bar #crash, with a report and a way to start again, which needs nothing of the program.
// * ticketscope.prepare() is a promise that the worker's files are here, whole and compiled: boot.js asks for them as soon
//   as the page has its own. After that, ticketscope.startWorker() gives a Worker that runs the worker's main(), until
//   endWorker(worker).
// * keep(fragment) says which link would show again what is shown; panicked(where) which line of the program has failed;
//   trouble(sentence) shows the bar although the page lives.
// * The first message in, from shell.js, is the compiled WebAssembly.
// * The first message out is Rust's hello, the name of the build; the page posts nothing before it has heard that.
//   ["panicked", where] may come before a worker's last error.
// * A worker that cannot start, or fails, fires `error` on its Worker object.
// * scene(link) says what is shown; the charts of many networks (charts.js, charts.wasm, charts.css) start when that, or a
//   reader, first asks for them, give charts(listener, build) and hear every link from then on. startHelper() gives them
//   workers of their own. <html data-charts> is "started", "done" or "failed".
// No network call is made here.
addEventListener("message", ({ data: module }) => initSync({ module }), { once: true });
