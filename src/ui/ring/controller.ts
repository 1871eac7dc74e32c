import type * as vscode from 'vscode';
import type { Disposable } from '../../base/disposable';
import type { Member } from '../../domain/membership/member';
import { zipf } from '../../domain/placement/balance';
import { isProblems } from '../../domain/placement/createPlacement';
import { keyMovement, movement } from '../../domain/placement/movement';
import type { Placement } from '../../domain/placement/types';
import type { RingChoices, RingMembers } from '../../domain/ring/choices';
import type { ReadRing } from '../../domain/ring/ringFile';
import { encodeUtf8 } from '../../domain/textCoding';
import { displayName } from '../../domain/znode/displayName';
import type { FromRingPage, RingEvent, ToRingPage } from '../../protocol/ring';
import { choose } from './choices';
import { compareStrategies } from './comparison';
import { computeRing, type RingResult } from './compute';
import { describeChange } from './events';
import { NOTHING_YET, type Feed, type FeedState } from './feed';
import { computeChain } from './keys';
import { loadKeys, NO_KEYS, type KeyPorts, type LoadedKeys } from './keySource';
import { defaultPreset } from './presetChoice';
import { snapshotOf } from './snapshot';
import { verdictOf } from './strings';
import { suggestedWeights } from './suggestion';

/** What the user asks for that needs more than the page: dialogs, files, other editors. */
export type RingAction = Extract<
  FromRingPage,
  { type: 'chooseKeys' | 'chooseLoad' | 'save' | 'image' }
>;

export interface RingPorts {
  readonly l10n: typeof vscode.l10n;
  readonly nameOf: (connectionId: string) => string | undefined;
  readonly feed: (members: RingMembers, tell: (state: FeedState) => void) => Feed;
  readonly keys: KeyPorts;
  readonly post: (message: ToRingPage) => void;
  /** Asks and does; it shows its own errors. */
  readonly act: (action: RingAction, ring: RingController) => void;
  /** Keeps what the user chose, where there is a file for it. */
  readonly keep?: (choices: RingChoices) => void;
  /** Tells the user what came of something that was asked for. */
  readonly tell: (message: string) => void;
  readonly now: () => number;
}

const MAX_EVENTS = 100;

/** One ring: follows its servers and tells its page, whoever shows it. */
export class RingController implements Disposable {
  private state: FeedState = NOTHING_YET;
  private feed: Feed | undefined;
  private keyWatch: Disposable | undefined;
  private result: RingResult | undefined;
  private mistakes: readonly string[] = [];
  private fileProblems: readonly string[] = [];
  private events: readonly RingEvent[] = [];
  private version = 0;
  private typed = '';
  private loaded: LoadedKeys = NO_KEYS;
  private keyListId = 0;
  private isFirst = true;
  private isReady = false;
  private isDisposed = false;

  constructor(
    private current: RingChoices,
    private readonly ports: RingPorts,
  ) {
    this.follow();
    this.followKeys();
  }

  get choices(): RingChoices {
    return this.current;
  }

  get members(): readonly Member[] {
    return this.state.members ?? [];
  }

  /** What is shown now. */
  get shown(): { readonly result: RingResult | undefined; readonly keys: LoadedKeys } {
    return { result: this.result, keys: this.loaded };
  }

  receive(message: FromRingPage): void {
    switch (message.type) {
      case 'ready':
        this.isReady = true;
        this.show();
        this.postKeyList();
        return this.showChain();
      case 'typed':
        this.typed = message.key;
        return this.showChain();
      case 'suggestWeights':
        return void this.suggestWeights();
      case 'compare':
        return void this.compare();
      case 'chooseKeys':
      case 'chooseLoad':
      case 'save':
      case 'image':
        return this.ports.act(message, this);
      default:
        return this.choose(choose(this.current, message));
    }
  }

  /** Takes over what the user chose, and keeps it. */
  choose(choices: RingChoices): void {
    this.adoptChoices(choices);
    this.ports.keep?.(choices);
  }

  /** Takes over what a file holds now; of one that can't be read the last good state stays. */
  adoptFile({ choices = this.current, problems }: ReadRing): void {
    if (isSame(choices, this.current) && isSame(problems, this.fileProblems)) return;
    this.fileProblems = problems.map((problem) => displayName(problem, 300));
    this.adoptChoices(choices);
  }

  /** Asks the page for its picture. */
  requestImage(format: 'svg' | 'png'): void {
    this.ports.post({ type: 'render', format });
  }

  private adoptChoices(choices: RingChoices): void {
    const before = this.current;
    this.current = choices;
    if (!isSame(before.members, choices.members)) this.follow();
    if (!isSame(before.keys, choices.keys)) this.followKeys();
    this.update();
  }

  dispose(): void {
    this.isDisposed = true;
    this.feed?.dispose();
    this.feed = undefined;
    this.keyWatch?.dispose();
  }

  private follow(): void {
    this.feed?.dispose();
    // What is shown stays until others are known, and then nobody joined or left.
    this.isFirst = true;
    this.feed = this.ports.feed(this.current.members, (state) => this.adopt(state));
  }

  private adopt(state: FeedState): void {
    const { members: before } = this.state;
    this.state = state;
    const { members } = state;
    // Keys below a znode can be read when its connection is there.
    if (this.loaded.hasFailed) void this.loadKeys();
    if (members !== before) {
      const isChange = before && members && !this.isFirst;
      const text = isChange ? describeChange(before, members, this.ports.l10n) : undefined;
      this.isFirst = false;
      const earlier = this.result?.now;
      this.recompute();
      if (text !== undefined) {
        const of = this.loaded.total > 0 ? ('keys' as const) : ('space' as const);
        const event = { time: this.ports.now(), text, moved: this.movedSince(earlier), of };
        this.events = [event, ...this.events].slice(0, MAX_EVENTS);
      }
    }
    this.show();
    this.showChain();
  }

  /** The part of the keys, or else of the hash space, whose owner isn't the one of then. */
  private movedSince(earlier: Placement | undefined): number {
    const later = this.result?.now;
    if (!earlier || !later) return 1;
    const { first } = this.loaded;
    if (first.length === 0) return movement(earlier, later).moved;
    const popularity = zipf(first.length, this.current.popularity ?? 0);
    return keyMovement(earlier, later, earlier.hashKeys(first.map(encodeUtf8)), popularity).moved;
  }

  /** Reads the keys now, and those of a file again when it changes. */
  private followKeys(): void {
    const { keys: source } = this.current;
    this.keyWatch?.dispose();
    this.keyWatch =
      source && 'file' in source
        ? this.ports.keys.watchFile(source.file, () => void this.loadKeys())
        : undefined;
    void this.loadKeys();
  }

  private async loadKeys(): Promise<void> {
    const { keys: source } = this.current;
    const loaded = await loadKeys(source, this.ports.keys, this.ports.l10n);
    if (this.isDisposed || source !== this.current.keys) return;
    this.loaded = loaded;
    this.keyListId++;
    this.postKeyList();
    if (this.current.rates) this.update();
    else this.showChain();
  }

  private async suggestWeights(): Promise<void> {
    const { result, current, ports } = this;
    if (!result) return;
    const { load = {}, whatIf } = current;
    const weights = await suggestedWeights(result.now, load, this.outdated());
    if (weights) this.choose({ ...current, whatIf: { ...whatIf, weights } });
    else if (result === this.result) {
      const message = result.now.preset.weighted
        ? ports.l10n.t('No weights were found that would spread this load more evenly.')
        : ports.l10n.t('{0} ignores weights.', result.now.preset.title);
      ports.tell(message);
    }
  }

  private async compare(): Promise<void> {
    const { result, loaded, version } = this;
    if (!result) return;
    const { popularity } = this.current;
    const input = { servers: result.now.servers, keys: loaded.first, popularity };
    const comparison = await compareStrategies(input, this.outdated());
    if (comparison) this.ports.post({ type: 'comparison', version, ...comparison });
  }

  /** Whether anything else is shown than when this was asked for. */
  private outdated(): () => boolean {
    const { version } = this;
    return () => this.isDisposed || version !== this.version;
  }

  private get preset(): string {
    return this.current.preset ?? defaultPreset(this.state.kind);
  }

  private update(): void {
    this.recompute();
    this.show();
    this.showChain();
  }

  private recompute(): void {
    const { members = [] } = this.state;
    this.result = undefined;
    this.mistakes = [];
    if (members.length === 0) return;
    const { first, total } = this.loaded;
    const { popularity = 0 } = this.current;
    const input = {
      ...this.current,
      members,
      preset: this.preset,
      ...(total > 0 &&
        total === first.length && { requests: { keys: first.map(encodeUtf8), popularity } }),
    };
    const result = computeRing(input, verdictOf(this.ports.l10n));
    if (isProblems(result)) this.mistakes = result.map(({ message }) => displayName(message, 300));
    else this.result = result;
  }

  private showChain(): void {
    if (!this.isReady) return;
    const { version, typed, result, current } = this;
    this.ports.post(computeChain(version, { ...current, typed }, result, this.ports.l10n));
  }

  private postKeyList(): void {
    if (!this.isReady) return;
    const { label, message, total, keys } = this.loaded;
    this.ports.post({ type: 'keyList', id: this.keyListId, label, message, total, keys });
  }

  private show(): void {
    if (!this.isReady) return;
    this.version++;
    const { version, current: choices, state: feed, result, events, preset } = this;
    const mistakes = [...this.fileProblems, ...this.mistakes];
    const isFile = this.ports.keep !== undefined;
    const state = { version, choices, preset, feed, result, mistakes, events, isFile };
    this.ports.post(snapshotOf(state, this.ports));
  }
}

/** Whether two choices say the same; both are plain JSON. */
function isSame(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}
