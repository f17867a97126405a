/**
 * Does something without the framework's trace of where each value was made: it takes one for every attribute, which is
 * a quarter of the time of a synthesis, and shows it only beside defects. Errors keep their own stacks. Its option
 * `stackTraces` does not stop it, so the function of Node that it calls keeps still meanwhile.
 */
export function withoutCreationTraces<Made>(make: () => Made): Made {
  const capture = Error.captureStackTrace;
  Error.captureStackTrace = () => {};
  try {
    return make();
  } finally {
    Error.captureStackTrace = capture;
  }
}
