import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatJson } from '../../../src/domain/values/formatJson';
import { formatXml } from '../../../src/domain/values/formatXml';

describe('formatJson', () => {
  it('indents as JSON.stringify does', () => {
    fc.assert(
      fc.property(fc.json({ stringUnit: 'binary' }), (json) => {
        const expected = JSON.stringify(JSON.parse(json), undefined, 2);
        const text = formatJson(json) ?? '';
        expect(JSON.stringify(JSON.parse(text), undefined, 2)).toBe(expected);
        // The order of number-like and repeated keys differs in objects, so compare what is alike.
        if (!/[{]/.test(json)) expect(text.replace(/-0(?![.\deE])/g, '0')).toBe(`${expected}\n`);
      }),
      { numRuns: 300 },
    );
  });

  it('leaves numbers, escapes and repeated members alone', () => {
    const text = '{"n":1.00e2,"n":12345678901234567890,"s":"\\u0041 {,}\\"","e":{},"l":[ ]}';
    expect(formatJson(text)).toBe(
      '{\n  "n": 1.00e2,\n  "n": 12345678901234567890,\n  "s": "\\u0041 {,}\\"",\n  "e": {},\n  "l": []\n}\n',
    );
  });

  it('refuses what is no JSON', () => {
    expect(['', '{', '{a:1}', '[1,]', 'text'].map(formatJson)).toEqual(Array(5).fill(undefined));
  });

  it('does not grow much for deep nesting', () => {
    const deep = '['.repeat(5000) + ']'.repeat(5000);
    expect(formatJson(deep)?.length).toBeLessThan(10_000 * 102);
  });
});

describe('formatXml', () => {
  it('puts one tag to a line and keeps short elements together', () => {
    const text =
      '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a x="1>2"><b>text</b><c/><!-- < --><d></d>' +
      '<e><![CDATA[<f>]]></e></a>';
    expect(formatXml(text)).toBe(
      [
        '<?xml version="1.0"?>',
        '<!DOCTYPE a [<!ENTITY b "c">]>',
        '<a x="1>2">',
        '  <b>text</b>',
        '  <c/>',
        '  <!-- < -->',
        '  <d></d>',
        '  <e>',
        '    <![CDATA[<f>]]>',
        '  </e>',
        '</a>',
        '',
      ].join('\n'),
    );
  });

  it('gives the same for what it has formatted', () => {
    const once = formatXml('<a><b>x</b>text<c d="e"><f/></c></a>') ?? '';
    expect(formatXml(once)).toBe(once);
  });

  it('refuses what does not match', () => {
    const wrong = [
      '',
      '<a>',
      '<a></b>',
      '</a>',
      '<a><b></a></b>',
      '<a',
      '<!-- x',
      'a < b',
      '<a>x</ab>',
    ];
    expect(wrong.map(formatXml)).toEqual(wrong.map(() => undefined));
  });

  it('does not search again and again for ends that are not there', () => {
    expect(formatXml('<!--a>'.repeat(200_000))).toBeUndefined();
    expect(formatXml('<a b="'.repeat(200_001))).toBeUndefined();
    expect(formatXml('<![CDATA['.repeat(200_000))).toBeUndefined();
  });
});
