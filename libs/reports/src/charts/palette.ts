/**
 * Colours and type of charts. Dark blue, rust and grey differ in lightness as well as in hue, so the charts can be
 * read in greyscale and by people who do not tell red from green; all text is at least 4.5 to 1 on white.
 */
export const INK = '#1f2a33';
export const MUTED = '#55606b';
export const RULE = '#d5d9de';
export const AXIS = '#8b949d';
export const MAIN = '#24506e';
/** A period that is not whole. */
export const MAIN_LIGHT = '#a9c0d0';
export const BAND = '#d3dfe8';
export const ACCENT = '#b04a12';
export const UNKNOWN = '#b9bfc6';

export const FONT = "'Helvetica Neue', Helvetica, Arial, 'Liberation Sans', sans-serif";
export const TEXT_SIZE = 12;
export const SMALL_SIZE = 11;

/** Drawn at this width; on A4 with our margins that is life size. */
export const WIDTH = 660;
