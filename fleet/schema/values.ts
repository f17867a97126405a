import * as z from 'zod';
import { globForm, isGlob } from '../glob.ts';

/*
 * The schema says what a fleet file may hold and which type each value has: types, editor completion and the reference
 * page come from it. What AWS accepts as a value (lengths, ranges, grammars) is checked by the modules' own checks.
 */

export const key = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,39}$/, 'must be 1 to 40 lower-case letters, digits and -, beginning with a letter')
  .meta({ id: 'key', description: 'A name of the file: 1 to 40 lower-case letters, digits and -.' });

export const text = z.string();

export const tags = z.record(z.string(), z.string()).meta({ id: 'tags', description: 'Tags by key.' });

export const accountId = z
  .string()
  .regex(/^\d{12}$/, 'must be 12 digits in quotes')
  .describe('A number of 12 digits, in quotes: YAML would read `012345678901` without them as another number.');

export const accountGlob = z
  .string()
  .refine(isGlob, `must be ${globForm}`)
  .describe('A glob of account names and numbers.');

export const region = z
  .string()
  .regex(/^([a-z]{2}|eusc)(-[a-z]+)+-\d$/, 'must be a region such as eu-central-1')
  .meta({ id: 'region', description: 'A region such as `eu-central-1`.' });
