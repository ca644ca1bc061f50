// offends: record-carries-few
export { insertRows as figures } from '../record/case-rows.repository.js';
