// @ts-check
// The connection: comes back by itself, for ever, and at once when the network or the page comes back.

const signalR = /** @type {any} */ (window).signalR;

export class Hub {
  /** @param {string} dialogue @param {string} role */
  constructor(dialogue, role) {
    this.dialogue = dialogue;
    this.connection = new signalR.HubConnectionBuilder()
      .withUrl(`/hubs/dialogue?dialogue=${encodeURIComponent(dialogue)}&view=html&as=${encodeURIComponent(role)}`)
      .configureLogging(signalR.LogLevel.Error)
      .build();
    this.connection.serverTimeoutInMilliseconds = 30_000;
    this.connection.keepAliveIntervalInMilliseconds = 10_000;
    this.wanted = false;
    this.failed = 0;
    /** @type {number | undefined} */
    this.timer = undefined;
    /** @type {((up: boolean) => void)[]} */
    this.listeners = [];
    this.connection.onclose(() => { this.tell(false); this.later(); });
    window.addEventListener("online", () => this.now());
    document.addEventListener("visibilitychange", () => { if (!document.hidden) this.now(); });
    window.addEventListener("pagehide", () => { void this.stop(); });
    window.addEventListener("pageshow", event => { if (event.persisted) this.start(); });
  }

  get up() { return this.connection.state === "Connected"; }

  /** @param {(up: boolean) => void} listener */
  onChange(listener) { this.listeners.push(listener); }

  /** @param {boolean} up */
  tell(up) { for (const listener of this.listeners) listener(up); }

  start() { this.wanted = true; this.now(); }

  async stop() {
    this.wanted = false;
    clearTimeout(this.timer);
    try { await this.connection.stop(); } catch { /* it was going anyway */ }
  }

  async now() {
    clearTimeout(this.timer);
    if (!this.wanted || this.connection.state !== "Disconnected") return;
    try {
      await this.connection.start();
      this.failed = 0;
      this.tell(true);
    } catch { this.later(); }
  }

  later() {
    if (!this.wanted) return;
    clearTimeout(this.timer);
    const most = Math.min(5000, 300 * 2 ** this.failed++);
    this.timer = setTimeout(() => { void this.now(); }, most / 2 + Math.random() * most / 2);
  }

  /** @param {(batch: import("./sequence.js").Batch) => void} receive */
  onReceive(receive) {
    this.connection.on("Receive", (/** @type {string} */ dialogue, /** @type {any} */ batch) => {
      if (dialogue === this.dialogue) receive(batch);
    });
  }

  /** @param {string} id @param {any} command */
  perform(id, command) { return this.connection.invoke("Perform", this.dialogue, id, command); }

  /** @param {string} box @param {string} ticket @param {any} entry */
  drop(box, ticket, entry) { return this.connection.invoke("Drop", this.dialogue, box, ticket, entry); }

  /** @param {number} since */
  catchUp(since) { return this.connection.invoke("CatchUp", this.dialogue, since); }
}
