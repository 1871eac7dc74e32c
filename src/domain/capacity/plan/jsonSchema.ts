import { type Field, type Fields, MAX_ENTRIES, MAX_TEXT } from './fields';

export type Schema = Readonly<Record<string, unknown>>;

/** The JSON schema (draft-07) of what a field describes. */
export function schemaOf(field: Field): Schema {
  const description = field.help;
  switch (field.kind) {
    case 'number': {
      const { minimum, maximum } = field;
      const type = field.whole ? 'integer' : 'number';
      return { description, type, minimum, maximum, ...defaultOf(field) };
    }
    case 'choice':
      return { description, enum: field.values, ...defaultOf(field) };
    case 'flag':
      return { description, type: 'boolean', ...defaultOf(field) };
    case 'text':
      return { description, type: 'string', maxLength: MAX_TEXT, ...defaultOf(field) };
    case 'options':
      return {
        description,
        type: 'object',
        maxProperties: MAX_ENTRIES,
        additionalProperties: { type: ['string', 'number', 'boolean'] },
        default: {},
      };
    case 'list': {
      const minItems = field.least;
      return {
        description,
        type: 'array',
        items: schemaOf(field.item),
        minItems,
        maxItems: MAX_ENTRIES,
      };
    }
    case 'group':
      return { description, ...objectSchema(field.fields) };
    case 'variant':
      return {
        description,
        oneOf: Object.entries(field.variants).map(([kind, fields]) => ({
          description: field.about[kind],
          ...objectSchema(fields, { kind: { const: kind } }),
        })),
        defaultSnippets: Object.entries(field.variants).map(([kind, fields]) => ({
          label: kind,
          description: field.about[kind],
          body: { kind, ...snippetOf(fields) },
        })),
      };
  }
}

interface Proposed {
  readonly default?: unknown;
  readonly typical?: readonly unknown[];
}

function defaultOf({ default: value, typical }: Proposed): Schema {
  if (value !== undefined) return { default: value, examples: [value] };
  return typical ? { examples: typical } : {};
}

/**
 * What must be given, each with a value to type over: a snippet as VS Code reads it from schemas,
 * where `^` stands before what is no string in JSON. All fields are numbers so far.
 */
function snippetOf(fields: Fields): Schema {
  const required = Object.entries(fields).filter(([, field]) => isRequired(field));
  return Object.fromEntries(
    required.map(([name, field], at) => {
      const value = field.kind === 'number' ? (field.typical?.[0] ?? field.minimum) : '';
      return [name, `^\${${at + 1}:${value}}`];
    }),
  );
}

function objectSchema(fields: Fields, tag: Schema = {}): Schema {
  const required = Object.entries(fields).filter(([, field]) => isRequired(field));
  return {
    type: 'object',
    additionalProperties: false,
    properties: {
      ...tag,
      ...Object.fromEntries(Object.entries(fields).map(([name, one]) => [name, schemaOf(one)])),
    },
    required: [...Object.keys(tag), ...required.map(([name]) => name)],
  };
}

/** A group may be left out when everything in it may. */
function isRequired(field: Field): boolean {
  switch (field.kind) {
    case 'number':
    case 'choice':
    case 'text':
      return field.default === undefined;
    case 'list':
      return field.least > 0;
    case 'group':
      return Object.values(field.fields).some(isRequired);
    default:
      return false;
  }
}
