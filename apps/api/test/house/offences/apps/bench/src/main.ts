// offends: apps-are-islands
export { custody as bench } from '../../api/src/custody/custody.service.js';
