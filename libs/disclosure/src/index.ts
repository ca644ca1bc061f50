/** From an exact table to one that may be read outside the statistics: the only door to `libs/reports`. */
export * from './internal.js';
export * from './releasable.js';

/** The shapes a reader of tables needs, so that `libs/reports` never imports `libs/statistics`. */
export type {
  CurvePoint,
  Estimate,
  ExactCell,
  ExactTable,
  FigureRequest,
  LimitSummary,
  RateSummary,
  TableNote,
  Unit,
  WaitSummary,
} from '#lib/statistics';
