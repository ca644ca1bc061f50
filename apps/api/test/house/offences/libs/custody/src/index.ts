// offends: libs-know-no-framework
import { Injectable } from '@nestjs/common';
import { day } from '#lib/time';
import { problem } from '#lib/problem';

export const custody = [Injectable, day, problem];
