import { describe, expect, it } from 'vitest';
import { detectMembership, needsData } from '../../../src/domain/membership/detect';
import { type Member } from '../../../src/domain/membership/member';
import { parseMembers } from '../../../src/domain/membership/parse';
import registrations from '../../fixtures/membership/registrations.json';
import { child, inputOf } from './children';

interface Registration {
  readonly system: string;
  readonly path: string;
  readonly kind: string;
  readonly children: readonly { name: string; data?: string; ephemeral: boolean }[];
  readonly members: readonly Member[];
  /** Reasons as regular expressions. */
  readonly problems: readonly { child: string; reason: string }[];
}

/** Where names say nothing, as a user has to open them. */
const NAMELESS = ['Curator 5.4.0', 'kazoo 2.8.0 Party', 'JSON with usual names'];

describe.each(registrations as unknown as Registration[])('registrations of $system', (given) => {
  const { system, path, kind, children, members, problems } = given;
  const input = inputOf(
    path,
    children.map(({ name, data, ephemeral }) => child(name, data, ephemeral)),
  );

  it('are recognised', () => {
    expect(detectMembership(input.path, input.children)).toBe(kind);
  });

  it('are recognised by names alone, or not at all', () => {
    const names = input.children.map(({ name }) => ({ name }));
    const found = detectMembership(input.path, names);
    expect(found).toBe(NAMELESS.includes(system) ? undefined : kind);
  });

  it('are recognised below any root', () => {
    const { path: deeper } = inputOf(`/some/root${path}`, []);
    expect(detectMembership(deeper, input.children)).toBe(kind);
  });

  it('give exactly these members and problems', () => {
    const found = parseMembers(kind as never, input);
    expect(found.members).toEqual(members);
    expect(found.problems).toEqual(
      problems.map((problem) => ({
        child: problem.child,
        reason: expect.stringMatching(problem.reason) as string,
      })),
    );
  });

  it('give the same from names alone just when no data is needed', () => {
    const children = input.children.map(({ name, stat }) => ({ name, stat }));
    const found = parseMembers(kind as never, { ...input, children }).members;
    if (needsData(kind as never)) expect(found).not.toEqual(members);
    else expect(found).toEqual(members);
  });
});
