import type * as vscode from 'vscode';
import type { FromRingPage } from '../../protocol/ring';

interface Ring {
  receive(message: FromRingPage): void;
  requestImage(format: 'svg' | 'png'): void;
}

/** The rings of this window, for commands that are about the one in front. */
export class OpenRings {
  private readonly rings = new Map<Ring, vscode.WebviewPanel>();

  add(ring: Ring, panel: vscode.WebviewPanel): void {
    this.rings.set(ring, panel);
    panel.onDidDispose(() => this.rings.delete(ring));
  }

  /** The ring that has the focus, or the only one that can be seen. */
  get active(): Ring | undefined {
    const all = [...this.rings];
    const active = all.find(([, panel]) => panel.active);
    const visible = all.filter(([, panel]) => panel.visible);
    return (active ?? (visible.length === 1 ? visible[0] : undefined))?.[0];
  }
}
