import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { parseRules } from '../../src/domain/values/rules';
import { showData } from '../../src/ui/fs/content';
import { describeCoding, describeReadOnly } from '../../src/ui/fs/lensText';
import { englishL10n } from '../fakes/userInput';

const show = (data: Uint8Array | string, entry: object = {}, limit = 1000) => {
  const { rules } = parseRules([{ pattern: '**', ...entry }]);
  return showData('/x', Buffer.from(data), limit, rules);
};

describe('what an editor says above a value', () => {
  it.each([
    [show('{}'), 'json', undefined],
    [show(gzipSync('{}')), 'json', 'gzip → UTF-8 JSON'],
    [show(gzipSync('a')), 'plaintext', 'gzip → UTF-8'],
    [
      show(Buffer.from(gzipSync('a: 1')).toString('base64'), { chain: ['base64', 'gzip'] }),
      'yaml',
      'base64 → gzip → UTF-8 YAML',
    ],
    [show('a', { charset: 'gbk' }), 'ini', 'gbk ini'],
    [show(gzipSync(Uint8Array.of(0))), 'plaintext', 'gzip'],
    [show(Uint8Array.of(0)), 'plaintext', undefined],
  ])('how it is decoded: %#', (shown, language, expected) => {
    expect(describeCoding(shown, language)).toBe(expected);
  });

  it.each([
    [show('a'), undefined],
    [show(Uint8Array.of(0)), undefined],
    [show('a long text', {}, 3), undefined],
    [show('a\r\nb\n'), /^Read-only: its lines end in different ways/],
    [show('a\rb'), /^Read-only: its lines end with carriage returns/],
    [
      show('a', { chain: ['gzip'] }),
      'Read-only: not what the setting values.decoders says: no gzip, or damaged',
    ],
    [
      show('ä', { charset: 'us-ascii' }),
      'Read-only: not what the setting values.decoders says: invalid us-ascii',
    ],
    [show(gzipSync('abc').subarray(0, 15)), 'Shown as it is: no gzip, or damaged'],
    [show(gzipSync(new Uint8Array(17 * 1024 * 1024))), 'Shown as it is: gzip of more than 16.8 MB'],
  ])('why it is read-only: %#', (shown, expected) => {
    const reason = describeReadOnly(shown, englishL10n);
    if (expected instanceof RegExp) expect(reason).toMatch(expected);
    else expect(reason).toBe(expected);
  });

  it('shows text in whole characters and tells that it is a part', () => {
    const shown = show(gzipSync('ä'.repeat(600)), {}, 501);
    expect(Buffer.from(shown.bytes).toString()).toBe('ä'.repeat(250));
    expect(shown).toMatchObject({ shownBytes: 500, totalBytes: 1200, readOnly: 'partial' });
  });
});
