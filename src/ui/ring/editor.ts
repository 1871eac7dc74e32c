import * as vscode from 'vscode';
import { NOTHING_TRIED } from '../../domain/placement/whatIf';
import type { RingChoices } from '../../domain/ring/choices';
import { readRingFile, smallestEdit, writeRingFile } from '../../domain/ring/ringFile';
import { attachRing, type RingHostPorts } from './attach';
import type { RingController } from './controller';
import { RingFolder } from './folder';

const NO_SERVERS: RingChoices = { members: { servers: [] }, options: {}, whatIf: NOTHING_TRIED };

/** The ring that a `*.zkring.json` describes; what the user does to it becomes edits of its text. */
export class RingEditor {
  private readonly ring: RingController;
  private edits = Promise.resolve();
  /** What we wrote last: it is no news when it arrives as a change of the document. */
  private own: string | undefined;
  /** What the text said when it could be read last. */
  private kept: RingChoices;

  constructor(
    private readonly ports: RingHostPorts,
    private readonly document: vscode.TextDocument,
    panel: vscode.WebviewPanel,
  ) {
    const read = readRingFile(document.getText());
    this.kept = read.choices ?? NO_SERVERS;
    this.ring = attachRing(panel, this.kept, ports, {
      folder: RingFolder.ofDocument(document.uri),
      // One at a time: each is made from the text that the one before left.
      keep: (choices) => {
        this.edits = this.edits
          .then(() => this.write(choices))
          .catch((error: unknown) => {
            ports.log.error(document.uri.path, error);
          });
      },
    });
    this.ring.adoptFile(read);
    const changes = vscode.workspace.onDidChangeTextDocument((event) => {
      if (event.document === document && event.contentChanges.length > 0) this.changed();
    });
    panel.onDidDispose(() => void changes.dispose());
  }

  private changed(): void {
    const text = this.document.getText();
    if (text !== this.own) {
      const read = readRingFile(text);
      this.kept = read.choices ?? this.kept;
      this.ring.adoptFile(read);
    }
    this.own = undefined;
  }

  /** Changes only the part of the text that differs; a text that can't be read is left alone. */
  private async write(choices: RingChoices): Promise<void> {
    const { document, ports } = this;
    const before = document.getText();
    const text = writeRingFile(choices, before);
    if (text === undefined) {
      const message = vscode.l10n.t('Mend the text of this ring first: your change was not kept.');
      ports.ui.notify({ severity: 'warning', message });
      return this.takeBack();
    }
    const after = document.eol === vscode.EndOfLine.CRLF ? text.replaceAll('\n', '\r\n') : text;
    const edit = smallestEdit(before, after);
    if (!edit) return;
    const range = new vscode.Range(document.positionAt(edit.start), document.positionAt(edit.end));
    const change = new vscode.WorkspaceEdit();
    change.replace(document.uri, range, edit.text);
    this.own = after;
    if (await vscode.workspace.applyEdit(change)) this.kept = choices;
    else this.takeBack();
  }

  /** Shows what the text says instead of a change that couldn't be kept. */
  private takeBack(): void {
    const { problems } = readRingFile(this.document.getText());
    this.ring.adoptFile({ choices: this.kept, problems });
  }
}
