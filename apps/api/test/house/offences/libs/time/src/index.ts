export { day } from './day.js';
