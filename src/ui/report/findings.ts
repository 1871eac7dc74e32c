import type * as vscode from 'vscode';
import type { Advice, Effort } from '../../domain/capacity/advice/advice';
import { priceOf } from '../../domain/capacity/charts/price';
import type { Evaluation } from '../../domain/capacity/plan/evaluate';
import type { Plan } from '../../domain/capacity/plan/plan';
import { short } from '../../domain/capacity/plan/report';
import type { TextOf } from '../../domain/capacity/plan/text';
import type { Sensitivity } from '../../domain/capacity/plan/sensitivity';
import { MISCONCEPTIONS } from '../../domain/capacity/queueing/misconceptions';
import type { ReportAdvice, ReportCase, ReportMistake } from '../../protocol/report';
import type { LabelOf } from '../resultText';

type Translate = Pick<typeof vscode.l10n, 't'>;

/** The cases of the sensitivity, each figure beside what it is as planned. */
export function reportCases(
  plan: Plan,
  labelOf: LabelOf,
  textOf: TextOf,
  l10n: Translate,
): ReportCase[] {
  const titles = caseTitles(l10n);
  return plan.sensitivity.map(({ id, holds, because, figures }) => ({
    title: titles[id],
    holds,
    because,
    figures: figures.map(({ name, value, unit }) => {
      const before = plan.results.find((one) => one.name === name)?.value ?? null;
      return {
        label: labelOf(name),
        basis: name,
        before: textOf(name, before, unit),
        after: textOf(name, value, unit),
        ...(before !== null && before > 0 && Number.isFinite(value) && { factor: value / before }),
      };
    }),
  }));
}

function caseTitles({ t }: Translate): Record<Sensitivity['id'], string> {
  return {
    doubleLoad: t('Twice the load'),
    zoneLost: t('One zone lost'),
    slowLogDevice: t('Log device three times as slow'),
  };
}

/** Improvements with what they bring, and what they cost where that is known. */
export function reportAdvice(
  { advice }: Plan,
  planned: Evaluation,
  labelOf: LabelOf,
  textOf: TextOf,
  l10n: Translate,
): ReportAdvice[] {
  const efforts = effortNames(l10n);
  return advice.map((one) => {
    const { name, unit, before, after } = one.effect;
    return {
      effort: efforts[one.effort],
      text: one.text,
      label: labelOf(name),
      basis: name,
      before: textOf(name, before, unit),
      after: textOf(name, after, unit),
      gain: before > 0 ? 1 - after / before : 0,
      price: priceText(one, planned, l10n),
    };
  });
}

function priceText(advice: Advice, planned: Evaluation, { t }: Translate): string {
  const price = priceOf(advice, planned);
  if (price === undefined || price === 0) return '';
  const text = `${short(Math.abs(price))} USD`;
  return price < 0 ? t('saves {0} a month', text) : t('costs {0} a month', text);
}

function effortNames({ t }: Translate): Record<Effort, string> {
  return {
    setting: t('Setting'),
    program: t('Program'),
    hardware: t('Hardware'),
    servers: t('Servers'),
  };
}

/** Wrong formulas that touch this plan, with its own numbers where there are some. */
export function reportMistakes(planned: Evaluation, plan: Plan): ReportMistake[] {
  const relevant = new Set<string>();
  if (planned.pool !== undefined) relevant.add('arrivalRateFromLoad');
  if (plan.notes.some(({ code }) => code === 'moduloIsNotConsistent')) {
    relevant.add('moduloIsNotConsistent');
  }
  return MISCONCEPTIONS.filter(({ id }) => relevant.has(id)).map(
    ({ wrong, right, why, example }) => ({
      wrong,
      right,
      why: `${why} (${example.inputs}: ${short(example.wrong)} ≠ ${short(example.right)})`,
    }),
  );
}
