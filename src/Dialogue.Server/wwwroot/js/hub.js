// @ts-check
// The connection: comes back by itself, for ever, and at once when the network or the page comes back. A proxy may accept a web socket and
// swallow what goes through it; after two tries without an answer this page goes on with long polling. And a server that refuses is not a
// network that fails: after a try that failed the server is asked why, by plain HTTP.

const signalR = /** @type {any} */ (window).signalR;

/** How long a try may take until the server has answered the handshake, in milliseconds. */
const handshakeWithin = 5000;

/** A connection that ends sooner than this was not accepted, or does not work. */
const tooShort = 3000;

/** Tries without an answer over a web socket before long polling. */
const tries = 2;

/**
 * What a page says: the server is there (`up`), cannot be reached (`unreachable`), or refuses: signed out, not a participant any more,
 * opened at an address that the server does not know.
 * @typedef {"up" | "unreachable" | "signed-out" | "not-here" | "foreign"} State
 */

export class Hub {
  /** @param {string} dialogue @param {string} role */
  constructor(dialogue, role) {
    this.dialogue = dialogue;
    this.role = role;
    this.wanted = false;
    this.failed = 0;
    this.silent = 0;
    this.polling = false;
    this.openedAt = 0;
    /** @type {State} */
    this.state = "unreachable";
    /** @type {number | undefined} */
    this.timer = undefined;
    /** @type {((up: boolean) => void)[]} */
    this.listeners = [];
    /** @type {(batch: import("./sequence.js").Batch) => void} */
    this.receive = () => {};
    this.connection = this.build();
    window.addEventListener("online", () => this.now());
    window.addEventListener("offline", () => this.lost());
    document.addEventListener("visibilitychange", () => { if (!document.hidden) this.now(); });
    window.addEventListener("pagehide", () => { void this.stop(); });
    window.addEventListener("pageshow", event => { if (event.persisted) this.start(); });
  }

  build() {
    const url = `/hubs/dialogue?dialogue=${encodeURIComponent(this.dialogue)}&view=html&as=${encodeURIComponent(this.role)}`;
    const connection = new signalR.HubConnectionBuilder()
      .withUrl(url, this.polling ? { transport: signalR.HttpTransportType.LongPolling } : {})
      .configureLogging(signalR.LogLevel.None)
      .build();
    connection.serverTimeoutInMilliseconds = 15_000;
    connection.keepAliveIntervalInMilliseconds = 10_000;
    connection.on("Receive", (/** @type {string} */ dialogue, /** @type {any} */ batch) => {
      if (dialogue === this.dialogue && connection === this.connection) this.receive(batch);
    });
    connection.onclose(() => { if (connection === this.connection) void this.ended(); });
    return connection;
  }

  get up() { return this.connection.state === "Connected"; }

  /** @param {(up: boolean) => void} listener */
  onChange(listener) { this.listeners.push(listener); }

  /** @param {State} state */
  tell(state) {
    this.state = state;
    for (const listener of this.listeners) listener(state === "up");
  }

  start() { this.wanted = true; this.now(); }

  async stop() {
    this.wanted = false;
    clearTimeout(this.timer);
    try { await this.connection.stop(); } catch { /* it was going anyway */ }
  }

  async now() {
    clearTimeout(this.timer);
    if (!this.wanted || this.connection.state !== "Disconnected") return;
    const trying = this.connection;
    const late = setTimeout(() => this.giveUp(trying), handshakeWithin);
    try {
      await trying.start();
      if (trying !== this.connection) return;
      this.openedAt = Date.now();
      this.failed = 0;
      this.tell("up");
    } catch {
      if (trying === this.connection) await this.why();
    } finally { clearTimeout(late); }
  }

  /** The device says that it has no network: no need to wait until the line is silent. */
  lost() { if (this.up) this.giveUp(this.connection); }

  /** Goes on with a new connection; events of the old one are ignored. @param {any} old */
  giveUp(old) {
    if (old !== this.connection) return;
    this.connection = this.build();
    void old.stop().catch(() => {});
    void this.ended();
  }

  async ended() {
    // A line that worked for a while was accepted: it was the network, and no reason is asked for.
    if (Date.now() - this.openedAt < tooShort || this.openedAt === 0) await this.why();
    else { this.openedAt = 0; this.tell("unreachable"); this.later(); }
  }

  /** Asks the server why there is no line, by a request that needs nothing but HTTP. */
  async why() {
    this.openedAt = 0;
    if (!this.wanted) return;
    const state = await this.ask();
    if (this.up || !this.wanted) return;
    if (state === "up" && !this.polling && ++this.silent >= tries) {
      this.polling = true;
      this.connection = this.build();
    }
    this.tell(state === "up" ? "unreachable" : state);
    this.later(state === "up" && this.polling && this.silent === tries);
  }

  /** @returns {Promise<State>} */
  async ask() {
    const controller = new AbortController();
    const late = setTimeout(() => controller.abort(), handshakeWithin);
    try {
      const mine = `/api/v1/dialogues/${encodeURIComponent(this.dialogue)}/line?as=${encodeURIComponent(this.role)}`;
      const line = await fetch(mine, { cache: "no-store", signal: controller.signal });
      if (line.status === 401) return this.role === "regie" ? "signed-out" : "not-here";
      if (line.status === 403 || line.status === 404) return "not-here";
      if (!line.ok) return "unreachable";
      const hub = await fetch("/hubs/dialogue/negotiate?negotiateVersion=1", { method: "POST", signal: controller.signal });
      return hub.status === 403 ? "foreign" : hub.ok ? "up" : "unreachable";
    } catch { return "unreachable"; } finally { clearTimeout(late); }
  }

  /** @param {boolean} [atOnce] */
  later(atOnce = false) {
    if (!this.wanted) return;
    clearTimeout(this.timer);
    const refused = this.state !== "unreachable" && this.state !== "up";
    const most = atOnce ? 0 : refused ? 15_000 : Math.min(5000, 300 * 2 ** this.failed++);
    this.timer = setTimeout(() => { void this.now(); }, most / 2 + Math.random() * most / 2);
  }

  /** @param {(batch: import("./sequence.js").Batch) => void} receive */
  onReceive(receive) { this.receive = receive; }

  /** @param {string} id @param {any} command */
  perform(id, command) { return this.connection.invoke("Perform", this.dialogue, id, command); }

  /** @param {string} box @param {string} ticket @param {any} entry */
  drop(box, ticket, entry) { return this.connection.invoke("Drop", this.dialogue, box, ticket, entry); }

  /** @param {string} box @param {string} pad */
  tickets(box, pad) { return this.connection.invoke("Tickets", this.dialogue, box, pad); }

  /** @param {number} since */
  catchUp(since) { return this.connection.invoke("CatchUp", this.dialogue, since); }
}
