// @ts-check
// The rule of the client, whole: After > mine is a gap, so pull; else apply what is above mine and set mine to the larger of mine
// and Through.

/** @typedef {import("./apply.js").Change} Change */
/** @typedef {{after: number, through: number, more: boolean, now: number, hint?: "reload" | "later", changes?: Change[]}} Batch */

export class Sequence {
  /**
   * @param {number} number of the page @param {(batch: Batch) => void} apply @param {(since: number) => Promise<Batch>} pull
   * @param {() => void} reload
   */
  constructor(number, apply, pull, reload) {
    this.mine = number;
    this.apply = apply;
    this.pull = pull;
    this.reload = reload;
    this.pulling = false;
    this.again = false;
  }

  /** @param {Batch} batch */
  receive(batch) {
    if (batch.hint) {
      if (batch.hint === "reload") this.reload();
      else setTimeout(() => { void this.catchUp(); }, 2000 + Math.random() * 2000);
      return;
    }
    // Who is here changed: not in the log, so no number.
    if (batch.after === 0 && batch.through === 0) { this.apply(batch); return; }
    if (batch.after > this.mine) { void this.catchUp(); return; }
    if (batch.through <= this.mine) return;
    this.mine = batch.through;
    this.apply(batch);
  }

  /** Also the heartbeat. Never two at a time; asked meanwhile, it runs once more. */
  async catchUp() {
    if (this.pulling) { this.again = true; return; }
    this.pulling = true;
    try {
      do {
        this.again = false;
        for (let more = true; more;) {
          const since = this.mine;
          const batch = await this.pull(since);
          this.receive(batch);
          more = batch.more && this.mine > since;
        }
      } while (this.again);
    } catch { /* the connection fell; the next one pulls again */ } finally { this.pulling = false; }
  }
}
