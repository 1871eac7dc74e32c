import type { Disposable } from '../../base/disposable';
import type { EnsembleSamplers, SamplersOptions } from './samplers';

/** The samplers of this window, whose code is loaded when somebody looks at an ensemble. */
export class SamplersLoader implements Disposable {
  private loading: Promise<EnsembleSamplers> | undefined;

  constructor(private readonly options: SamplersOptions) {}

  load(): Promise<EnsembleSamplers> {
    this.loading ??= import('./samplers').then(
      ({ EnsembleSamplers }) => new EnsembleSamplers(this.options),
    );
    return this.loading;
  }

  dispose(): void {
    void this.loading?.then((samplers) => samplers.dispose());
  }
}
