import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { guessLanguage } from '../../../src/domain/znode/language';

describe('guessLanguage', () => {
  it.each([
    ['state.json', 'json'],
    ['A.JSON', 'json'],
    ['tsconfig.jsonc', 'json'],
    ['a.yaml', 'yaml'],
    ['a.b.yml', 'yaml'],
    ['pom.xml', 'xml'],
    ['app.properties', 'properties'],
    ['zoo.cfg', 'properties'],
    ['my.conf', 'properties'],
    ['php.ini', 'properties'],
    ['start.sh', 'shellscript'],
    ['notes.txt', 'plaintext'],
  ])('goes by the extension of %s', (name, language) => {
    expect(guessLanguage(name, '')).toBe(language);
    expect(guessLanguage(name, '<a/>')).toBe(language);
  });

  it.each(['json', '10.0.0.1:2181', 'a.', '.', '', 'constructor', 'a.constructor', 'a.__proto__'])(
    'looks at the text when the name is %j',
    (name) => {
      expect(guessLanguage(name, '{"a":1}')).toBe('json');
      expect(guessLanguage(name, '')).toBe('plaintext');
    },
  );

  it.each([
    ['json', '{}'],
    ['json', ' {\n  "a": [1]\n}\n'],
    ['json', '\ufeff{"a":1}'],
    ['json', '[]'],
    ['json', '[1, 2]'],
    ['json', '[-1]'],
    ['json', '["a"]'],
    ['json', '[{"a":1}]'],
    ['json', '[ true ]'],
    ['json', '{"a": 1, // half-edited\n}'],
    ['json', `{"a": "${'x'.repeat(200_000)}"}`],
    ['xml', '<?xml version="1.0"?>\n<a/>'],
    ['xml', '<!-- c --><a></a>\n'],
    ['xml', '<configuration></configuration>'],
    ['yaml', '---\na'],
    ['yaml', '%YAML 1.2\n---\na'],
    ['yaml', 'host: a\nport: 1\n'],
    ['yaml', 'servers:\n  - a\n  - b'],
    ['yaml', '- name: a\n  port: 1\n- name: b\n  port: 2'],
    ['yaml', '# comment\n"a": 1\nb.c: d: e'],
    ['properties', 'a=1'],
    ['properties', 'a=1\nb = 2\r\n# comment\n\n! comment\nc='],
    ['properties', '[main]\nkey=value'],
    ['properties', '[main]\nkey=[a]'],
    ['properties', 'server.1=zk1:2888:3888:participant;0.0.0.0:2181\nversion=100000000'],
    ['properties', 'jdbc.url=jdbc:mysql://h/db?a=b'],
    ['shellscript', '#!/bin/sh\necho'],
    ['shellscript', '#!/usr/bin/env bash'],
    ['plaintext', '#!/usr/bin/python3\nprint()'],
    ['plaintext', '#!/usr/bin/fish'],
    ['plaintext', ''],
    ['plaintext', ' \n\t'],
    ['plaintext', '42'],
    ['plaintext', 'Hello, world: this is prose.'],
    ['plaintext', 'Note: one line'],
    ['plaintext', '10.0.0.1:2181\n10.0.0.2:2181'],
    ['plaintext', '10.0.0.1:2181,10.0.0.2:2181'],
    ['plaintext', 'aGVsbG8='],
    ['plaintext', 'aGVsbG8gdw=='],
    ['plaintext', 'dubbo://10.0.0.7:20880/org.Foo?side=provider'],
    ['plaintext', '- a\n- b'],
    ['plaintext', '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----'],
    ['plaintext', '{{ template }}'],
    ['plaintext', '{"a":1'],
    ['plaintext', '[1, 2'],
    ['plaintext', '{a}'],
    ['plaintext', '[main]'],
    ['plaintext', '<3 you>'],
    ['plaintext', '<html'],
    ['plaintext', 'a=1\nsome prose here\nmore prose here'],
    ['plaintext', '[x]\n[y]'],
  ] as const)('says %s of %j', (language, text) => {
    expect(guessLanguage('value', text)).toBe(language);
  });

  it('judges a long text by its beginning, without the line that the limit cuts', () => {
    const lines = 'key=value\n'.repeat(7000);
    expect(guessLanguage('value', lines)).toBe('properties');
    expect(guessLanguage('value', `${lines}${'prose and more prose\n'.repeat(9000)}`)).toBe(
      'properties',
    );
    expect(guessLanguage('value', `a=1\n${'x'.repeat(100_000)}`)).toBe('properties');
  });

  it('never throws, and knows the JSON that JSON.stringify writes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (name, text) => {
        expect(guessLanguage(name, text)).toMatch(/^[a-z]+$/);
      }),
    );
    fc.assert(
      fc.property(fc.oneof(fc.object(), fc.array(fc.jsonValue())), (value) => {
        const text = JSON.stringify(value, null, 2);
        expect(guessLanguage('value', text)).toBe('json');
      }),
    );
  });

  it.each([' ', '\n', '- ', '=', 'a: ', '"', '#', '[', 'a', '\t-', '\r', '<', '{'])(
    'takes linear time for a megabyte of %j',
    (unit) => {
      const text = unit.repeat(1_000_000);
      const started = performance.now();
      for (const before of ['', '#!', 'a', '{', '[', '"']) guessLanguage('value', before + text);
      for (const after of ['x', '}', ']', ':']) guessLanguage('value', text + after);
      expect(performance.now() - started).toBeLessThan(15_000);
    },
  );
});
