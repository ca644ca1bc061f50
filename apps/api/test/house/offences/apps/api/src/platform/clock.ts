// offends: ground-knows-no-feature
export { custody as clock } from '../custody/custody.service.js';
