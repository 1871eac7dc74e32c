import { describe, expect, it } from 'vitest';
import { percent } from '../../../media/ring/numbers';

describe('a part in percent', () => {
  it.each([
    [0, '0.0 %'],
    [1 / 3, '33.3 %'],
    [0.001, '0.1 %'],
    [0.000_456, '0.046 %'],
    [-0.000_456, '−0.046 %'],
    [0.000_002, '0.0002 %'],
    [2.6e-9, '≈ 0 %'],
    [-2.6e-9, '≈ 0 %'],
  ])('%f', (part, text) => {
    expect(percent(part)).toBe(text);
  });
});
