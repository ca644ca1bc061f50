// offends: libs-arrows
export { day as today } from '#lib/time';
