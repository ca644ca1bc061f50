/**
 * The answers that `samples/intake-2022.csv` gives to the questions of a bulletin (values of
 * `samples/intake-2022.expected.json`; verification grades and the papers seen for deaths are invented). No real person.
 * A list of cells is the codes of the dimensions, then the value.
 */

export interface SampleAnswer {
  readonly indicator: string;
  readonly unit: string;
  readonly by: readonly string[];
  readonly cells: readonly (readonly (string | number)[])[];
  readonly total: number;
  readonly unknown: number;
  readonly multi: readonly string[];
}

export const COUNTS: Readonly<Record<string, SampleAnswer>> = {
  "arrestsByMonth": { indicator: "arrests_total", unit: "arrest", by: ["month"], total: 2402, unknown: 0, multi: [], cells: [["2022-03", 167], ["2022-04", 768], ["2022-05", 454], ["2022-06", 263], ["2022-07", 204], ["2022-08", 134], ["2022-09", 99], ["2022-10", 74], ["2022-11", 66], ["2022-12", 55], ["2023-01", 51], ["2023-02", 28], ["2023-03", 39]] },
  "sex": { indicator: "persons_total", unit: "person", by: ["sex"], total: 2402, unknown: 0, multi: [], cells: [["F", 335], ["M", 2067]] },
  "sexAtArrest": { indicator: "arrests_total", unit: "arrest", by: ["sex"], total: 2402, unknown: 0, multi: [], cells: [["F", 335], ["M", 2067]] },
  "ageBand": { indicator: "arrests_total", unit: "arrest", by: ["ageBand"], total: 2402, unknown: 0, multi: [], cells: [["AGE_12_15", 194], ["AGE_16_17", 109], ["AGE_18_29", 1052], ["AGE_30_44", 942], ["AGE_45_59", 104], ["AGE_60_PLUS", 1]] },
  "ageBySex": { indicator: "arrests_total", unit: "arrest", by: ["ageBand", "sex"], total: 2402, unknown: 0, multi: [], cells: [["AGE_12_15", "F", 32], ["AGE_12_15", "M", 162], ["AGE_16_17", "F", 18], ["AGE_16_17", "M", 91], ["AGE_18_29", "F", 143], ["AGE_18_29", "M", 909], ["AGE_30_44", "F", 129], ["AGE_30_44", "M", 813], ["AGE_45_59", "F", 13], ["AGE_45_59", "M", 91], ["AGE_60_PLUS", "M", 1]] },
  "area": { indicator: "arrests_total", unit: "arrest", by: ["area1"], total: 2402, unknown: 0, multi: [], cells: [["SV-AH", 113], ["SV-CA", 29], ["SV-CH", 52], ["SV-CU", 79], ["SV-LI", 307], ["SV-MO", 43], ["SV-PA", 130], ["SV-SA", 257], ["SV-SM", 195], ["SV-SO", 225], ["SV-SS", 646], ["SV-SV", 92], ["SV-UN", 105], ["SV-US", 129]] },
  "legalGround": { indicator: "arrests_total", unit: "arrest", by: ["legalGround"], total: 2402, unknown: 22, multi: [], cells: [["EMERGENCY_ONLY", 442], ["FLAGRANTE", 113], ["FLAGRANTE_CLAIMED", 177], ["NONE", 1380], ["REARREST_RELEASE", 24], ["SUMMONED", 86], ["UNKNOWN", 22], ["WARRANT_CLAIMED", 57], ["WARRANT_JUDICIAL", 55], ["WARRANT_PROSECUTOR", 46]] },
  "basis": { indicator: "arrests_total", unit: "arrest", by: ["basis"], total: 2402, unknown: 0, multi: ["basis"], cells: [["ACCUSED_NEIGHBOUR", 157], ["ANON_TIP", 691], ["APPEARANCE", 173], ["FAMILY_LINK", 214], ["JOURNALISM", 6], ["MISTAKEN_ID", 24], ["NERVOUS", 233], ["NOT_TOLD", 515], ["NO_ID", 57], ["POLICE_FILE", 211], ["PRIOR_RECORD", 313], ["PROTEST_UNION", 19], ["QUOTA", 122], ["RESIDENCE", 511], ["TATTOO_GANG", 193], ["TATTOO_OTHER", 189]] },
  "basisByForce": { indicator: "arrests_total", unit: "arrest", by: ["basis", "forceCombination"], total: 2402, unknown: 70, multi: ["basis"], cells: [["ACCUSED_NEIGHBOUR", "FAES", 12], ["ACCUSED_NEIGHBOUR", "PNC", 111], ["ACCUSED_NEIGHBOUR", "PNC FAES", 26], ["ACCUSED_NEIGHBOUR", "UNIDENTIFIED_HOODED", 1], ["ACCUSED_NEIGHBOUR", "UNKNOWN", 7], ["ANON_TIP", "FAES", 50], ["ANON_TIP", "PNC", 492], ["ANON_TIP", "PNC FAES", 126], ["ANON_TIP", "UNIDENTIFIED_HOODED", 5], ["ANON_TIP", "UNKNOWN", 18], ["APPEARANCE", "FAES", 10], ["APPEARANCE", "PNC", 137], ["APPEARANCE", "PNC FAES", 23], ["APPEARANCE", "UNKNOWN", 3], ["FAMILY_LINK", "FAES", 14], ["FAMILY_LINK", "PNC", 147], ["FAMILY_LINK", "PNC FAES", 43], ["FAMILY_LINK", "UNIDENTIFIED_HOODED", 4], ["FAMILY_LINK", "UNKNOWN", 6], ["JOURNALISM", "PNC", 5], ["JOURNALISM", "PNC FAES", 1], ["MISTAKEN_ID", "FAES", 1], ["MISTAKEN_ID", "PNC", 20], ["MISTAKEN_ID", "PNC FAES", 2], ["MISTAKEN_ID", "UNKNOWN", 1], ["NERVOUS", "FAES", 25], ["NERVOUS", "PNC", 161], ["NERVOUS", "PNC FAES", 37], ["NERVOUS", "UNIDENTIFIED_HOODED", 4], ["NERVOUS", "UNKNOWN", 6], ["NOT_TOLD", "FAES", 40], ["NOT_TOLD", "PNC", 368], ["NOT_TOLD", "PNC FAES", 89], ["NOT_TOLD", "UNIDENTIFIED_HOODED", 3], ["NOT_TOLD", "UNKNOWN", 15], ["NO_ID", "FAES", 6], ["NO_ID", "PNC", 39], ["NO_ID", "PNC FAES", 10], ["NO_ID", "UNIDENTIFIED_HOODED", 1], ["NO_ID", "UNKNOWN", 1], ["POLICE_FILE", "FAES", 15], ["POLICE_FILE", "PNC", 159], ["POLICE_FILE", "PNC FAES", 28], ["POLICE_FILE", "UNIDENTIFIED_HOODED", 3], ["POLICE_FILE", "UNKNOWN", 6], ["PRIOR_RECORD", "FAES", 20], ["PRIOR_RECORD", "PNC", 217], ["PRIOR_RECORD", "PNC FAES", 58], ["PRIOR_RECORD", "UNIDENTIFIED_HOODED", 4], ["PRIOR_RECORD", "UNKNOWN", 14], ["PROTEST_UNION", "FAES", 1], ["PROTEST_UNION", "PNC", 15], ["PROTEST_UNION", "PNC FAES", 2], ["PROTEST_UNION", "UNKNOWN", 1], ["QUOTA", "FAES", 12], ["QUOTA", "PNC", 84], ["QUOTA", "PNC FAES", 19], ["QUOTA", "UNIDENTIFIED_HOODED", 1], ["QUOTA", "UNKNOWN", 6], ["RESIDENCE", "FAES", 39], ["RESIDENCE", "PNC", 357], ["RESIDENCE", "PNC FAES", 93], ["RESIDENCE", "UNIDENTIFIED_HOODED", 8], ["RESIDENCE", "UNKNOWN", 14], ["TATTOO_GANG", "FAES", 15], ["TATTOO_GANG", "PNC", 134], ["TATTOO_GANG", "PNC FAES", 39], ["TATTOO_GANG", "UNIDENTIFIED_HOODED", 1], ["TATTOO_GANG", "UNKNOWN", 4], ["TATTOO_OTHER", "FAES", 14], ["TATTOO_OTHER", "PNC", 128], ["TATTOO_OTHER", "PNC FAES", 38], ["TATTOO_OTHER", "UNIDENTIFIED_HOODED", 4], ["TATTOO_OTHER", "UNKNOWN", 5]] },
  "forceCombination": { indicator: "arrests_total", unit: "arrest", by: ["forceCombination"], total: 2402, unknown: 70, multi: [], cells: [["FAES", 185], ["PNC", 1685], ["PNC FAES", 435], ["UNIDENTIFIED_HOODED", 27], ["UNKNOWN", 70]] },
  "emergencyRegime": { indicator: "arrests_total", unit: "arrest", by: ["emergencyRegime"], total: 2402, unknown: 0, multi: [], cells: [["YES", 2402]] },
  "childrenBySex": { indicator: "persons_total", unit: "person", by: ["sex"], total: 303, unknown: 0, multi: [], cells: [["F", 50], ["M", 253]] },
  "vulnerability": { indicator: "persons_total", unit: "person", by: ["vulnerability"], total: 2402, unknown: 0, multi: ["vulnerability"], cells: [["CHILD", 303], ["CHRONIC_ILLNESS", 168], ["NONE", 1941], ["OLDER_60", 1], ["PREGNANT", 12]] },
  "place": { indicator: "arrests_total", unit: "arrest", by: ["place"], total: 2402, unknown: 146, multi: [], cells: [["SV-APANTEOS", 212], ["SV-CIUDADBARRIOS", 91], ["SV-ILOPANGO", 278], ["SV-IZALCO", 661], ["SV-LAESPERANZA", 761], ["SV-QUEZALTEPEQUE", 121], ["SV-SANMIGUEL", 132], ["UNKNOWN", 146]] },
  "stage": { indicator: "arrests_total", unit: "arrest", by: ["stage"], total: 2402, unknown: 0, multi: [], cells: [["ADMIN_DETENTION", 221], ["MEASURES_HEARING", 2181]] },
  "charge": { indicator: "arrests_total", unit: "arrest", by: ["charge"], total: 2402, unknown: 0, multi: ["charge"], cells: [["AGRUPACIONES_ILICITAS", 1953], ["EXTORSION", 53], ["NONE_YET", 114], ["ORG_TERRORISTA", 282]] },
  "counsel": { indicator: "arrests_total", unit: "arrest", by: ["counsel"], total: 2402, unknown: 152, multi: [], cells: [["NGO", 179], ["NOT_ASKED", 69], ["PRIVATE_PAID", 221], ["PUBLIC_PGR", 1781], ["UNKNOWN", 152]] },
  "measure": { indicator: "arrests_total", unit: "arrest", by: ["measure"], total: 2402, unknown: 0, multi: [], cells: [["ALTERNATIVE", 106], ["NOT_APPLICABLE", 221], ["PRETRIAL_DETENTION", 2075]] },
  "occupation": { indicator: "arrests_total", unit: "arrest", by: ["occupation"], total: 2402, unknown: 141, multi: [], cells: [["DAY_LABOURER", 516], ["DOMESTIC_WORK", 138], ["DRIVER", 183], ["FARM_WORKER", 460], ["FISHER", 48], ["JOURNALIST", 2], ["PASTOR", 10], ["PUBLIC_EMPLOYEE", 43], ["REFUSED", 50], ["STREET_VENDOR", 381], ["STUDENT", 222], ["TEACHER", 19], ["UNEMPLOYED", 181], ["UNIONIST", 8], ["UNKNOWN", 141]] },
  "verification": { indicator: "arrests_total", unit: "arrest", by: ["verification"], total: 2402, unknown: 0, multi: [], cells: [["ALLEGED", 1047], ["CORROBORATED", 491], ["DOCUMENTED", 265], ["PLAUSIBLE", 383], ["VERIFIED", 216]] },
  "sourceType": { indicator: "arrests_total", unit: "arrest", by: ["sourceType"], total: 2402, unknown: 0, multi: ["sourceType"], cells: [["COURT_FILE", 439], ["LAWYER", 312], ["RELATIVE", 1747], ["WITNESS", 343]] },
  "statisticsConsent": { indicator: "arrests_total", unit: "arrest", by: [], total: 2327, unknown: 0, multi: [], cells: [[2327]] },
  "deathsByClass": { indicator: "deaths_custody", unit: "death", by: ["assessedClass"], total: 42, unknown: 0, multi: [], cells: [["NATURAL_PATHOLOGICAL", 9], ["PROBABLY_VIOLENT", 2], ["SUSPICIOUS", 11], ["UNDETERMINED", 14], ["VIOLENT", 6]] },
  "deathsBySex": { indicator: "deaths_custody", unit: "death", by: ["sex"], total: 42, unknown: 0, multi: [], cells: [["F", 6], ["M", 36]] },
  "deathsByClassAndAutopsy": { indicator: "deaths_custody", unit: "death", by: ["assessedClass", "autopsySeen"], total: 42, unknown: 12, multi: [], cells: [["NATURAL_PATHOLOGICAL", "NO", 3], ["NATURAL_PATHOLOGICAL", "UNKNOWN", 3], ["NATURAL_PATHOLOGICAL", "YES", 3], ["PROBABLY_VIOLENT", "NO", 2], ["SUSPICIOUS", "NO", 5], ["SUSPICIOUS", "UNKNOWN", 4], ["SUSPICIOUS", "YES", 2], ["UNDETERMINED", "NO", 10], ["UNDETERMINED", "UNKNOWN", 3], ["UNDETERMINED", "YES", 1], ["VIOLENT", "NO", 3], ["VIOLENT", "UNKNOWN", 2], ["VIOLENT", "YES", 1]] },
  "deathsByClassAndPhotos": { indicator: "deaths_custody", unit: "death", by: ["assessedClass", "photosSeen"], total: 42, unknown: 0, multi: [], cells: [["NATURAL_PATHOLOGICAL", "NO", 7], ["NATURAL_PATHOLOGICAL", "YES", 2], ["PROBABLY_VIOLENT", "YES", 2], ["SUSPICIOUS", "NO", 5], ["SUSPICIOUS", "YES", 6], ["UNDETERMINED", "NO", 3], ["UNDETERMINED", "YES", 11], ["VIOLENT", "YES", 6]] },
  "deathsByClassAndMismatch": { indicator: "deaths_custody", unit: "death", by: ["assessedClass", "causeDiffers"], total: 42, unknown: 13, multi: [], cells: [["NATURAL_PATHOLOGICAL", "NO", 5], ["NATURAL_PATHOLOGICAL", "UNKNOWN", 4], ["PROBABLY_VIOLENT", "YES", 2], ["SUSPICIOUS", "NO", 1], ["SUSPICIOUS", "UNKNOWN", 2], ["SUSPICIOUS", "YES", 8], ["UNDETERMINED", "NO", 7], ["UNDETERMINED", "UNKNOWN", 7], ["VIOLENT", "YES", 6]] },
  "deathsByStatus": { indicator: "deaths_custody", unit: "death", by: ["statusAtDeath"], total: 42, unknown: 4, multi: [], cells: [["NOT_BEFORE_JUDGE", 7], ["PRETRIAL", 31], ["UNKNOWN", 4]] },
  "habeasByStatus": { indicator: "hc_filed", unit: "remedy", by: ["remedyStatus"], total: 512, unknown: 0, multi: [], cells: [["ADMITTED", 40], ["FILED", 154], ["GRANTED", 9], ["INADMISSIBLE", 94], ["NO_ANSWER", 215]] },
  "releasesByKind": { indicator: "releases_total", unit: "release", by: ["releaseKind"], total: 121, unknown: 0, multi: [], cells: [["RELEASED_CLEARED", 27], ["RELEASED_MEASURES", 94]] },
};

/** n, events, censored, excluded, median, its interval, quartiles, last event day. */
export type SampleWait = readonly (number | null)[];

export const WAIT_TOTAL: SampleWait = [2224, 2021, 203, 178, 15, 15, 15, 13, 16, 44];

/** Day, at risk, events, survival, lower, upper. */
export const WAIT_CURVE: readonly SampleWait[] = [[1, 2224, 51, 0.977068, 0.969936, 0.982524], [2, 2168, 52, 0.953633, 0.944036, 0.961618], [3, 2112, 52, 0.930154, 0.918738, 0.940018], [11, 2044, 156, 0.859163, 0.84395, 0.873007], [12, 1886, 152, 0.78992, 0.772306, 0.806347], [13, 1733, 169, 0.712888, 0.69349, 0.731306], [14, 1563, 335, 0.560094, 0.539061, 0.580569], [15, 1227, 582, 0.294426, 0.275471, 0.313606], [16, 643, 196, 0.204679, 0.188045, 0.221828], [17, 447, 13, 0.198726, 0.182287, 0.215701], [18, 433, 17, 0.190924, 0.174748, 0.207662], [19, 416, 8, 0.187252, 0.171203, 0.203876], [20, 407, 7, 0.184032, 0.168096, 0.200553], [21, 400, 7, 0.180811, 0.164991, 0.197228], [22, 392, 6, 0.178044, 0.162324, 0.19437], [23, 386, 8, 0.174354, 0.15877, 0.190557], [24, 378, 12, 0.168819, 0.153444, 0.184832], [25, 365, 8, 0.165118, 0.149886, 0.181003], [26, 357, 7, 0.161881, 0.146776, 0.177649], [27, 350, 22, 0.151705, 0.137015, 0.167096], [28, 328, 12, 0.146155, 0.131702, 0.16133], [29, 316, 11, 0.141068, 0.126837, 0.156038], [30, 305, 10, 0.136442, 0.122421, 0.151221], [31, 294, 8, 0.13273, 0.118879, 0.147351], [32, 286, 11, 0.127625, 0.114015, 0.142024], [33, 275, 8, 0.123912, 0.110483, 0.138146], [34, 266, 11, 0.118788, 0.105613, 0.132787], [35, 255, 6, 0.115993, 0.102961, 0.129861], [36, 249, 8, 0.112266, 0.099428, 0.125955], [37, 241, 12, 0.106676, 0.094138, 0.120087], [38, 229, 11, 0.101552, 0.089298, 0.114699], [39, 218, 14, 0.09503, 0.083155, 0.107826], [40, 204, 8, 0.091304, 0.079652, 0.103891], [41, 196, 10, 0.086645, 0.075283, 0.098964], [42, 185, 9, 0.08243, 0.071336, 0.094498], [43, 176, 4, 0.080557, 0.069585, 0.09251], [44, 172, 8, 0.07681, 0.066089, 0.08853]];

export const WAIT_BY_MONTH: Readonly<Record<string, SampleWait>> = {
  "2022-03": [148, 137, 11, 19, 15, 14, 15, 13, 15.5, 43],
  "2022-04": [729, 664, 65, 39, 15, 15, 15, 13, 16, 44],
  "2022-05": [425, 394, 31, 29, 15, 14, 15, 13, 16, 44],
  "2022-06": [237, 216, 21, 26, 15, 15, 15, 13, 16, 43],
  "2022-07": [188, 175, 13, 16, 15, 14, 15, 13, 15, 43],
  "2022-08": [113, 104, 9, 21, 15, 14, 15, 13, 16, 44],
  "2022-09": [93, 90, 3, 6, 15, 14, 15, 13, 16, 44],
  "2022-10": [68, 59, 9, 6, 15, 14, 15, 13, 29, 44],
  "2022-11": [64, 57, 7, 2, 15, 14, 15, 14, 16, 38],
  "2022-12": [54, 50, 4, 1, 15, 14, 15, 13, 15, 35],
  "2023-01": [43, 42, 1, 8, 15, 15, 15, 14, 16, 37],
  "2023-02": [26, 24, 2, 2, 15, 14, 15, 14, 15, 29],
  "2023-03": [36, 9, 27, 3, 14, 12, null, 12, null, 15],
};

/** Exceeds, within, undetermined, not yet, ended without judge; by limit and month, `all` for the total. */
export const LIMITS: Readonly<Record<string, Readonly<Record<string, readonly number[]>>>> = {
  PT48H: { all: [2167, 51, 171, 9, 4], "2022-03": [154, 7, 6, 0, 0], "2022-04": [706, 13, 47, 0, 2], "2022-05": [410, 10, 34, 0, 0], "2022-06": [238, 4, 21, 0, 0], "2022-07": [179, 5, 20, 0, 0], "2022-08": [113, 4, 17, 0, 0], "2022-09": [89, 3, 7, 0, 0], "2022-10": [68, 1, 3, 0, 2], "2022-11": [61, 3, 2, 0, 0], "2022-12": [52, 0, 3, 0, 0], "2023-01": [44, 1, 6, 0, 0], "2023-02": [25, 0, 3, 0, 0], "2023-03": [28, 0, 2, 9, 0] },
  P3D: { all: [2134, 103, 151, 10, 4], "2022-03": [152, 10, 5, 0, 0], "2022-04": [698, 29, 39, 0, 2], "2022-05": [407, 20, 27, 0, 0], "2022-06": [234, 9, 20, 0, 0], "2022-07": [174, 12, 18, 0, 0], "2022-08": [111, 6, 17, 0, 0], "2022-09": [87, 4, 8, 0, 0], "2022-10": [67, 2, 3, 0, 2], "2022-11": [60, 4, 2, 0, 0], "2022-12": [50, 3, 2, 0, 0], "2023-01": [43, 1, 7, 0, 0], "2023-02": [25, 2, 1, 0, 0], "2023-03": [26, 1, 2, 10, 0] },
  P15D: { all: [572, 975, 819, 26, 10], "2022-03": [36, 72, 59, 0, 0], "2022-04": [188, 317, 259, 0, 4], "2022-05": [103, 195, 154, 0, 2], "2022-06": [83, 97, 83, 0, 0], "2022-07": [37, 89, 78, 0, 0], "2022-08": [32, 46, 55, 0, 1], "2022-09": [24, 44, 31, 0, 0], "2022-10": [23, 30, 18, 0, 3], "2022-11": [18, 26, 22, 0, 0], "2022-12": [10, 26, 19, 0, 0], "2023-01": [9, 14, 28, 0, 0], "2023-02": [6, 11, 11, 0, 0], "2023-03": [3, 8, 2, 26, 0] },
};

export const DEATH_RATE = { deaths: 41, personDays: 603585, rate: [24.8106, 17.8043, 33.6584] } as const;
