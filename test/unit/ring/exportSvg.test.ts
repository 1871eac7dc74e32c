import { describe, expect, it } from 'vitest';
import { pictureSvg } from '../../../media/ring/exportSvg';
import { isProblems } from '../../../src/domain/placement/createPlacement';
import { listedMembers, NOTHING_YET } from '../../../src/ui/ring/feed';
import { computeRing } from '../../../src/ui/ring/compute';
import { snapshotOf } from '../../../src/ui/ring/snapshot';
import { verdictOf } from '../../../src/ui/ring/strings';
import { englishL10n } from '../../fakes/userInput';

const HOSTILE = `<img src=x onerror="alert(1)">&'\u0007\u202e:80`;

function svgOf(preset: string, addresses: readonly string[], removed: readonly string[] = []) {
  const servers = addresses.map((address) => ({ address }));
  const feed = { ...NOTHING_YET, members: listedMembers(servers) };
  const choices = { members: { servers }, preset, options: {}, whatIf: { removed, added: [] } };
  const input = { ...choices, members: feed.members };
  const result = computeRing(input, verdictOf(englishL10n));
  if (isProblems(result)) throw new Error(JSON.stringify(result));
  const state = {
    version: 1,
    choices,
    preset,
    feed,
    result,
    mistakes: [],
    events: [],
    isFile: false,
  };
  const snapshot = snapshotOf(state, { l10n: englishL10n, nameOf: () => undefined });
  return pictureSvg({
    snapshot,
    fill: (owner) => `#00000${owner}`,
    ink: 'black',
    ground: 'white',
    font: '"Some Font"',
  });
}

/** The elements that a document opens, by name. */
const elements = (svg: string): Set<string> =>
  new Set([...svg.matchAll(/<([a-z]+)/g)].map(([, name]) => name ?? ''));

describe('a saved picture', () => {
  it('has names as text only, and no character that XML lacks', () => {
    const svg = svgOf('twemproxy-ketama', [HOSTILE, 'b:80'], ['b:80']);
    expect(elements(svg)).toEqual(new Set(['svg', 'title', 'rect', 'text', 'g', 'path']));
    expect(svg).toContain('&#60;img src=x onerror=&#34;');
    expect(svg).not.toMatch(/[^\P{Cc}\n]|\u202e/u);
    expect(svg.split('<text').length).toBe(svg.split('</text>').length);
  });

  it('shows now, what moves and after in the colours of their owners', () => {
    const servers = ['a:80', 'b:80', 'c:80'];
    expect(svgOf('twemproxy-ketama', servers).match(/<path /g)).toHaveLength(3);
    const svg = svgOf('twemproxy-ketama', servers, ['c:80']);
    // Three owners outside, two inside; four stripes from c and four to a and b each.
    expect(svg.match(/<path /g)).toHaveLength(3 + 2 + 4 + 8);
    expect(svg).toContain('→');
  });

  it('of a big table stays a small file', () => {
    const svg = svgOf('envoy-maglev', ['a:80', 'b:80', 'c:80'], ['c:80']);
    expect(svg.length).toBeLessThan(2_000_000);
    expect(svg.match(/<path /g)).toHaveLength(5);
  });
});
