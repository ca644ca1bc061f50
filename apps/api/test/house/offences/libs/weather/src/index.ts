// offends: libs-arrows
export { day as rain } from '#lib/time';
