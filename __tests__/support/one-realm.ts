import { types } from 'node:util';

/**
 * Jest gives tests an `Error` of their own, of which the errors of Node's modules are no instances: the SDK would wrap a
 * reset connection as something unknown. Outside of jest there is one `Error`; importing this makes it so here as well.
 */
const isInstance = Function.prototype[Symbol.hasInstance];
Object.defineProperty(Error, Symbol.hasInstance, {
  value(this: unknown, value: unknown) {
    return (this === Error && types.isNativeError(value)) || isInstance.call(this as () => void, value);
  },
});
