import { DOCUMENT_VERSION } from './document';
import { PLAN_FIELD } from './inputFields';
import { type Schema, schemaOf } from './jsonSchema';

/** The smallest document of use, shown by editors. */
const EXAMPLE = {
  version: DOCUMENT_VERSION,
  title: 'A cache',
  scenario: {
    kind: 'cache',
    getsPerSecond: 10_000,
    setsPerSecond: 500,
    items: 1e6,
    itemBytes: 1000,
  },
  pool: { preset: 'twemproxy-ketama', instanceTypes: [{ name: 'small', requestsPerSecond: 5000 }] },
};

const STORED: Schema = {
  description: 'Results of an earlier computation; zkw plan --check compares them.',
  type: 'object',
  properties: {
    modelVersion: {
      description: 'Model that computed them.',
      type: 'integer',
      minimum: 1,
      maximum: 1e6,
    },
    results: { description: 'Values with their reasons.', type: 'array' },
  },
  required: ['modelVersion', 'results'],
};

const MEASURED: Schema = {
  description: 'Where measured inputs come from: a sentence by the name of the field.',
  type: 'object',
  additionalProperties: { type: 'string' },
  examples: [{ 'ensemble.fsyncMs': 'mean of all servers over 30 s' }],
};

/** The JSON schema (draft-07) of `*.zkplan.json`; `media/zkplan.schema.json` is its text. */
export function planSchema(): Schema {
  const inputs = schemaOf(PLAN_FIELD) as {
    readonly properties: Schema;
    readonly required: readonly string[];
  };
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Capacity plan for ZooKeeper',
    ...inputs,
    properties: {
      $schema: { description: 'This schema.', type: 'string' },
      version: { description: 'Version of this form.', const: DOCUMENT_VERSION },
      ...inputs.properties,
      measured: MEASURED,
      plan: STORED,
    },
    required: ['version', ...inputs.required],
    examples: [EXAMPLE],
  };
}
