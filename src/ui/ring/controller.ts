import type * as vscode from 'vscode';
import type { Disposable } from '../../base/disposable';
import type { Logger } from '../../base/logger';
import type { Member, MemberProblem } from '../../domain/membership/member';
import type { MembershipKind } from '../../domain/membership/detect';
import { isProblems } from '../../domain/placement/createPlacement';
import { movement } from '../../domain/placement/movement';
import { findPreset } from '../../domain/placement/presets';
import { displayName } from '../../domain/znode/displayName';
import type { ZPath } from '../../domain/znode/path';
import type {
  FromRingPage,
  RingChoices,
  RingEvent,
  RingSnapshot,
  ToRingPage,
} from '../../protocol/ring';
import { ZkError } from '../../zk/errors';
import type { Session, Sessions } from '../../zk/sessions';
import { describeError } from '../errorText';
import { choose, KINDS } from './choices';
import { computeRing, type RingResult } from './compute';
import { describeChange } from './events';
import { computeKeys } from './keys';
import { MemberSource } from './members';
import { defaultPreset, usablePresets } from './presetChoice';
import { presetNote, ringStrings, verdictOf } from './strings';

export interface RingPorts {
  readonly sessions: Pick<Sessions, 'get' | 'onDidChange' | 'onDidChangeZnodes'>;
  readonly l10n: typeof vscode.l10n;
  readonly nameOf: (connectionId: string) => string | undefined;
  readonly post: (message: ToRingPage) => void;
  readonly now: () => number;
  readonly log: Logger;
}

const MAX_EVENTS = 100;
const MAX_PROBLEMS = 50;

/** One ring of the children of one znode: follows them and tells its page, whoever shows it. */
export class RingController implements Disposable {
  private source: MemberSource | undefined;
  private session: Session | undefined;
  private members: readonly Member[] | undefined;
  private unusable: readonly MemberProblem[] = [];
  private found: MembershipKind | undefined;
  private result: RingResult | undefined;
  private mistakes: readonly string[] = [];
  private events: readonly RingEvent[] = [];
  private message = '';
  private version = 0;
  private typed = '';
  private list = '';
  private isReady = false;
  private isOutdated = false;
  private reading: Promise<void> | undefined;
  private readonly subscriptions: readonly Disposable[];

  constructor(
    private choices: RingChoices,
    private readonly ports: RingPorts,
  ) {
    const { sessions } = ports;
    const { connectionId } = choices;
    this.subscriptions = [
      sessions.onDidChange((id) => {
        if (id === connectionId) this.attach();
      }),
      sessions.onDidChangeZnodes(({ connectionId: id, changes }) => {
        if (id === connectionId && this.source?.learn(changes)) this.readSoon();
      }),
    ];
    this.attach();
  }

  receive(message: FromRingPage): void {
    switch (message.type) {
      case 'ready':
        this.isReady = true;
        this.show();
        return this.showKeys();
      case 'keys':
        this.typed = message.typed;
        this.list = message.list;
        return this.showKeys();
      case 'kind':
        this.choices = choose(this.choices, message);
        this.found = undefined;
        return this.readSoon();
      case 'preset':
      case 'option':
      case 'whatIf':
        this.choices = choose(this.choices, message);
        return this.update();
    }
  }

  dispose(): void {
    for (const one of this.subscriptions) one.dispose();
    this.source?.dispose();
    this.source = undefined;
  }

  /** Starts on a session that was opened; one that ended leaves its last picture. */
  private attach(): void {
    const { sessions, nameOf, l10n } = this.ports;
    const { connectionId, path } = this.choices;
    const session = sessions.get(connectionId);
    const name = nameOf(connectionId) ?? connectionId;
    if (session && session === this.session) {
      const { kind } = session.client.state;
      if (kind === 'connected') return this.readSoon();
      this.message = l10n.t('The connection {0} is interrupted: this may be out of date.', name);
      return this.show();
    }
    this.source?.dispose();
    this.session = session;
    this.source = session && new MemberSource(session, path as ZPath);
    if (session?.client.state.kind === 'connected') return this.readSoon();
    this.message = l10n.t('Connect to {0} to see this ring live.', name);
    this.show();
  }

  private readSoon(): void {
    this.isOutdated = true;
    this.reading ??= this.readAll()
      .catch((error: unknown) => this.ports.log.error(this.choices.path, error))
      .finally(() => {
        this.reading = undefined;
        if (this.isOutdated && this.source) this.readSoon();
      });
  }

  private async readAll(): Promise<void> {
    const { source, session } = this;
    if (!source || !session) {
      this.isOutdated = false;
      return;
    }
    this.isOutdated = false;
    try {
      // A layout that was detected stays: one stray among the members doesn't make them none.
      const found = await source.read(this.choices.kind ?? this.found);
      // Half of a burst is no membership: what changed meanwhile is read before anything shows.
      if (source !== this.source || this.mustReadAgain()) return;
      this.message = '';
      this.found = found.kind;
      this.unusable = found.problems;
      this.adopt(found.members);
    } catch (error) {
      if (!(error instanceof ZkError)) throw error;
      this.message = describeError(error, this.ports.l10n, session.identity);
      if (ZkError.is(error, 'NoNode')) this.adopt([]);
      this.show();
    }
  }

  private mustReadAgain(): boolean {
    return this.isOutdated;
  }

  private adopt(members: readonly Member[]): void {
    const before = this.members;
    this.members = members;
    const text = before && describeChange(before, members, this.ports.l10n);
    const earlier = this.result?.now;
    this.recompute();
    if (text !== undefined) {
      const later = this.result?.now;
      const moved = earlier && later ? movement(earlier, later).moved : 1;
      const event = { time: this.ports.now(), text, moved };
      this.events = [event, ...this.events].slice(0, MAX_EVENTS);
    }
    this.show();
    this.showKeys();
  }

  private update(): void {
    this.recompute();
    this.show();
    this.showKeys();
  }

  private get preset(): string {
    return this.choices.preset ?? defaultPreset(this.found);
  }

  private recompute(): void {
    const { members = [], preset } = this;
    const { options, whatIf } = this.choices;
    this.result = undefined;
    this.mistakes = [];
    if (members.length === 0) return;
    const input = { members, preset, options, whatIf };
    const result = computeRing(input, verdictOf(this.ports.l10n));
    if (isProblems(result)) this.mistakes = result.map(({ message }) => displayName(message, 300));
    else this.result = result;
  }

  private showKeys(): void {
    if (!this.isReady) return;
    const { version, typed, list, result } = this;
    this.ports.post(computeKeys(version, typed, list, result, this.ports.l10n));
  }

  private show(): void {
    if (!this.isReady) return;
    this.version++;
    this.ports.post(this.snapshot());
  }

  private snapshot(): RingSnapshot {
    const { l10n, nameOf } = this.ports;
    const { choices, result, found } = this;
    const preset = findPreset(this.preset);
    const detected = choices.kind === undefined && found ? ` (${found})` : '';
    const problems = this.unusable
      .slice(0, MAX_PROBLEMS)
      .map(({ child, reason }) => `${displayName(child, 80)} ${reason}`);
    return {
      type: 'snapshot',
      version: this.version,
      strings: ringStrings(l10n),
      choices,
      title: `${nameOf(choices.connectionId) ?? choices.connectionId}: ${displayName(choices.path)}`,
      message: this.message || this.emptyMessage(),
      kind: choices.kind ?? '',
      kinds: [
        { id: '', label: l10n.t('Detected{0}', detected) },
        ...KINDS.map((id) => ({ id, label: id })),
      ],
      presets: usablePresets,
      preset: this.preset,
      presetNote: preset ? presetNote(preset, l10n) : '',
      options: (preset?.options ?? []).map((option) => ({
        ...option,
        value: choices.options[option.name] ?? option.default,
      })),
      servers: result?.servers ?? [],
      now: result?.view,
      after: result?.afterView,
      warnings: result?.now.warnings ?? [],
      problems: [...this.mistakes, ...problems],
      events: this.events,
    };
  }

  private emptyMessage(): string {
    const { l10n } = this.ports;
    if (this.members === undefined || this.members.length > 0) return '';
    if (this.found === undefined) {
      return l10n.t('The children of this znode do not look like servers. Choose their layout.');
    }
    return l10n.t('No server is registered here now.');
  }
}
