/** What every refused call throws: `code` for programs, `message` (one sentence) for people. */
export class TicketscopeError extends Error {
  constructor(code, message) {
    super(message);
    this.name = "TicketscopeError";
    this.code = code;
  }
}
