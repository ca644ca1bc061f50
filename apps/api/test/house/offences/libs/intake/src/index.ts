// offends: libs-look-at-no-app
export { cases as intake } from '../../../apps/api/src/cases/cases.service.js';
