// offends: tests-stay-in-tests
export { cast as readers } from '#lib/testing';
