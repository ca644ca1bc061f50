/** The dimensions that figures can be split and filtered by: documented data, one entry a dimension. */

/** How the numbers of a dimension are read back into codes. */
export type DimensionKind =
  /** One term of a vocabulary. */
  | 'term'
  /** Several terms: a unit counts under each. */
  | 'terms'
  /** The whole set of terms as one code, joined by spaces (`PNC FAES`). */
  | 'combination'
  /** YES when a set of terms holds `term`, NO when it does not, UNKNOWN when the set is. */
  | 'holds'
  | 'area'
  | 'place'
  /** `YYYY-MM`; `YYYY` where only the year is known. */
  | 'month'
  | 'year'
  | 'office';

/** What a dimension is a property of; a dimension of a death can split deaths only. */
export type DimensionOf = 'arrest' | 'death' | 'remedy' | 'release' | 'hearing' | 'violation';

export interface Dimension {
  readonly code: string;
  readonly of: DimensionOf;
  readonly kind: DimensionKind;
  readonly vocabulary: string | null;
  /** The term that a `holds` dimension asks for. */
  readonly term?: string;
  readonly en: string;
  readonly es: string;
}

const dimension = (
  of: DimensionOf,
  code: string,
  kind: DimensionKind,
  vocabulary: string | null,
  en: string,
  es: string,
  term?: string,
): Dimension => ({
  code,
  of,
  kind,
  vocabulary,
  en,
  es,
  ...(term ? { term } : {}),
});

export const DIMENSIONS: readonly Dimension[] = [
  dimension(
    'arrest',
    'legalGround',
    'term',
    'ARREST_LEGAL',
    'legal ground of the arrest',
    'base legal de la detención',
  ),
  dimension(
    'arrest',
    'basis',
    'terms',
    'ARREST_BASIS',
    'stated or apparent basis of the arrest',
    'motivo expresado o aparente de la detención',
  ),
  dimension('arrest', 'force', 'terms', 'FORCE', 'force that took part', 'autoridad que participó'),
  dimension(
    'arrest',
    'forceCombination',
    'combination',
    'FORCE',
    'forces that acted together',
    'autoridades que actuaron juntas',
  ),
  dimension(
    'arrest',
    'area1',
    'area',
    null,
    'area of level 1 (department, county)',
    'área de nivel 1 (departamento, condado)',
  ),
  dimension(
    'arrest',
    'area2',
    'area',
    null,
    'area of level 2 (municipality of today)',
    'área de nivel 2 (municipio actual)',
  ),
  dimension('arrest', 'district', 'area', null, 'area of level 3 (district)', 'área de nivel 3 (distrito)'),
  dimension('arrest', 'sex', 'term', 'SEX', 'sex', 'sexo'),
  dimension('arrest', 'ageBand', 'term', 'AGE_BAND', 'age at arrest', 'edad al momento de la detención'),
  dimension('arrest', 'occupation', 'term', 'OCCUPATION', 'occupation', 'ocupación'),
  dimension('arrest', 'vulnerability', 'terms', 'VULNERABILITY', 'vulnerability', 'situación de vulnerabilidad'),
  dimension('arrest', 'charge', 'terms', 'CHARGE', 'charge', 'delito imputado'),
  dimension('arrest', 'place', 'place', null, 'last known place of custody', 'último lugar de detención conocido'),
  dimension('arrest', 'stage', 'term', 'STAGE', 'stage of the procedure', 'etapa del proceso'),
  dimension('arrest', 'measure', 'term', 'MEASURE', 'measure ordered', 'medida decretada'),
  dimension('arrest', 'counsel', 'term', 'LEGAL_AID', 'legal aid', 'defensa'),
  dimension('arrest', 'month', 'month', null, 'month of the arrest', 'mes de la detención'),
  dimension('arrest', 'year', 'year', null, 'year of the arrest', 'año de la detención'),
  dimension(
    'arrest',
    'setting',
    'term',
    'ARREST_SETTING',
    'setting of the arrest',
    'lugar y circunstancia de la detención',
  ),
  dimension(
    'arrest',
    'emergencyRegime',
    'term',
    'EMERGENCY_REGIME',
    'arrested under emergency rule',
    'detención bajo régimen de emergencia',
  ),
  dimension('arrest', 'verification', 'term', 'VERIFICATION', 'verification', 'verificación'),
  dimension('arrest', 'consent', 'terms', 'CONSENT_USE', 'use consented to', 'uso consentido'),
  dimension(
    'arrest',
    'statisticsConsent',
    'holds',
    'CONSENT_USE',
    'consent to anonymous statistics',
    'consentimiento para estadísticas anónimas',
    'ANON_STATISTICS',
  ),
  dimension('arrest', 'sourceType', 'term', 'SOURCE_TYPE', 'kind of the first source', 'tipo de la primera fuente'),
  dimension('arrest', 'office', 'office', null, 'office', 'oficina'),
  dimension('death', 'mannerOfficial', 'term', 'MANNER', 'official manner of death', 'manera de muerte oficial'),
  dimension('death', 'mannerAssessed', 'term', 'MANNER', 'assessed manner of death', 'manera de muerte valorada'),
  dimension(
    'death',
    'assessedClass',
    'term',
    'ASSESSED_CLASS',
    'assessed class of death',
    'clasificación valorada de la muerte',
  ),
  dimension('death', 'causeOfficial', 'term', 'CAUSE_GROUP', 'official cause of death', 'causa de muerte oficial'),
  dimension('death', 'causeAssessed', 'term', 'CAUSE_GROUP', 'assessed cause of death', 'causa de muerte valorada'),
  dimension('death', 'placeOfDeath', 'term', 'PLACE_OF_DEATH', 'place of death', 'lugar de la muerte'),
  dimension(
    'death',
    'statusAtDeath',
    'term',
    'STATUS_AT_DEATH',
    'legal status at death, computed',
    'situación jurídica al morir, calculada',
  ),
  dimension(
    'death',
    'statusStated',
    'term',
    'STATUS_AT_DEATH',
    'legal status at death, as stated',
    'situación jurídica al morir, declarada',
  ),
  dimension(
    'death',
    'causeDiffers',
    'term',
    'MISMATCH',
    'official cause differs from the signs',
    'la causa oficial difiere de las señales',
  ),
  dimension('death', 'deathDocument', 'terms', 'DEATH_DOCUMENT', 'document seen', 'documento visto'),
  dimension('death', 'autopsySeen', 'holds', 'DEATH_DOCUMENT', 'autopsy seen', 'autopsia vista', 'AUTOPSY'),
  dimension('death', 'photosSeen', 'holds', 'DEATH_DOCUMENT', 'photographs seen', 'fotografías vistas', 'PHOTO'),
  dimension('death', 'sign', 'terms', 'SIGN', 'sign on the body', 'señal en el cuerpo'),
  dimension('death', 'deathMonth', 'month', null, 'month of the death', 'mes de la muerte'),
  dimension('death', 'deathYear', 'year', null, 'year of the death', 'año de la muerte'),
  dimension('remedy', 'remedyType', 'term', 'REMEDY', 'remedy', 'recurso'),
  dimension('remedy', 'remedyStatus', 'term', 'REMEDY_STATUS', 'status of the remedy', 'estado del recurso'),
  dimension('remedy', 'filedMonth', 'month', null, 'month of filing', 'mes de presentación'),
  dimension('release', 'releaseKind', 'term', 'OUTCOME', 'kind of release', 'tipo de liberación'),
  dimension('release', 'releaseMonth', 'month', null, 'month of the release', 'mes de la liberación'),
  dimension(
    'hearing',
    'hearingSize',
    'term',
    'HEARING_SIZE',
    'defendants sharing the hearing',
    'personas imputadas en la audiencia',
  ),
  dimension('hearing', 'hearingMode', 'term', 'HEARING_MODE', 'mode of the hearing', 'modalidad de la audiencia'),
  dimension('hearing', 'hearingStage', 'term', 'STAGE', 'stage of the hearing', 'etapa de la audiencia'),
  dimension('violation', 'violation', 'term', 'VIOLATION', 'violation', 'violación'),
  dimension('violation', 'violationForce', 'terms', 'FORCE', 'alleged force', 'autoridad señalada'),
];

export const dimensionNamed = (code: string): Dimension | undefined => DIMENSIONS.find((one) => one.code === code);

/** Dimensions in which one unit may be counted under several codes. */
export const isMultiValued = (one: Dimension): boolean => one.kind === 'terms';
