import { parsePlan } from '../../../domain/capacity/plan/document';
import { nearestName } from '../../../domain/capacity/plan/parse';
import { fieldAt, namesIn, parsePath, scenarioIn } from '../../../domain/capacity/plan/paths';
import { isProblems } from '../../../domain/capacity/result';
import { PlanPlaces, type Span } from '../../planPlaces';

/** The name of an input that there is none of, and the one that it may stand for. */
export interface Misspelt extends Span {
  readonly name: string;
  readonly meant: string;
}

/** Names that a document misspells. VS Code marks them by the schema, and has nothing to offer. */
export function misspeltNames(text: string): Misspelt[] {
  const document = parsePlan(text);
  if (!isProblems(document)) return [];
  const unknown = document.filter(({ code }) => code === 'unknownField');
  if (unknown.length === 0) return [];
  const places = new PlanPlaces(text);
  const kind = scenarioIn(JSON.parse(text));
  return unknown.flatMap(({ where }) => {
    const path = parsePath(where);
    const name = path.at(-1);
    const span = places.nameSpanOf(path);
    const parent = fieldAt(path.slice(0, -1), kind);
    const meant = typeof name === 'string' && parent && nearestName(name, namesIn(parent, kind));
    return span && typeof meant === 'string' ? [{ ...span, name: String(name), meant }] : [];
  });
}
