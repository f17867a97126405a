import util from 'node:util';

/*
 * The framework asks `util.isArray` for every output, and Node from version 22 on warns whoever synthesises of that. It is
 * given what Node names in its place, which is the same.
 */
Object.assign(util, { isArray: Array.isArray });
