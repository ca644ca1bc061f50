/** From a form's export to cases: mapping profiles as data, rows read one by one, faults with row and column. */
export { readMapping, type EventMapping, type Mapping } from './mapping.js';
export { MappingError, type MappingFault } from './mapping-faults.js';
export {
  arrestAfterKnownOn,
  RowReader,
  type Cells,
  type IntakeCase,
  type IntakeLists,
  type RowReading,
} from './read-row.js';
export { rowSentence, type RowFault } from './faults.js';
