/**
 * Whether the codes of a body exist in the vocabularies of the case's country. The DTO says that something is a code
 * and of which list (platform/validation/fields.ts); what the lists hold is data, so it is checked here.
 */
import { pointerTo, type Fault } from '#lib/problem';
import { fieldsOf } from '../platform/validation/fields.js';
import type { Catalogue } from '../reference/catalogue.js';

const UNKNOWN_CODE = { code: 'code.unknown', detail: 'The list of this field has no such code.' };

/** Faults for every code that is not in its list. Nothing of the values is repeated. */
export function codeFaults(
  catalogue: Catalogue,
  type: new () => object,
  body: object,
  country: string,
  path: readonly (string | number)[] = [],
): Fault[] {
  const values = body as Readonly<Record<string, unknown>>;
  return fieldsOf(type).flatMap((field): Fault[] => {
    const value = values[field.name];
    const here = [...path, field.name];
    if (value === undefined || value === null) return [];
    switch (field.kind) {
      case 'code':
        return catalogue.term(field.vocabulary ?? '', value as string, country)
          ? []
          : [{ pointer: pointerTo(...here), ...UNKNOWN_CODE }];
      case 'codes':
        return (value as string[]).flatMap((code, index) =>
          catalogue.term(field.vocabulary ?? '', code, country)
            ? []
            : [{ pointer: pointerTo(...here, index), ...UNKNOWN_CODE }],
        );
      case 'area':
        return areaFaults(catalogue, value as string, country, here);
      case 'place':
        return catalogue.hasPlace(value as string, country)
          ? []
          : [{ pointer: pointerTo(...here), code: 'place.unknown', detail: 'The country has no such place.' }];
      case 'nested':
        return field.of ? codeFaults(catalogue, field.of(), value, country, here) : [];
      case 'nestedList':
        return (value as object[]).flatMap((item, index) =>
          field.of ? codeFaults(catalogue, field.of(), item, country, [...here, index]) : [],
        );
      default:
        return [];
    }
  });
}

function areaFaults(catalogue: Catalogue, code: string, country: string, path: readonly (string | number)[]): Fault[] {
  if (code === 'UNKNOWN') return [];
  const area = catalogue.area(code);
  if (!area)
    return [
      { pointer: pointerTo(...path), code: 'area.unknown', detail: 'There is no such area in the country packs.' },
    ];
  return area.country === country
    ? []
    : [
        {
          pointer: pointerTo(...path),
          code: 'area.other-country',
          detail: 'This area lies in another country than the case.',
        },
      ];
}
