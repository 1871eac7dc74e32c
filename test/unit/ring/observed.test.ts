import { describe, expect, it } from 'vitest';
import { csv, parseCsv } from '../../../src/domain/ring/csv';
import { checkImage } from '../../../src/domain/ring/image';
import { loadOfCsv, loadOfJson } from '../../../src/domain/ring/observedLoad';
import { typedServers } from '../../../src/domain/ring/typedServers';

describe('CSV', () => {
  it('comes back as it was written', () => {
    const rows = [
      ['key', 'a,b', 'say "x"'],
      ['', 'two\nlines', ' '],
    ];
    expect(parseCsv(csv(rows))).toEqual([rows[0], ['', 'two\nlines', '']]);
  });

  it('gives spreadsheets nothing to calculate', () => {
    expect(csv([['=1+1', '@x', '-2', '+3', 5, -6]])).toBe("'=1+1,'@x,'-2,'+3,5,-6\n");
  });

  it.each([
    [
      'a;b\r\n1;2',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'a\tb\n\n1\t2\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    ['\ufeffa,"b', [['a', '"b']]],
    ['', []],
  ])('%j', (text, rows) => expect(parseCsv(text)).toEqual(rows));
});

describe('observed load', () => {
  it('is found whatever else a row has', () => {
    const text = 'server,requests\na:1,10\nb:1,2.5\nx:9,7\na:1,1\nb:1,much\n';
    expect(loadOfCsv(text, ['a:1', 'b:1'])).toEqual({
      load: { 'a:1': 11, 'b:1': 2.5 },
      without: 3,
    });
    expect(loadOfCsv('12;a:1', ['a:1']).load).toEqual({ 'a:1': 12 });
  });

  it.each([
    [{ load: 3 }, 'load', 3],
    [{ m: { qps: '4.5' } }, 'm.qps', 4.5],
    [{ load: -1 }, 'load', undefined],
    [{ load: Infinity }, 'load', undefined],
    [{}, 'constructor', undefined],
    [[], 'length', undefined],
  ])('of %j in %s is %s', (json, path, load) => expect(loadOfJson(json, path)).toBe(load));
});

describe('typed servers', () => {
  it('have weights and zones when one types them', () => {
    expect(typedServers('a:1, b:2=3  c:3@east;[::1]:4=2@west')).toEqual([
      { address: 'a:1' },
      { address: 'b:2', weight: 3 },
      { address: 'c:3', zone: 'east' },
      { address: '[::1]:4', weight: 2, zone: 'west' },
    ]);
  });

  it.each(['a', 'a:1=0', 'a:1=x', 'a:70000', '<b>:1'])('are not %s', (word) =>
    expect(typedServers(`ok:1 ${word}`)).toEqual({ wrong: word }),
  );
});

describe('a picture from the page', () => {
  const svg = (text: string) => checkImage('svg', new TextEncoder().encode(text));

  it('is one of its kind', () => {
    const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1);
    expect(checkImage('png', png)).toBe(png);
    expect(checkImage('svg', png)).toBeUndefined();
    expect(checkImage('png', png.subarray(1))).toBeUndefined();
    expect(checkImage('png', 'text')).toBeUndefined();
    expect(
      svg('<svg xmlns="http://www.w3.org/2000/svg"><text>a onload= &lt;script></text></svg>'),
    ).toBeDefined();
  });

  it.each([
    '<svg><script>alert(1)</script></svg>',
    '<svg onload="alert(1)"></svg>',
    '<svg><a href="javascript:alert(1)"/></svg>',
    '<!DOCTYPE svg [<!ENTITY x "y">]><svg/>',
    '<svg><image href="http://192.0.2.1/"/></svg>',
    '<html></html>',
  ])('is not %s', (text) => expect(svg(text)).toBeUndefined());
});
