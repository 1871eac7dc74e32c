/** How long requests took, ms. */
export class Times {
  count = 0;
  sum = 0;
  min = 0;
  max = 0;

  add(ms: number): void {
    this.min = this.count === 0 ? ms : Math.min(this.min, ms);
    this.max = Math.max(this.max, ms);
    this.sum += ms;
    this.count++;
  }

  get average(): number {
    return this.count === 0 ? 0 : this.sum / this.count;
  }
}

/** Times of a server's requests: of those that made a transaction, and of the others. */
export class RequestTimes {
  readonly all = new Times();
  readonly reads = new Times();
  readonly writes = new Times();

  add(ms: number, isWrite: boolean): void {
    this.all.add(ms);
    (isWrite ? this.writes : this.reads).add(ms);
  }
}
