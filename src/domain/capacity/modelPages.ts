import { ENSEMBLE_MODELS } from './ensemble/models';
import { POOL_MODELS } from './pool/models';
import { MODELS } from './queueing/models';

/** Models that have no entry of their own among `zkw model`: parts of scenarios, and laws. */
const OTHERS: Readonly<Record<string, string>> = {
  cache: 'capacity/scenarios.md',
  metadata: 'capacity/scenarios.md',
  queue: 'capacity/scenarios.md',
  database: 'capacity/scenarios.md',
  'zookeeper-load': 'capacity/scenarios.md',
  little: 'queueing.md',
  bounds: 'queueing.md#mva',
};

/** A page of `media/docs` and the anchor of the section, empty for the whole page. */
export interface ModelPage {
  readonly file: string;
  readonly anchor: string;
}

/** Where a model is explained; undefined for what is no model. */
export function modelPage(id: string): ModelPage | undefined {
  const model = MODELS.get(id) ?? ENSEMBLE_MODELS.get(id) ?? POOL_MODELS.get(id);
  const page = model?.page ?? (Object.hasOwn(OTHERS, id) ? OTHERS[id] : undefined);
  if (page === undefined) return undefined;
  const [file = '', anchor = ''] = page.split('#');
  return { file, anchor };
}

/** Every page that a model has, without anchors. */
export function modelFiles(): string[] {
  const models = [...MODELS.values(), ...ENSEMBLE_MODELS.values(), ...POOL_MODELS.values()];
  const pages = [...models.map(({ page }) => page), ...Object.values(OTHERS)];
  return [...new Set(pages.map((page) => page.split('#')[0] ?? ''))];
}

/** What a page says of a model in its own words, as plain text. */
export interface ModelSummary {
  readonly title: string;
  /** Empty where the page has no such line. */
  readonly assumes: string;
  readonly accuracy: string;
}

/** Reads title, assumptions and accuracy from the text of a page, or of one section of it. */
export function summarise(page: string, anchor: string): ModelSummary {
  const start = anchor === '' ? 0 : page.indexOf(`<a id="${anchor}">`);
  const rest = start < 0 ? page : page.slice(start);
  const end = anchor === '' ? -1 : rest.indexOf('\n<a id=', 1);
  const section = end < 0 ? rest : rest.slice(0, end);
  const title = /^#+ (.*?)(: `.*| \(`.*)?$/m.exec(section)?.[1] ?? '';
  const paragraphs = section.split(/\n\s*\n/).map((one) => one.trim());
  const after = (mark: RegExp): string => {
    const found = paragraphs.find((one) => mark.test(one));
    return found === undefined ? '' : plain(found.replace(mark, ''));
  };
  const heading = paragraphs.findIndex((one) => one.startsWith('#'));
  return {
    title: plain(title),
    assumes:
      after(/^\*\*Assumes\*\*:? /) || (anchor === '' ? '' : plain(paragraphs[heading + 1] ?? '')),
    accuracy: after(/^\*\*Accuracy\*\*: /) || (anchor === '' ? '' : after(/^(?=\*[^*])/)),
  };
}

/** Text without the marks of Markdown. */
function plain(markdown: string): string {
  return markdown
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[`*]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}
