import { describe, expect, it } from 'vitest';
import { Cancelled, runSteps, WentBack, type Step } from '../../src/ui/userInput';

describe('runSteps', () => {
  it('runs the steps in the order in which they name each other', async () => {
    const trace: string[] = [];
    const last: Step = () => {
      trace.push('last');
      return Promise.resolve(undefined);
    };
    await runSteps(() => Promise.resolve((trace.push('first'), last)));
    expect(trace).toEqual(['first', 'last']);
  });

  it('runs the step before again on back', async () => {
    const trace: string[] = [];
    let isFirstTime = true;
    const second: Step = () => {
      trace.push('second');
      if (!isFirstTime) return Promise.resolve(undefined);
      isFirstTime = false;
      return Promise.reject(new WentBack());
    };
    await runSteps(() => Promise.resolve((trace.push('first'), second)));
    expect(trace).toEqual(['first', 'second', 'first', 'second']);
  });

  it('counts back on the first step as leaving', async () => {
    await expect(runSteps(() => Promise.reject(new WentBack()))).rejects.toThrow(Cancelled);
  });

  it('lets every other error through', async () => {
    await expect(runSteps(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  });
});
