import type { ReportFigure, ReportPlan, ReportStrings } from '../../src/protocol/report';
import { element } from '../shared/dom';
import type { Tip, Tooltips } from '../shared/tooltip';

/** A value that is no result of the plan itself. */
interface Derived {
  readonly label: string;
  readonly text: string;
  readonly why: string;
  /** Name of the result with the same model. */
  readonly basis: string;
}

/** Makes the numbers of a report: each says what it rests on, and leads to the page of its model. */
export class Figures {
  private readonly byName: ReadonlyMap<string, ReportFigure>;

  constructor(
    private readonly plan: ReportPlan,
    private readonly strings: ReportStrings,
    private readonly tooltips: Tooltips,
    private readonly openModel: (model: string) => void,
  ) {
    this.byName = new Map(plan.figures.map((figure) => [figure.name, figure]));
  }

  /** The results of these names; one that the plan does not have is left out. */
  of(names: readonly string[]): ReportFigure[] {
    return names.map((name) => this.byName.get(name)).filter((one) => one !== undefined);
  }

  /** The value as a button with its tip. */
  value(figure: ReportFigure): HTMLButtonElement {
    const button = element('button', { type: 'button', className: 'figure' }, figure.text);
    button.dataset['name'] = figure.name;
    button.setAttribute('aria-label', `${figure.label}: ${figure.text}`);
    button.addEventListener('click', () => this.openModel(figure.model));
    this.tooltips.attach(button, () => this.tipOf(figure));
    return button;
  }

  /** A value that rests on the model of a result: with that model's tip, if there is one. */
  derived({ label, text, why, basis }: Derived): HTMLElement {
    const result = this.byName.get(basis);
    if (!result) return element('span', {}, text);
    return this.value({ ...result, label, text, because: why });
  }

  private tipOf({ label, text, because, accuracy, model }: ReportFigure): Tip {
    const { strings } = this;
    const page = this.plan.models[model];
    return {
      title: `${label}: ${text}`,
      rows: [
        [strings.why, because],
        [strings.accuracy, accuracy],
        [strings.model, page?.title ?? model],
        [strings.assumes, page?.assumes ?? ''],
        [strings.accuracyOfModel, page?.accuracy ?? ''],
      ],
      hint: strings.openModel,
    };
  }
}
