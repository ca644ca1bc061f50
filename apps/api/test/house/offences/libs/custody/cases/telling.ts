import request from 'supertest';
import { cast } from '#lib/testing';

export const innocent = [request, cast];
