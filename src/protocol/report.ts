import type { CurveChart } from '../domain/capacity/charts/chart';

/** A number with what it rests on, as it is shown. */
export interface ReportFigure {
  /** Stable name of the result: `pool.servers`. */
  readonly name: string;
  readonly label: string;
  /** The value with its unit. */
  readonly text: string;
  readonly because: string;
  readonly accuracy: string;
  /** Id of its model, a key of `models`. */
  readonly model: string;
}

/** What a page of `media/docs` says of a model. */
export interface ReportModel {
  readonly title: string;
  /** What the model takes for granted; empty where its page has no such line. */
  readonly assumes: string;
  readonly accuracy: string;
}

/** A bar of a chart; `text` is its value with the unit. */
export interface ReportBar {
  readonly label: string;
  readonly value: number;
  readonly text: string;
  readonly note: string;
  /** Name of a result that rests on the same model; empty where there is none. */
  readonly basis: string;
  /** `planned` is what the plan takes, `over` is beyond its limit. */
  readonly state: 'planned' | 'over' | 'other';
}

export interface ReportBars {
  readonly id: 'needs' | 'goals' | 'outages';
  readonly title: string;
  readonly hint: string;
  /** Headings of label, value and note. */
  readonly columns: readonly [string, string, string];
  readonly scale: 'linear' | 'log';
  /** Where the limit lies, on the scale of the values. */
  readonly limit?: number;
  readonly bars: readonly ReportBar[];
}

export interface ReportCurves {
  readonly id: 'pool' | 'ensemble' | 'throughput';
  readonly title: string;
  readonly chart: CurveChart;
  readonly xLabel: string;
  readonly yLabel: string;
  /** By id of the curve. */
  readonly curveLabels: Readonly<Record<string, string>>;
  /** The curve that the plan is on. */
  readonly ownCurve: string;
  /** One sentence that says what the picture shows. */
  readonly summary: string;
  /** The results behind the operating point, by name. */
  readonly figures: readonly string[];
}

/** One case of the sensitivity. */
export interface ReportCase {
  readonly title: string;
  readonly holds: boolean;
  readonly because: string;
  readonly figures: readonly {
    readonly label: string;
    /** Name of the result. */
    readonly basis: string;
    readonly before: string;
    readonly after: string;
    /** after ÷ before; undefined where there is nothing to compare with. */
    readonly factor?: number;
  }[];
}

export interface ReportAdvice {
  readonly effort: string;
  readonly text: string;
  readonly label: string;
  /** Name of the result. */
  readonly basis: string;
  readonly before: string;
  readonly after: string;
  /** Part of the value that is gained, 0–1. */
  readonly gain: number;
  /** What it costs or saves, empty when unknown. */
  readonly price: string;
}

/** A formula that is often seen and wrong. */
export interface ReportMistake {
  readonly wrong: string;
  readonly right: string;
  readonly why: string;
}

export interface ReportGroup {
  readonly title: string;
  /** Names of results. */
  readonly names: readonly string[];
}

/** A goal that is missed. */
export interface ReportMissed {
  readonly label: string;
  /** What it comes to, what is wanted and what to do. */
  readonly text: string;
  /** The input that sets it, as problems name inputs. */
  readonly where: string;
}

/** What a plan comes to. */
export interface ReportPlan {
  readonly kind: 'plan';
  readonly met: number;
  readonly missed: readonly ReportMissed[];
  readonly figures: readonly ReportFigure[];
  /** Names of the results that stand at the top. */
  readonly headline: readonly string[];
  /** Names of the results that lead from the demand to the ensemble, in order. */
  readonly chain: readonly string[];
  readonly groups: readonly ReportGroup[];
  readonly models: Readonly<Record<string, ReportModel>>;
  readonly curves: readonly ReportCurves[];
  readonly bars: readonly ReportBars[];
  readonly cases: readonly ReportCase[];
  readonly advice: readonly ReportAdvice[];
  readonly mistakes: readonly ReportMistake[];
  readonly notes: readonly string[];
}

/** Why there is no plan: `where` names the input, empty where there is no place to show. */
export interface ReportProblems {
  readonly kind: 'problems';
  /** Whether the document is readable and its inputs cannot be met by any plan. */
  readonly isInfeasible: boolean;
  readonly problems: readonly { readonly where: string; readonly message: string }[];
}

export interface ReportSnapshot {
  readonly type: 'snapshot';
  readonly strings: ReportStrings;
  /** Of the plan document; the page keeps it over a reload. */
  readonly uri: string;
  readonly title: string;
  readonly file: string;
  readonly outcome: ReportPlan | ReportProblems;
}

export type ToReportPage = ReportSnapshot;

export type FromReportPage =
  | { readonly type: 'ready' }
  /** Opens the page of a model. */
  | { readonly type: 'openModel'; readonly model: string }
  | { readonly type: 'openPlan' }
  /** Shows the place of an input in the document; `where` as in a problem. */
  | { readonly type: 'showInput'; readonly where: string };

/** Every text of the page, translated by the host; {0}, {1} are filled by the page. */
export type ReportStrings = Readonly<
  Record<
    | 'allMet'
    | 'missed'
    | 'infeasible'
    | 'broken'
    | 'before'
    | 'openPlan'
    | 'showInput'
    | 'latency'
    | 'throughput'
    | 'constraints'
    | 'outages'
    | 'whatIf'
    | 'advice'
    | 'noAdvice'
    | 'chain'
    | 'allNumbers'
    | 'mistakes'
    | 'notes'
    | 'planned'
    | 'goal'
    | 'allowed'
    | 'asTable'
    | 'model'
    | 'assumes'
    | 'accuracy'
    | 'accuracyOfModel'
    | 'why'
    | 'openModel'
    | 'name'
    | 'value'
    | 'holds'
    | 'fails'
    | 'now'
    | 'then'
    | 'probe',
    string
  >
>;
