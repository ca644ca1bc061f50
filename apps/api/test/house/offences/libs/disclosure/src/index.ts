// offends: front-doors-only
export { table } from '../../statistics/src/table.js';
