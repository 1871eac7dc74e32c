/** A binary heap of times in a fixed array: the earliest first, nothing is allocated. */
export class TimeHeap {
  readonly #times: Float64Array;
  #size = 0;

  constructor(capacity: number) {
    this.#times = new Float64Array(capacity);
  }

  get size(): number {
    return this.#size;
  }

  /** The earliest time; Infinity when empty. */
  get first(): number {
    return this.#size > 0 ? (this.#times[0] ?? Infinity) : Infinity;
  }

  /** Room must be left. */
  push(time: number): void {
    const times = this.#times;
    let at = this.#size++;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = times[parent] ?? 0;
      if (above <= time) break;
      times[at] = above;
      at = parent;
    }
    times[at] = time;
  }

  pop(): void {
    const last = this.#times[--this.#size] ?? 0;
    if (this.#size > 0) this.replaceFirst(last);
  }

  /** Like pop and push, in one pass. */
  replaceFirst(time: number): void {
    const times = this.#times;
    const size = this.#size;
    let at = 0;
    for (let child = 1; child < size; child = 2 * at + 1) {
      if (child + 1 < size && (times[child + 1] ?? 0) < (times[child] ?? 0)) child++;
      const below = times[child] ?? 0;
      if (below >= time) break;
      times[at] = below;
      at = child;
    }
    times[at] = time;
  }
}
