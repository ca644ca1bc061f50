// offends: tests-stay-in-tests
import request from 'supertest';
import type { Test } from 'supertest';

export const reports = (test: Test): unknown => [request, test];
