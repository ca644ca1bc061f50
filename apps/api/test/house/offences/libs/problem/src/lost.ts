// offends: everything-resolves
export { nothing } from './nowhere.js';
