import { assignmentOwners, parseAssignment, unknownOwners } from './parseAssignment';
import { membersOf } from './members';
import { newPlacement } from './placement';
import { findDefinition } from './presets';
import type { Definition } from './presets/rules';
import type { Assignment, Options, Placement, Problem, Server } from './types';
import { resolveOptions, serverProblems } from './validate';

/**
 * Servers under a preset, or everything that is wrong with the input. `assignment` is parsed JSON of
 * the form `Assignment`, for presets that have one; without servers, its owners are the servers.
 */
export function createPlacement(
  presetId: string,
  servers: readonly Server[],
  options: Options = {},
  assignment?: unknown,
): Placement | Problem[] {
  const definition = findDefinition(presetId);
  if (definition === undefined) {
    const message = `There is no preset "${presetId}".`;
    return [{ code: 'preset.unknown', message, where: 'preset' }];
  }
  const resolved = resolveOptions(definition.preset, options);
  if (isProblems(resolved)) return resolved;
  const assigned = readAssignment(definition, assignment);
  if (isProblems(assigned)) return assigned;
  const given =
    servers.length === 0 && assigned !== undefined
      ? assignmentOwners(assigned).map((address) => ({ address }))
      : servers;
  const problems = [
    ...serverProblems(definition, given),
    ...(assigned === undefined ? [] : unknownOwners(assigned, given)),
  ];
  if (problems.length > 0) return problems;
  return newPlacement(definition, given, membersOf(given), resolved, assigned);
}

function readAssignment(
  { preset }: Definition,
  assignment: unknown,
): Assignment | undefined | Problem[] {
  if (assignment === undefined) return undefined;
  if (preset.assignment !== undefined) {
    return parseAssignment(preset.id, preset.assignment, assignment);
  }
  const message = `${preset.title} computes owners: it takes no assignment.`;
  return [{ code: 'assignment.unwanted', message, where: 'assignment' }];
}

/** Whether a result is a list of problems. */
export function isProblems(result: object | undefined): result is Problem[] {
  return Array.isArray(result);
}
