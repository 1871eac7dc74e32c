import type { Question } from '../../userInput';
import type { PlanWizard } from './draft';

const ENDING = '.zkplan.json';

/** Asks which of several folders of the workspace the plan goes to. */
export async function askFolder(wizard: PlanWizard, question: Question): Promise<void> {
  const { ui, l10n, folders } = wizard;
  wizard.folder = await ui.pick({
    ...question,
    placeholder: l10n.t('Which folder shall the plan be in?'),
    items: folders.map((folder) => ({ label: folder.name, icon: 'folder', value: folder })),
    active: wizard.folder,
  });
}

/** Asks for the file of the plan until there is none, or the user agrees to change it. */
export async function askFileName(wizard: PlanWizard, question: Question): Promise<void> {
  const { ui, l10n, folder } = wizard;
  for (;;) {
    const text = await ui.input({
      ...question,
      prompt: l10n.t('File of the plan in the folder {0}.', folder.name),
      value: wizard.path,
      validate: async (typed) => {
        const problem = nameProblem(typed, l10n);
        return problem ?? (await folder.check(withEnding(typed))).problem;
      },
    });
    wizard.path = withEnding(text);
    const { exists = false } = await folder.check(wizard.path);
    if (!exists) return;
    const isAgreed = await ui.confirm({
      message: l10n.t('Replace {0}?', wizard.path),
      detail: l10n.t('There is a file already. Undo in its editor brings back what was in it.'),
      action: l10n.t('Replace'),
    });
    if (isAgreed) return;
  }
}

const withEnding = (text: string): string => text.trim().replace(/(\.zkplan)?(\.json)?$/, ENDING);

function nameProblem(text: string, { t }: PlanWizard['l10n']): string | undefined {
  const path = text.trim();
  const name = path.split('/').at(-1) ?? '';
  if (name === '' || name === ENDING) return t('Enter a name.');
  if (/[\\:*?"<>|\p{Cc}]/u.test(path)) {
    return t('A name cannot contain any of {0}. Folders are separated by /.', '\\ : * ? " < > |');
  }
  const isInside =
    !path.startsWith('/') && path.split('/').every((step) => !/^(\.{1,2})?$/.test(step));
  if (!isInside) return t('Enter a path inside the folder, without “.” and “..”.');
  return path.length > 200
    ? t('The path is longer than {0} characters. Shorten it.', 200)
    : undefined;
}
