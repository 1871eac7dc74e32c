import * as vscode from 'vscode';
import type { Logger } from '../../base/logger';
import { type ModelPage, modelFiles, modelPage, summarise } from '../../domain/capacity/modelPages';
import type { ReportModel } from '../../protocol/report';

/** The pages of the models that come with the extension; each file is read once. */
export class ModelPages {
  private readonly texts = new Map<string, string>();
  private reading: Promise<void> | undefined;

  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly log: Logger,
  ) {}

  /** Reads the pages, so that `describe` knows them; a page that is missing is left out. */
  readAll(): Promise<void> {
    return (this.reading ??= this.readFiles());
  }

  private async readFiles(): Promise<void> {
    await Promise.all(
      modelFiles().map(async (file) => {
        const bytes = await vscode.workspace.fs.readFile(this.uriOf(file));
        this.texts.set(file, new TextDecoder().decode(bytes));
      }),
    ).catch((error: unknown) => this.log.error('pages of models', error));
  }

  describe(id: string): ReportModel | undefined {
    const page = modelPage(id);
    const text = page && this.texts.get(page.file);
    return page && text !== undefined ? summarise(text, page.anchor) : undefined;
  }

  /** Opens the page of a model in VS Code's preview; a name that is no model does nothing. */
  async open(id: string): Promise<void> {
    const page = modelPage(id);
    if (page !== undefined) await this.show(page);
  }

  private async show({ file, anchor }: ModelPage): Promise<void> {
    const uri = this.uriOf(file).with({ fragment: anchor });
    await vscode.commands.executeCommand('markdown.showPreview', uri);
  }

  private uriOf(file: string): vscode.Uri {
    return vscode.Uri.joinPath(this.extensionUri, 'media', 'docs', ...file.split('/'));
  }
}
